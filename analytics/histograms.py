"""Mergeable duration histograms with log-spaced buckets.

Every bucket spans at most a factor of `GAMMA`, and is shown as one value within 2 % of every duration in it. So any
quantile of merged histograms is within 2 % of the quantile of the durations themselves. The bounds are whole numbers,
so that Python and SQL agree on every duration: nothing depends on rounding a logarithm.

The idea of relative-error buckets comes from DDSketch (Masson, Rim, Lee 2019, doi:10.14778/3352063.3352135).
"""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final

RELATIVE_ERROR: Final = 0.02
GAMMA: Final = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR)
_LONGEST_SECONDS: Final = 200 * 366 * 86_400


def _lower_bounds() -> tuple[int, ...]:
    """Return the first whole second of every bucket after bucket 0, each at most `GAMMA` times the previous one."""
    bounds = [1]
    while bounds[-1] <= _LONGEST_SECONDS:
        bounds.append(bounds[-1] * 102 // 98 + 1)
    return tuple(bounds)


THRESHOLDS: Final = _lower_bounds()
"""``THRESHOLDS[k - 1]`` is the shortest duration of bucket k, in seconds; bucket 0 holds durations of 0."""

LAST_BUCKET: Final = len(THRESHOLDS)
"""The last bucket, for everything from 200 years on."""


def bucket_sql(seconds: str) -> str:
    """Return the SQL expression of the bucket of a duration; clocks that disagree (below zero) count as 0.

    Args:
        seconds: SQL expression of whole seconds.
    """
    return f"width_bucket(({seconds})::bigint, '{{{','.join(map(str, THRESHOLDS))}}}'::bigint[])"


def bucket_bounds(bucket: int) -> tuple[int, int]:
    """Return the half-open range of seconds that a bucket holds."""
    if bucket == 0:
        return 0, 1
    lower = THRESHOLDS[bucket - 1]
    upper = THRESHOLDS[bucket] if bucket < LAST_BUCKET else lower * 102 // 98 + 1
    return lower, upper


def bucket_value(bucket: int) -> float:
    """Return the seconds that stand for a bucket: the harmonic mean of its shortest and longest duration.

    No other value has a smaller largest relative error over the bucket.
    """
    lower, upper = bucket_bounds(bucket)
    longest = upper - 1
    return 2 * lower * longest / (lower + longest) if bucket else 0.0


def merge(histograms: Iterable[Iterable[tuple[int, int]]]) -> dict[int, int]:
    """Add histograms of (bucket, count) pairs; the result is the histogram of all their durations together."""
    total: Counter[int] = Counter()
    for histogram in histograms:
        for bucket, count in histogram:
            total[bucket] += count
    return {bucket: count for bucket, count in sorted(total.items()) if count}


def quantile(
    buckets: Iterable[tuple[int, int]], q: float, value_of: Callable[[int], float] = bucket_value
) -> float | None:
    """Return a quantile by linear interpolation between order statistics.

    This is type 7 of Hyndman and Fan (1996, doi:10.1080/00031305.1996.10473566), as in pandas and Excel's MEDIAN.

    Args:
        buckets: (bucket, count) pairs; a bucket may come more than once.
        q: In 0..1; 0.5 is the median.
        value_of: Value of a bucket; `float` where buckets are whole days, which is exact.

    Returns:
        The quantile in the unit of ``value_of``; None when nothing was counted.

    Raises:
        ValueError: If q is outside 0..1.
    """
    if not 0 <= q <= 1:
        message = f"A quantile has to be in 0..1, not {q}."
        raise ValueError(message)
    merged = merge([buckets])
    count = sum(merged.values())
    if count == 0:
        return None
    rank = (count - 1) * q
    below = int(rank)
    low = value_of(_bucket_at(merged, below))
    high = value_of(_bucket_at(merged, min(below + 1, count - 1)))
    return low + (rank - below) * (high - low)


def _bucket_at(ordered: dict[int, int], rank: int) -> int:
    """Return the bucket of the order statistic of a rank, counted from 0."""
    seen = 0
    for bucket, count in ordered.items():
        seen += count
        if rank < seen:
            return bucket
    message = "The rank is beyond the histogram."
    raise IndexError(message)

"""When a median is clearly longer than another one."""

import math
from collections.abc import Sequence
from typing import Final

Bucket = tuple[float, float, int]
"""Durations from, durations up to, how many."""
LEAST_N: Final = 30
"""Fewer durations, in either period, tell nothing."""
_LEAST_GROWTH: Final = 1.1
_HALF_OF_95: Final = 0.98
"""Half of 1.96, since the standard deviation of the rank of the median is half of the square root of n."""


def is_worth_a_look(now: float, before: float, least_n: int) -> bool:
    """Say whether a median grew by a tenth or more, over enough durations in both periods.

    Args:
        now: The later median.
        before: The earlier one.
        least_n: The smaller number of durations of the two.
    """
    return least_n >= LEAST_N and now >= _LEAST_GROWTH * before


def is_clearly_longer(now: Sequence[Bucket], before: Sequence[Bucket]) -> bool:
    """Say whether the 95 % intervals of two medians do not meet, the later one above.

    Args:
        now: Histogram of the later durations, the shortest first.
        before: Of the earlier ones.
    """
    return median_interval(now)[0] > median_interval(before)[1]


def median_interval(buckets: Sequence[Bucket]) -> tuple[float, float]:
    """Return the 95 % interval of a median from the ranks of the order statistics (Conover 1999, section 3.2).

    The ranks are n/2 -+ 0.98 * sqrt(n); an end is the far edge of the bucket that holds it.
    """
    n = sum(count for _, _, count in buckets)
    margin = _HALF_OF_95 * math.sqrt(n)
    low = high = 0.0
    seen = 0
    for lower, upper, count in buckets:
        if seen < n / 2 - margin:
            low = lower
        if seen < n / 2 + margin:
            high = upper
        seen += count
    return low, high

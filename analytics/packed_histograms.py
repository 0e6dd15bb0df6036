"""Histograms as bytes that are added by concatenation.

A packed histogram is a row of entries, each a big-endian 32-bit whole number: the bucket times 2^15, plus 2^14, plus
the count (a negative count subtracts). Entries of one bucket add up. So ``a + b`` is the sum of the histograms a and
b, and ``a || b`` is the same in SQL. The SQL functions are `marts.histogram_entry` and `marts.compact_histogram`.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.histograms import LAST_BUCKET, THRESHOLDS

LAST_DAY: Final = (1 << 16) - 1
"""Longer durations in whole days count as this many (179 years); timed durations use far fewer buckets."""

_MOST: Final = (1 << 14) - 1
_ENTRY: Final = np.dtype(">i4")
ENTRY_BYTES: Final = _ENTRY.itemsize
_THRESHOLDS: Final = np.array(THRESHOLDS, dtype=np.int64)

assert LAST_BUCKET <= LAST_DAY  # noqa: S101 - checks a constant, not data


def counts_of(packed: bytes | memoryview) -> NDArray[np.int64]:
    """Return the count of each bucket, from bucket 0 to the highest bucket with an entry."""
    buckets, weights = entries_of(packed)
    # Weights are floats, which hold whole numbers up to 2^53.
    return np.bincount(buckets, weights=weights).astype(np.int64)


def entries_of(packed: bytes | memoryview) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the bucket and the count of each entry; entries of one bucket add up."""
    entries = np.frombuffer(packed, _ENTRY).astype(np.int64)
    return entries >> 15, (entries & 0x7FFF) - (1 << 14)


def amounts_of(packed: bytes | memoryview) -> NDArray[np.int64]:
    """Return the whole numbers that stand one behind the other, each in 32 bits, as `int4send` writes them."""
    return np.frombuffer(packed, _ENTRY).astype(np.int64)


def counts_of_amounts(amounts: NDArray[np.int64], *, are_days: bool) -> NDArray[np.int64]:
    """Return how many durations are in each bucket; those below zero, of clocks that disagree, count as 0.

    Args:
        amounts: The durations, in seconds or in whole days.
        are_days: Whether they are whole days, of which each has a bucket of its own.
    """
    return np.bincount(buckets_of_amounts(amounts, are_days=are_days)).astype(np.int64)


def buckets_of_amounts(amounts: NDArray[np.int64], *, are_days: bool) -> NDArray[np.int64]:
    """Return the bucket of each duration; see `counts_of_amounts`."""
    if are_days:
        return np.clip(amounts, 0, LAST_DAY)
    return np.searchsorted(_THRESHOLDS, amounts, side="right").astype(np.int64)


def pack(bucket: int, count: int) -> bytes:
    """Return the histogram with a count in one bucket; a negative count subtracts."""
    whole, rest = divmod(abs(count), _MOST)
    sign = -1 if count < 0 else 1
    parts = [_MOST] * whole + ([rest] if rest else [])
    return b"".join((bucket * (1 << 15) + (1 << 14) + sign * part).to_bytes(4, "big") for part in parts)

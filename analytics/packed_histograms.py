"""Histograms as bytes that are added by putting one behind the other.

A packed histogram is a row of entries, each a big-endian 32-bit whole number: the bucket times 2^15, plus 2^14, plus
how many (below zero: fewer). Entries of one bucket add up, so ``a + b`` holds what a and b hold together, in Python
and in SQL (``a || b``) alike. `marts.histogram_entry` and `marts.compact_histogram` are the same in SQL.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.histograms import LAST_BUCKET

LAST_DAY: Final = (1 << 16) - 1
"""Whole days from here on (179 years) count as so many; buckets of timed durations are far fewer."""

_MOST: Final = (1 << 14) - 1
_ENTRY: Final = np.dtype(">i4")

assert LAST_BUCKET <= LAST_DAY  # noqa: S101 - holds for the declaration, not for data


def counts_of(packed: bytes | memoryview) -> NDArray[np.int64]:
    """Return how many there are in each bucket, from bucket 0 to the highest one named."""
    entries = np.frombuffer(packed, _ENTRY).astype(np.int32)
    # Weights are floats, which hold whole numbers up to 2^53.
    counts = np.bincount(entries >> 15, weights=(entries & 0x7FFF) - (1 << 14))
    return counts.astype(np.int64)


def pack(bucket: int, count: int) -> bytes:
    """Return the histogram of so many in one bucket; below zero takes them away."""
    whole, rest = divmod(abs(count), _MOST)
    sign = -1 if count < 0 else 1
    parts = [_MOST] * whole + ([rest] if rest else [])
    return b"".join((bucket * (1 << 15) + (1 << 14) + sign * part).to_bytes(4, "big") for part in parts)

"""Packed histograms add up by being put one behind the other."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analytics.packed_histograms import LAST_DAY, counts_of, pack

ENTRIES = st.lists(st.tuples(st.integers(0, LAST_DAY), st.integers(-100_000, 100_000)), max_size=30)


def _expected(entries: list[tuple[int, int]]) -> dict[int, int]:
    counts: Counter[int] = Counter()
    for bucket, count in entries:
        counts[bucket] += count
    return {bucket: count for bucket, count in counts.items() if count}


@given(ENTRIES)
def test_a_packed_histogram_holds_what_was_packed(entries: list[tuple[int, int]]) -> None:
    """Whatever the order, the size and the sign of the entries, each bucket holds their sum."""
    counts = counts_of(b"".join(pack(bucket, count) for bucket, count in entries))
    assert {int(bucket): int(counts[bucket]) for bucket in np.flatnonzero(counts)} == _expected(entries)


@given(ENTRIES, ENTRIES)
def test_one_behind_the_other_is_their_sum(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    """Adding two histograms is concatenation."""
    packed = [b"".join(pack(*entry) for entry in entries) for entries in (one, other)]
    counts = counts_of(b"".join(packed))
    assert {int(bucket): int(counts[bucket]) for bucket in np.flatnonzero(counts)} == _expected([*one, *other])


def test_nothing_packed_is_nothing_counted() -> None:
    """An empty histogram has no buckets."""
    assert counts_of(b"").size == 0
    assert pack(7, 0) == b""

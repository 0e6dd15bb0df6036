"""Duration histograms keep every quantile within 2 % and can be merged."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.histograms import (
    GAMMA,
    LAST_BUCKET,
    RELATIVE_ERROR,
    THRESHOLDS,
    bucket_bounds,
    bucket_sql,
    bucket_value,
    merge,
    quantile,
)
from tests.reference.buckets import bucket_of

SECONDS = st.integers(min_value=0, max_value=100 * 366 * 86_400)
DURATIONS = st.lists(SECONDS, min_size=1, max_size=200)


def counted(durations: list[int]) -> list[tuple[int, int]]:
    """Return the histogram of durations, one pair each: merging is the histogram's own business."""
    return [(bucket_of(seconds), 1) for seconds in durations]


@given(SECONDS)
def test_a_bucket_stands_for_every_duration_in_it_within_two_percent(seconds: int) -> None:
    assert abs(bucket_value(bucket_of(seconds)) - seconds) <= RELATIVE_ERROR * seconds * (1 + 1e-12)


@given(SECONDS)
def test_a_duration_lies_within_the_bounds_of_its_bucket(seconds: int) -> None:
    lower, upper = bucket_bounds(bucket_of(seconds))
    assert lower <= seconds < upper


def test_every_boundary_falls_into_the_bucket_it_opens() -> None:
    for place, seconds in enumerate(THRESHOLDS, start=1):
        assert bucket_of(seconds) == place
        assert bucket_of(seconds - 1) == place - 1


def test_buckets_adjoin_and_span_at_most_gamma() -> None:
    for bucket in range(LAST_BUCKET):
        lower, upper = bucket_bounds(bucket)
        assert upper == bucket_bounds(bucket + 1)[0]
        assert (upper - 1) <= GAMMA * lower


def test_zero_has_its_own_bucket_and_disagreeing_clocks_count_as_zero() -> None:
    assert bucket_bounds(0) == (0, 1)
    assert bucket_value(0) == 0.0
    assert bucket_of(-5) == bucket_of(0) == 0


def test_the_sql_has_every_threshold_in_order() -> None:
    thresholds = bucket_sql("seconds").partition("{")[2].partition("}")[0]
    assert tuple(int(part) for part in thresholds.split(",")) == THRESHOLDS


@given(DURATIONS, st.floats(min_value=0, max_value=1))
def test_every_quantile_is_within_two_percent_of_the_type_seven_quantile(durations: list[int], q: float) -> None:
    exact = float(np.quantile(np.array(durations, dtype=np.float64), q))
    found = quantile(counted(durations), q)
    assert found == pytest.approx(exact, rel=RELATIVE_ERROR + 1e-9, abs=1e-6)


@given(st.lists(DURATIONS, min_size=1, max_size=5), st.sampled_from([0.0, 0.25, 0.5, 0.9, 1.0]))
def test_merging_is_counting_everything_together(parts: list[list[int]], q: float) -> None:
    together = counted([seconds for part in parts for seconds in part])
    merged = merge(counted(part) for part in parts)
    assert merged == merge([together])
    assert quantile(merged.items(), q) == quantile(together, q)


@given(st.lists(st.integers(min_value=0, max_value=4000), min_size=1, max_size=50))
def test_whole_days_are_exact(days: list[int]) -> None:
    found = quantile([(day, 1) for day in days], 0.5, value_of=float)
    assert found == pytest.approx(float(np.median(days)))


def test_nothing_counted_has_no_quantile() -> None:
    assert quantile([], 0.5) is None
    assert quantile([(3, 2), (3, -2)], 0.5) is None


def test_a_quantile_beyond_one_is_refused() -> None:
    with pytest.raises(ValueError, match=r"0\.\.1"):
        quantile([(1, 1)], 90)

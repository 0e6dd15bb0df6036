"""Means and their comparisons, against scipy."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import stats

from analytics.means import difference, mean_of, ratio


def test_the_interval_of_a_mean_of_even_values_is_students() -> None:
    values = np.concatenate([np.arange(25.0), -np.arange(25.0)])
    known = stats.ttest_1samp(values, 0).confidence_interval()
    assert mean_of(values).interval == pytest.approx((known.low, known.high))


def test_the_bent_interval_is_where_halls_cubic_of_the_studentised_mean_has_students_quantiles() -> None:
    values = np.random.default_rng(1).gamma(2, 3, 50)
    k = stats.skew(values) / np.sqrt(50)
    mean, margin = mean_of(values), stats.t.ppf(0.975, 49)
    for end, quantile in zip(mean.interval, (margin, -margin), strict=True):
        studentised = (mean.value - end) / mean.error
        assert studentised + k * studentised**2 / 3 + k**2 * studentised**3 / 27 + k / 6 == pytest.approx(quantile)


def test_long_tails_are_covered_where_students_interval_is_too_low() -> None:
    """Over 2,000 samples of forty log-normal values the interval holds the mean about as often as it says."""
    rng = np.random.default_rng(5)
    truth, bent, straight = float(np.exp(0.5)), 0, 0
    for _ in range(2_000):
        values = rng.lognormal(0, 1, 40)
        low, high = mean_of(values).interval
        known = stats.ttest_1samp(values, 0).confidence_interval()
        bent, straight = bent + (low <= truth <= high), straight + (known.low <= truth <= known.high)
    assert bent > straight + 30
    assert bent > 1_820


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=60))
@example([0.0, 1.18e-111])
@example([0.0, 5e-324])
def test_the_mean_lies_within_its_interval(values: list[float]) -> None:
    low, high = mean_of(np.array(values)).interval
    mean = float(np.mean(values))
    assert low <= mean + 1e-6 * (1 + abs(mean))
    assert high >= mean - 1e-6 * (1 + abs(mean))


UNITS = st.sampled_from([2.0**power for power in (-900, -400, -120, 0, 120, 400, 900)])


@given(st.lists(st.integers(-50, 50), min_size=12, max_size=40), UNITS)
@example([0, 1] * 6, 2.0**-900)
def test_a_mean_has_the_same_interval_in_any_unit(whole: list[int], unit: float) -> None:
    """However small or large the values are, no power of them is lost or too large: clustered or not."""
    values, clusters = np.array(whole, dtype=np.float64), np.arange(len(whole)) // 2 % 10
    for groups in (None, clusters):
        plain, scaled = mean_of(values, groups), mean_of(values * unit, groups)
        assert np.array(scaled.interval) / unit == pytest.approx(plain.interval)
        assert scaled.skewness == pytest.approx(plain.skewness)


@given(
    st.lists(st.integers(1, 50), min_size=5, max_size=20), st.lists(st.integers(1, 50), min_size=5, max_size=20), UNITS
)
def test_means_compare_alike_in_any_unit(first: list[int], second: list[int], unit: float) -> None:
    """The p-value and a ratio have no unit; a difference has that of the values."""
    plain = [mean_of(np.array(each, dtype=np.float64)) for each in (first, second)]
    scaled = [mean_of(np.array(each) * unit) for each in (first, second)]
    assert difference(*scaled).p_value == pytest.approx(difference(*plain).p_value)
    assert difference(*scaled).low / unit == pytest.approx(difference(*plain).low)
    assert ratio(*scaled).low == pytest.approx(ratio(*plain).low)
    assert ratio(*scaled).high == pytest.approx(ratio(*plain).high)


def test_the_difference_of_two_means_is_welchs() -> None:
    rng = np.random.default_rng(2)
    one, other = rng.normal(5, 1, 40), rng.normal(4, 3, 70)
    known = stats.ttest_ind(one, other, equal_var=False)
    found = difference(mean_of(one), mean_of(other))
    assert found.p_value == pytest.approx(known.pvalue)
    assert (found.low, found.high) == pytest.approx(tuple(known.confidence_interval()))


def test_clusters_of_like_values_widen_the_interval() -> None:
    """A hundred values in ten clusters that agree within are ten values, not a hundred."""
    clusters = np.repeat(np.arange(10), 10)
    values = np.random.default_rng(3).normal(0, 1, 10)[clusters]
    assert mean_of(values, clusters).error > 2.5 * mean_of(values).error


@pytest.mark.parametrize("values", [[], [3.0]])
def test_nothing_can_be_said_of_one_value_or_none(values: list[float]) -> None:
    made = mean_of(np.array(values))
    assert made.error == float("inf")
    assert difference(made, made).p_value == 1.0
    assert ratio(made, made).p_value == 1.0


def test_constants_are_no_evidence() -> None:
    """Two constants differ, but without any spread nothing says by how much chance might."""
    assert difference(mean_of(np.full(9, 1.0)), mean_of(np.full(9, 2.0))).p_value == 1.0

"""Means and their comparisons, against scipy."""

import numpy as np
import pytest
from scipy import stats

from analytics.means import difference, mean_of, ratio


def test_the_interval_of_a_mean_is_students_shifted_for_skewness() -> None:
    values = np.random.default_rng(1).gamma(2, 3, 50)
    known = stats.ttest_1samp(values, 0).confidence_interval()
    shift = stats.moment(values, 3) / (6 * values.var() * 50)
    assert shift > 0
    assert mean_of(values).interval == pytest.approx((known.low + shift, known.high + shift))


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

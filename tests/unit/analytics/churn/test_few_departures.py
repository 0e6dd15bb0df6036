"""Ratios of hazards with Firth's penalty against closed forms."""

from math import exp, log, sqrt

import numpy as np
import pytest

from analytics.churn.few_departures import ratio_of_few
from analytics.quasi_poisson import Floats

_ONES: Floats = np.ones((2, 1))
_COLUMN = np.array([0.0, 1.0])


def _ratio(departures: tuple[float, float], days: tuple[float, float]) -> tuple[float, float, float, float]:
    found = ratio_of_few(np.array(departures), np.array(days), _COLUMN, _ONES)
    return found.value, found.low, found.high, found.p_value


def test_two_rates_are_compared_with_half_a_departure_more_in_each() -> None:
    """30 in 1,000 days against 60 in 4,000; the interval is near exp(ln 2 +- 1.96 sqrt(1/30 + 1/60))."""
    value, low, high, p_value = _ratio((60, 30), (4000, 1000))
    assert value == pytest.approx((30.5 / 1000) / (60.5 / 4000), rel=1e-5)
    spread = 1.96 * sqrt(1 / 30 + 1 / 60)
    assert low == pytest.approx(exp(log(2) - spread), rel=0.03)
    assert high == pytest.approx(exp(log(2) + spread), rel=0.03)
    assert 0.001 < p_value < 0.004


def test_no_departure_on_one_side_leaves_a_ratio_with_an_end() -> None:
    """Where nobody left after it, or nobody without it, the ratio is neither nought nor endless."""
    value, low, high, _ = _ratio((60, 0), (4500, 500))
    assert 0 < low < value < high < 1
    value, low, high, p_value = _ratio((0, 8), (2000, 2000))
    assert 1 < low < value < high < 1e4
    assert p_value < 0.01


def test_how_the_time_is_cut_into_rows_does_not_matter() -> None:
    """Rows that are alike may be added up."""
    whole = ratio_of_few(np.array([9.0, 8.0]), np.array([4000.0, 900.0]), _COLUMN, _ONES)
    cut = ratio_of_few(
        np.array([4.0, 5.0, 8.0]), np.array([1000.0, 3000.0, 900.0]), np.array([0.0, 0.0, 1.0]), np.ones((3, 1))
    )
    assert (cut.value, cut.low, cut.p_value) == pytest.approx((whole.value, whole.low, whole.p_value), rel=1e-4)


def test_with_few_departures_nothing_is_told_from_chance_too_often() -> None:
    """Of 400 comparisons of some twelve departures without an effect, about one in twenty has p below 0.05."""
    rng = np.random.default_rng(0)
    p_values = [_ratio((float(rng.poisson(8)), float(rng.poisson(4))), (2000, 1000))[3] for _ in range(400)]
    assert np.mean(np.array(p_values) < 0.05) < 0.08

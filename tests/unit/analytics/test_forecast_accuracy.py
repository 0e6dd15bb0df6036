"""Errors are counted as their definitions say, and unknown days never."""

import doctest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import forecast_accuracy
from analytics.forecast_accuracy import coverage, mase, pinball, seasonal_scale, wape

COUNTS = st.lists(st.floats(0, 1e5), min_size=1, max_size=40).map(np.array)


def test_the_examples_hold() -> None:
    """Worked by hand."""
    assert doctest.testmod(forecast_accuracy).failed == 0


@given(COUNTS)
def test_a_perfect_forecast_has_no_error(actual: np.ndarray) -> None:
    """Whatever came."""
    quantiles = np.repeat(actual[:, None], 7, axis=1)
    assert mase(actual, actual, 3.0) == 0
    assert pinball(actual, quantiles) == pytest.approx(0)
    assert coverage(actual, quantiles, 80) == 1


@given(COUNTS, st.floats(0, 1e5))
def test_unknown_days_change_nothing(actual: np.ndarray, forecast: float) -> None:
    """A day of which nothing is known is in no figure."""
    said = np.full(len(actual), forecast)
    more = np.concatenate([actual, [np.nan]])
    longer = np.append(said, 7.0)
    assert mase(more, longer, 2.0) == pytest.approx(mase(actual, said, 2.0))
    assert wape(more, longer) == pytest.approx(wape(actual, said), nan_ok=True)


def test_a_series_that_never_changes_has_no_scale() -> None:
    """Nothing can be measured in noughts."""
    assert np.isnan(seasonal_scale(np.full(30, 5.0)))
    assert np.isnan(seasonal_scale(np.array([1.0, 2.0])))


def test_intervals_are_counted_with_their_ends() -> None:
    """Of four days two came within 10 to 20."""
    quantiles = np.tile(np.array([0.0, 10, 12, 15, 18, 20, 30]), (4, 1))
    assert coverage(np.array([9.9, 10.0, 20.0, 20.1]), quantiles, 80) == 0.5

"""Hours add up to their day, and thin parts get their share of the whole."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.forecasting.forecast import Ahead
from analytics.forecasting.hours import hour_shares, hours_ahead
from analytics.forecasting.segments import borrowed, is_thin
from analytics.forecasting.series import DailySeries

COUNTS = st.lists(st.integers(0, 500), min_size=168, max_size=168).map(
    lambda each: np.array(each, float).reshape(7, 24)
)


@given(COUNTS, COUNTS)
def test_shares_of_a_weekday_add_up_to_one(own: np.ndarray, whole: np.ndarray) -> None:
    """Whatever came, and also where nothing did."""
    assert hour_shares(own, whole).sum(axis=1) == pytest.approx(np.ones(7))
    assert (hour_shares(own) >= 0).all()


@given(COUNTS, st.floats(0.1, 500))
def test_hours_add_up_to_their_day_and_rise_with_the_level(own: np.ndarray, expected: float) -> None:
    """Quantiles are whole tickets in order."""
    day = np.array([0.4, 0.6, 0.8, 1.0, 1.2, 1.5, 1.8]) * expected
    means, quantiles = hours_ahead(np.array([expected]), day[None, :], hour_shares(own)[:1])
    assert means.sum() == pytest.approx(expected)
    assert (np.diff(quantiles, axis=-1) >= 0).all()
    assert (quantiles == np.round(quantiles)).all()


def test_a_thin_part_borrows_its_share() -> None:
    """A tenth of the tickets is a tenth of the forecast, less certain than the whole."""
    first = date(2026, 1, 1)
    whole = DailySeries(first, np.full(120, 5.0))
    part = DailySeries(first, np.tile([1.0, 0, 1, 0, 0, 0, 1.5, 0, 1, 0.5], 12))
    ahead = Ahead(np.full(10, 5.0), np.tile(np.array([1.0, 2, 4, 5, 6, 8, 10]), (10, 1)))
    found = borrowed(part, whole, ahead)
    assert is_thin(part)
    assert found is not None
    assert found.expected == pytest.approx(np.full(10, 0.5), abs=0.02)
    assert borrowed(DailySeries(first, np.zeros(120)), whole, ahead) is None

"""The rest of a day follows what has come so far, as far as days of the desk differ, and only what was counted."""

import doctest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.forecast_quantiles import LEVELS
from analytics.forecasting import today
from analytics.forecasting.today import Morning, RestOfDay, rest_of_day, shape_variance_at

EVEN = np.full(24, 1 / 24)
NORMAL = np.array([-1.96, -1.2816, -0.6745, 0.0, 0.6745, 1.2816, 1.96])


def _morning(expected: float, spread: float) -> Morning:
    """A day whose level differs from day to day by a spread."""
    deviation = np.sqrt(expected + (spread * expected) ** 2)
    return Morning(expected, np.maximum(expected + NORMAL * deviation, 0), EVEN)


def _noon(expected: float, spread: float, came: float, shape: float = 0.0) -> RestOfDay:
    return rest_of_day(_morning(expected, spread), np.full(12, came / 12), shape)


def test_the_examples_hold() -> None:
    """Hours in which nothing was brought in are left out."""
    assert doctest.testmod(today).failed == 0


def test_as_much_as_expected_leaves_the_morning_as_it_was() -> None:
    """Half the tickets came in half the day."""
    rest = _noon(1200, 0.2, 600)
    assert rest.so_far == 600
    assert rest.expected_so_far == pytest.approx(600)
    assert rest.left == pytest.approx(600)
    assert rest.hours.sum() == pytest.approx(rest.left)


def test_a_desk_whose_days_differ_follows_the_morning_and_one_whose_days_are_alike_does_not() -> None:
    """Half as many again by noon: nearly all of it goes on where days differ much and are large."""
    assert _noon(10_000, 0.4, 7_500).left / 5_000 > 1.45
    assert _noon(100, 0.05, 75).left / 50 < 1.1


def test_where_days_begin_early_or_late_a_full_morning_takes_from_the_afternoon() -> None:
    """Days of one size whose hours move: what came early does not come again."""
    assert _noon(1_000, 0.05, 550, shape=0.2**2).left < 500


def test_the_band_of_the_rest_is_narrower_than_before_anything_came() -> None:
    """What has come says how busy the day is."""

    def width(rest: RestOfDay) -> float:
        return float(rest.quantiles_left[5] - rest.quantiles_left[1]) / rest.left

    assert width(_noon(2_000, 0.3, 1_000)) < 0.6 * width(rest_of_day(_morning(2_000, 0.3), np.array([]), 0.0))


@given(st.floats(0, 5_000), st.floats(0, 1), st.lists(st.integers(0, 500), min_size=1, max_size=23), st.floats(0, 0.5))
def test_whatever_comes_the_rest_is_a_sensible_count(
    expected: float, spread: float, came: list[int], shape: float
) -> None:
    """Never below nought, never not a number, quantiles that rise, hours that add up."""
    rest = rest_of_day(_morning(expected, spread), np.array(came, dtype=np.float64), shape)
    assert np.isfinite(rest.left)
    assert rest.left >= 0
    assert rest.hours.sum() == pytest.approx(rest.left, abs=1e-6)
    assert rest.quantiles.shape == (24 - len(came), len(LEVELS))
    assert (np.diff(rest.quantiles, axis=1) >= 0).all()
    assert (np.diff(rest.quantiles_left) >= 0).all()


def test_days_that_begin_early_or_late_are_told_from_chance() -> None:
    """Counts by chance alone show little; hours that move by days show it."""
    rng = np.random.default_rng(5)
    steady = rng.poisson(np.tile(EVEN * 2_000, (56, 1))).astype(float)
    early = np.where(np.arange(56) % 2, 1.3, 0.7)[:, None]
    moving = rng.poisson(2_000 * np.hstack([EVEN[:12] * early, EVEN[12:] * (2 - early)])).astype(float)
    shares = np.tile(EVEN, (56, 1))
    assert shape_variance_at(steady, shares, 12) < 0.03**2
    assert 0.2**2 < shape_variance_at(moving, shares, 12) < 0.4**2

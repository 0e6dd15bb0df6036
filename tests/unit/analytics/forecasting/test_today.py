"""The rest of a day follows what has come so far, as far as days of the desk differ, and only what was counted."""

import doctest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.forecast_quantiles import LEVELS, FloatArray
from analytics.forecasting import today
from analytics.forecasting.today import DayShape, Morning, RestOfDay, day_shape, rest_of_day

EVEN = np.full(24, 1 / 24)
_BELL = np.exp(-0.5 * ((np.arange(24) - 12) / 3) ** 2) + 0.02
BELL = _BELL / _BELL.sum()
LATE_BELL = (
    np.interp(np.arange(24) - 1.0, np.arange(24), BELL) / np.interp(np.arange(24) - 1.0, np.arange(24), BELL).sum()
)
STEADY = DayShape(0.0, 0.0)
NORMAL = np.array([-1.96, -1.2816, -0.6745, 0.0, 0.6745, 1.2816, 1.96])


def _morning(expected: float, spread: float) -> Morning:
    """A day whose level differs from day to day by a spread."""
    deviation = np.sqrt(expected + (spread * expected) ** 2)
    return Morning(expected, np.maximum(expected + NORMAL * deviation, 0), EVEN)


def _noon(expected: float, spread: float, came: float, shape: DayShape = STEADY) -> RestOfDay:
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


def test_a_day_that_begins_late_is_told_from_a_quiet_one() -> None:
    """An hour late: what is missing by noon comes in the afternoon."""
    morning = Morning(1_000, np.maximum(1_000 + NORMAL * 100, 0), BELL)
    late = 1_000 * LATE_BELL
    usual = float(1_000 * BELL[12:].sum())
    follows = rest_of_day(morning, late[:12], DayShape(0.5**2, 0.0))
    assert usual < follows.left < late[12:].sum()
    assert rest_of_day(morning, late[:12], STEADY).left < usual


def test_hours_that_are_uneven_by_themselves_say_less_of_the_day() -> None:
    """Twice as many as usual came, in hours that often have twice as many."""
    assert _noon(10_000, 0.1, 10_000, DayShape(0.0, 1.0)).left < _noon(10_000, 0.1, 10_000).left


def test_the_band_of_the_rest_is_narrower_than_before_anything_came() -> None:
    """What has come says how busy the day is."""

    def width(rest: RestOfDay) -> float:
        return float(rest.quantiles_left[5] - rest.quantiles_left[1]) / rest.left

    assert width(_noon(2_000, 0.3, 1_000)) < 0.6 * width(rest_of_day(_morning(2_000, 0.3), np.array([]), STEADY))


@given(
    st.floats(0, 5_000),
    st.floats(0, 1),
    st.lists(st.integers(0, 500), min_size=1, max_size=23),
    st.floats(0, 2),
    st.sampled_from([EVEN, BELL]),
)
def test_whatever_comes_the_rest_is_a_sensible_count(
    expected: float, spread: float, came: list[int], late: float, shares: FloatArray
) -> None:
    """Never below nought, never not a number, quantiles that rise, hours that add up."""
    morning = Morning(expected, _morning(expected, spread).quantiles, shares)
    rest = rest_of_day(morning, np.array(came, dtype=np.float64), DayShape(late, late / 4))
    assert np.isfinite(rest.left)
    assert rest.left >= 0
    assert rest.hours.sum() == pytest.approx(rest.left, abs=1e-6)
    assert rest.quantiles.shape == (24 - len(came), len(LEVELS))
    assert (np.diff(rest.quantiles, axis=1) >= 0).all()
    assert (np.diff(rest.quantiles_left) >= 0).all()


def test_days_that_begin_early_or_late_are_told_from_chance() -> None:
    """Counts by chance alone show little; days that are an hour early or late show it."""
    rng = np.random.default_rng(5)
    shares = np.tile(BELL, (56, 1))
    steady = day_shape(rng.poisson(shares * 2_000).astype(float), shares)
    early = 2 * BELL - LATE_BELL
    by_day = np.where(np.arange(56)[:, None] % 2, LATE_BELL, np.maximum(early, 0))
    moving = day_shape(rng.poisson(2_000 * by_day).astype(float), shares)
    assert steady.late < 0.15**2
    assert 0.7**2 < moving.late < 1.3**2
    assert steady.uneven < 0.05**2


def test_hours_that_are_uneven_are_told_from_chance() -> None:
    """A fifth more or less, each hour by itself; and what nobody has seen is the usual."""
    rng = np.random.default_rng(6)
    shares = np.tile(EVEN, (56, 1))
    uneven = rng.poisson(4_000 * EVEN * rng.gamma(25, 1 / 25, (56, 24))).astype(float)
    assert 0.15**2 < day_shape(uneven, shares).uneven < 0.25**2
    assert day_shape(np.zeros((0, 24)), np.zeros((0, 24))) == DayShape()

"""The level of a series follows its latest weeks and is not moved by odd days."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analytics.forecast_quantiles import FloatArray
from analytics.forecasting.levels import middle_level, settled_level

WEEK = np.array([1.3, 1.2, 1.1, 1.0, 1.0, 0.8, 0.6])


def _known(values: FloatArray) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    return np.ones(len(values), dtype=bool)


def test_a_steady_week_is_carried_on() -> None:
    """Both ways say the same week again, whichever weekday is first."""
    values = np.resize(100 * WEEK, 199)
    wanted = np.resize(100 * WEEK, 199 + 28)[199:]
    for said in (middle_level(values, _known(values), 14.0, 26, 28), settled_level(values, _known(values), 28)):
        assert said == pytest.approx(wanted, rel=1e-2)


def test_an_odd_day_moves_nothing() -> None:
    """One day of ten times the usual lately."""
    values = np.resize(100 * WEEK, 210)
    odd = values.copy()
    odd[-3] *= 10
    assert middle_level(odd, _known(odd), 14.0, 26, 7) == pytest.approx(
        middle_level(values, _known(values), 14.0, 26, 7), rel=0.05
    )
    assert settled_level(odd, _known(odd), 7) == pytest.approx(settled_level(values, _known(values), 7), rel=0.15)


def test_a_desk_that_moves_is_followed_fast_and_a_noisy_one_slowly() -> None:
    """A level that jumps every month is taken from the last weeks; chance around a fixed one is averaged out."""
    rng = np.random.default_rng(3)
    jumping = np.repeat([50.0, 100.0] * 10, 28) * np.resize(WEEK, 560)
    noisy = 100 * np.exp(rng.normal(0, 0.4, 560)) * np.resize(WEEK, 560)
    noisy[-7:] *= 1.8
    level = np.exp(0.4**2 / 2) * 100
    assert settled_level(np.append(jumping, 50 * np.resize(WEEK, 14)), _known(np.zeros(574)), 7).mean() < 90
    assert settled_level(noisy, _known(noisy), 7).mean() < 1.35 * level


@given(arrays(np.float64, st.integers(7, 120), elements=st.floats(0, 1e5)), st.integers(1, 40))
def test_any_history_gives_sensible_days(values: FloatArray, ahead: int) -> None:
    """Finite, never below nought, never above the largest by more than a week's shape can explain."""
    for said in (middle_level(values, _known(values), 10.0, 13, ahead), settled_level(values, _known(values), ahead)):
        assert said.shape == (ahead,)
        assert np.isfinite(said).all()
        assert (said >= 0).all()


def test_days_that_are_not_known_have_no_say() -> None:
    """A quarter that was filled in with noughts changes nothing."""
    values = np.resize(100 * WEEK, 196)
    holes, known = values.copy(), _known(values)
    holes[-20:-10], known[-20:-10] = 0.0, False
    assert middle_level(holes, known, 14.0, 26, 7) == pytest.approx(
        middle_level(values, _known(values), 14.0, 26, 7), rel=1e-3
    )

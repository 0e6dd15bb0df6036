"""Gaps, silences, giant days and closed weekdays are told apart from chance."""

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analytics.forecasting.history import believable, clean, weekdays_of
from analytics.forecasting.series import DailySeries

MONDAY = date(2024, 1, 1)


def _week(weeks: int) -> np.ndarray:
    return np.tile(np.array([30.0, 28, 26, 24, 22, 10, 6]), weeks)


def test_a_gap_of_two_months_is_bridged_and_told() -> None:
    """The same weekday stands in, and nothing is learnt from it."""
    counts = _week(30)
    counts[70:130] = np.nan
    history = clean(DailySeries(MONDAY, counts))
    assert history.gap_days == 60
    assert not history.is_known[70:130].any()
    assert history.counts.tolist() == _week(30).tolist()


def test_a_silence_too_long_for_chance_is_a_gap() -> None:
    """Twenty tickets a day do not stay away for ten days by chance; two in a week may."""
    counts = _week(30)
    counts[70:80] = 0
    assert clean(DailySeries(MONDAY, counts)).gap_days == 10
    rare = np.zeros(200)
    rare[::20] = 1
    assert clean(DailySeries(MONDAY, rare)).gap_days == 0


def test_one_giant_day_is_left_out() -> None:
    """A thousand times the usual is a mistake of an import, not demand."""
    counts = _week(30)
    counts[100] = 30_000
    history = clean(DailySeries(MONDAY, counts))
    assert history.giant_days == 1
    assert history.counts.max() <= 30
    assert np.isnan(believable(DailySeries(MONDAY, counts)).counts[100])


def test_closed_weekdays_are_found() -> None:
    """Nothing on Sundays for eight weeks, though something on other days."""
    counts = _week(20)
    counts[6::7] = 0
    assert clean(DailySeries(MONDAY, counts)).closed_weekdays == (6,)


def test_what_is_before_the_first_ticket_is_no_history() -> None:
    """The desk was not there yet."""
    history = clean(DailySeries(MONDAY, np.concatenate([np.zeros(40), _week(10)])))
    assert history.first_date == date(2024, 2, 10)
    assert len(history.counts) == 70


@given(st.lists(st.one_of(st.floats(0, 1e6), st.just(float("nan"))), min_size=7, max_size=120))
def test_a_history_has_no_hole(values: list[float]) -> None:
    """Whatever comes in, every day of it is a number that is not negative."""
    counts = np.array(values)
    counts[0] = 1.0
    history = clean(DailySeries(MONDAY, counts))
    assert np.isfinite(history.counts).all()
    assert (history.counts >= 0).all()
    assert len(history.is_known) == len(history.counts)


def test_weekdays_begin_with_monday() -> None:
    """Before 1970 too."""
    days = np.array(["1969-12-29", "2026-11-25"], dtype="datetime64[D]")
    assert weekdays_of(days).tolist() == [0, 2]

"""Named days take what they have in common, and what their names have of their own."""

from datetime import date

import numpy as np
import pytest

from analytics.forecasting.backtest import Plan, origin_at
from analytics.forecasting.calendar import NO_EVENTS, DeskEvent, country_calendar
from analytics.forecasting.calendar_regression import fit
from analytics.forecasting.history import clean
from analytics.forecasting.members import MEMBERS
from analytics.forecasting.series import DailySeries

FIRST = date(2024, 3, 1)


def _desk(days: int, closed: float) -> DailySeries:
    """A desk of a hundred tickets on working days, with the holidays of the United States at a share of that."""
    series = DailySeries(FIRST, np.zeros(days))
    weekday = (series.days.astype(np.int64) + 3) % 7
    mean = np.where(weekday < 5, 100.0, 40.0)
    mean[np.isin(series.days, country_calendar("US", 2024, 2026).holidays)] *= closed
    return DailySeries(FIRST, np.random.default_rng(2).poisson(mean).astype(float))


def test_an_observed_holiday_is_the_holiday() -> None:
    """The Friday before a Saturday's holiday has its name."""
    named = country_calendar("US", 2026, 2026).days_by_name["Independence Day"]
    assert named.tolist() == [date(2026, 7, 3), date(2026, 7, 4)]


def test_own_events_are_no_holidays() -> None:
    """They do not take the effect that holidays share."""
    calendar = country_calendar("US", 2026, 2026).with_events((DeskEvent("Sale", date(2026, 3, 3), date(2026, 3, 3)),))
    assert np.datetime64("2026-03-03") in calendar.days_by_name["Sale"]
    assert np.datetime64("2026-03-03") not in calendar.holidays


def test_a_rise_that_came_and_stayed_is_the_levels() -> None:
    """Two years and more, two fifths more from one summer on: the level has nearly all of it."""
    mean = np.where(np.arange(900) < 520, 100.0, 140.0)
    history = clean(DailySeries(FIRST, np.random.default_rng(3).poisson(mean).astype(float)))
    parts = fit(history, NO_EVENTS, 28).parts
    assert parts["trend"][800] - parts["trend"][400] > 0.8 * np.log(1.4)


@pytest.mark.parametrize("name", MEMBERS)
def test_no_member_is_blind_to_a_holiday_seen_once(name: str) -> None:
    """A desk that closes on holidays, a year and a half old: each member has it nearly closed on the next one."""
    desk = _desk(585, 0.08)
    calendar = country_calendar("US", 2024, 2026)
    until = desk.until(date(2025, 9, 30))
    said = origin_at(until, np.full(28, np.nan), calendar, Plan(28)).members[name]
    columbus = (date(2025, 10, 13) - date(2025, 10, 1)).days
    assert said[columbus] < 0.4 * said[columbus + 7]

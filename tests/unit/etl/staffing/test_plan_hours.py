"""The hours of a plan are whole, real hours, also where clocks change and where a day begins at half past."""

from datetime import UTC, date, datetime

import numpy as np

from analytics.business_time import BusinessCalendar, BusinessWindow
from etl.staffing.plan_hours import PlanHours

JOHANNESBURG = "Africa/Johannesburg"


def office(zone: str, opens: int, closes: int) -> BusinessCalendar:
    """Return a calendar open every day between two minutes of the day."""
    return BusinessCalendar(zone, tuple(BusinessWindow(day, opens, closes) for day in range(7)))


def test_a_plan_begins_with_the_hour_that_is_running() -> None:
    """Hours that are over are left out; the one that runs is in."""
    now = datetime(2026, 3, 2, 8, 20, tzinfo=UTC)
    hours = PlanHours.between(now, date(2026, 3, 2), date(2026, 3, 3), JOHANNESBURG)
    assert hours.local[0] == (date(2026, 3, 2), 10)
    assert hours.local[-1] == (date(2026, 3, 3), 23)
    assert len(hours.starts) == 14 + 24


def test_a_plan_for_later_begins_at_midnight() -> None:
    """A forecast that begins tomorrow is planned from its first hour."""
    hours = PlanHours.between(datetime(2026, 3, 1, tzinfo=UTC), date(2026, 3, 5), date(2026, 3, 5), JOHANNESBURG)
    assert hours.local[0] == (date(2026, 3, 5), 0)
    assert len(hours.starts) == 24


def test_a_forecast_that_is_over_has_no_hours() -> None:
    """Days gone by are planned for no more."""
    hours = PlanHours.between(datetime(2026, 3, 9, tzinfo=UTC), date(2026, 3, 2), date(2026, 3, 3), JOHANNESBURG)
    assert hours.starts == ()
    assert hours.open_share(office(JOHANNESBURG, 480, 1020)).size == 0


def test_a_day_of_twenty_five_hours_has_twenty_five() -> None:
    """When clocks go back an hour comes twice, and both are there."""
    hours = PlanHours.between(
        datetime(2026, 10, 1, tzinfo=UTC), date(2026, 10, 25), date(2026, 10, 25), "Europe/Berlin"
    )
    assert len(hours.starts) == 25
    assert [hour for _, hour in hours.local].count(2) == 2


def test_hours_are_open_as_far_as_the_calendar_says() -> None:
    """From 08:30 to 17:00 the hour of eight is half open, nine to sixteen are open, and the others closed."""
    hours = PlanHours.between(datetime(2026, 3, 1, tzinfo=UTC), date(2026, 3, 2), date(2026, 3, 2), JOHANNESBURG)
    share = hours.open_share(office(JOHANNESBURG, 8 * 60 + 30, 17 * 60))
    assert np.allclose(share, [0] * 8 + [0.5] + [1] * 8 + [0] * 7)


def test_a_zone_of_half_hours_has_whole_hours_of_its_own() -> None:
    """In Kolkata, where days begin at half past an hour of UTC, opening at nine opens a whole hour."""
    hours = PlanHours.between(datetime(2026, 3, 1, tzinfo=UTC), date(2026, 3, 2), date(2026, 3, 2), "Asia/Kolkata")
    share = hours.open_share(office("Asia/Kolkata", 9 * 60, 10 * 60))
    assert share[9] == 1
    assert share.sum() == 1


def test_a_night_shift_runs_past_midnight() -> None:
    """Open from 22:00 to 06:00: the first hours of a day belong to the evening before."""
    hours = PlanHours.between(datetime(2026, 3, 1, tzinfo=UTC), date(2026, 3, 3), date(2026, 3, 3), JOHANNESBURG)
    assert hours.open_share(office(JOHANNESBURG, 22 * 60, 30 * 60)).tolist() == [1] * 6 + [0] * 16 + [1] * 2

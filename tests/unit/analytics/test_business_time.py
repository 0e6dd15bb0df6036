"""Business time counts exactly the open seconds, also where clocks change and schedules follow one another."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analytics.business_time import (
    BusinessCalendar,
    BusinessException,
    BusinessWindow,
    OpenInterval,
    Reading,
    ScheduleStretch,
    business_seconds,
)
from tests.conftest import examples

HOUR = 3600.0


def at(text: str) -> datetime:
    """Return an instant; text without an offset is UTC."""
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def every_day(zone: str, opens: int, closes: int) -> BusinessCalendar:
    """Return a calendar that is open every day between two wall-clock hours."""
    return BusinessCalendar(zone, tuple(BusinessWindow(day, opens * 60, closes * 60) for day in range(7)))


def weekly_intervals(*minutes_since_sunday: tuple[int, int]) -> BusinessCalendar:
    """Return a calendar from windows in minutes since Sunday midnight UTC, as Zendesk writes them."""
    return BusinessCalendar(
        "UTC",
        tuple(
            BusinessWindow((start // 1440 - 1) % 7, start % 1440, start % 1440 + end - start)
            for start, end in minutes_since_sunday
        ),
    )


CHICAGO = weekly_intervals(
    (720, 1560), (2160, 3000), (3600, 4440), (5040, 5880), (6480, 7320), (7920, 8760), (9360, 10200)
)
SAN_FRANCISCO = weekly_intervals((2340, 2910), (3780, 4350), (5220, 5790), (6660, 7230), (8100, 8670))


def published_minute(minutes_since_sunday: float) -> datetime:
    """Return the instant of a minute since Sunday 2020-09-27, the form in which dbt_zendesk published its example."""
    return at("2020-09-27") + timedelta(minutes=minutes_since_sunday)


CREATED, SCHEDULE_CHANGED, REPLIED = published_minute(3902), published_minute(5461.25), published_minute(5461.46)
STRETCHES = (ScheduleStretch(CREATED, CHICAGO), ScheduleStretch(SCHEDULE_CHANGED, SAN_FRANCISCO))


@pytest.mark.parametrize(
    ("reading", "minutes"),
    [(Reading.CUMULATIVE, 959.46), (Reading.LAST_SCHEDULE, 689.46)],
    ids=str,
)
def test_the_published_ticket_has_the_published_minutes_under_either_reading(reading: Reading, minutes: float) -> None:
    """Ticket 941606 of the decision log of fivetran/dbt_zendesk, with the instants as rounded there."""
    assert business_seconds(STRETCHES, CREATED, REPLIED, reading) / 60 == pytest.approx(minutes, abs=1e-6)


def test_the_published_ticket_to_the_second() -> None:
    """The same ticket from its time stamps, without the rounding: 538:22 and 421:25 and 0:21 minutes."""
    created, changed, replied = at("2020-09-29T17:01:38"), at("2020-09-30T19:01:25"), at("2020-09-30T19:01:46")
    stretches = (ScheduleStretch(created, CHICAGO), ScheduleStretch(changed, SAN_FRANCISCO))
    assert business_seconds(stretches, created, replied) == (538 * 60 + 22) + (421 * 60 + 25) + 21


def test_a_schedule_that_begins_after_the_end_counts_for_nothing() -> None:
    stretches = (ScheduleStretch(CREATED, CHICAGO), ScheduleStretch(at("2021-01-01"), SAN_FRANCISCO))
    for reading in Reading:
        assert business_seconds(stretches, CREATED, REPLIED, reading) == CHICAGO.business_seconds(CREATED, REPLIED)


def test_business_time_without_a_schedule_is_refused() -> None:
    with pytest.raises(ValueError, match="schedule"):
        business_seconds((), CREATED, REPLIED)


def test_lunch_nights_and_week_ends_are_closed() -> None:
    week = tuple(BusinessWindow(day, *minutes) for day in range(5) for minutes in ((480, 720), (780, 1020)))
    calendar = BusinessCalendar("Africa/Johannesburg", week)
    friday_eleven, monday_nine = at("2025-11-14T11:00+02:00"), at("2025-11-17T09:00+02:00")
    assert calendar.business_seconds(friday_eleven, monday_nine) == 6 * HOUR
    assert calendar.business_seconds(monday_nine, friday_eleven) == 0


def test_a_window_past_midnight_belongs_to_the_day_it_opens_on() -> None:
    calendar = BusinessCalendar("UTC", (BusinessWindow(4, 22 * 60, 30 * 60),))
    assert calendar.business_seconds(at("2025-11-15T05:00"), at("2025-11-16T00:00")) == HOUR
    assert calendar.business_seconds(at("2025-11-14T00:00"), at("2025-11-15T00:00")) == 2 * HOUR


def test_a_dated_exception_replaces_the_windows_of_its_day() -> None:
    closed, short = date(2025, 12, 25), date(2025, 12, 24)
    calendar = BusinessCalendar(
        "UTC",
        every_day("UTC", 8, 17).windows,
        (BusinessException(closed), BusinessException(short, 480, 600), BusinessException(short, 660, 720)),
    )
    assert calendar.business_seconds(at("2025-12-24"), at("2025-12-25")) == 3 * HOUR
    assert calendar.business_seconds(at("2025-12-25"), at("2025-12-26")) == 0
    assert calendar.business_seconds(at("2025-12-26"), at("2025-12-27")) == 9 * HOUR


def test_windows_hold_only_while_they_are_valid() -> None:
    change = date(2025, 11, 18)
    calendar = BusinessCalendar(
        "UTC",
        (
            *(BusinessWindow(day, 480, 960, valid_until=change) for day in range(7)),
            *(BusinessWindow(day, 480, 600, valid_from=change) for day in range(7)),
        ),
    )
    assert calendar.business_seconds(at("2025-11-17"), at("2025-11-19")) == 10 * HOUR


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        ("America/New_York", date(2025, 3, 9), 23),
        ("America/New_York", date(2025, 11, 2), 25),
        ("Europe/Dublin", date(2025, 3, 30), 23),
        ("Europe/Dublin", date(2025, 10, 26), 25),
        ("Africa/Johannesburg", date(2025, 3, 30), 24),
    ],
)
def test_a_day_around_the_clock_is_as_long_as_it_really_was(zone: str, day: date, hours: int) -> None:
    intervals = every_day(zone, 0, 24).open_intervals(day, day + timedelta(days=1))
    assert sum((each.end - each.start).total_seconds() for each in intervals) == hours * HOUR


def test_a_closing_time_that_the_clocks_jump_over_is_the_moment_of_the_jump() -> None:
    calendar = BusinessCalendar("America/New_York", (BusinessWindow(6, 60, 150),))
    intervals = calendar.open_intervals(date(2025, 3, 9), date(2025, 3, 10))
    assert intervals == (OpenInterval(at("2025-03-09T06:00"), at("2025-03-09T07:00")),)


def test_an_opening_time_that_the_clocks_jump_over_is_the_moment_of_the_jump() -> None:
    calendar = BusinessCalendar("Europe/Dublin", (BusinessWindow(6, 90, 180),))
    intervals = calendar.open_intervals(date(2025, 3, 30), date(2025, 3, 31))
    assert intervals == (OpenInterval(at("2025-03-30T01:00"), at("2025-03-30T02:00")),)


def test_windows_that_touch_are_one_interval() -> None:
    calendar = BusinessCalendar("UTC", (BusinessWindow(0, 480, 720), BusinessWindow(0, 720, 800)))
    assert len(calendar.open_intervals(date(2025, 11, 17), date(2025, 11, 18))) == 1


def test_a_due_time_skips_closed_hours() -> None:
    calendar = every_day("UTC", 8, 17)
    assert calendar.add_business_seconds(at("2025-11-17T16:00"), 2 * HOUR) == at("2025-11-18T09:00")
    assert calendar.add_business_seconds(at("2025-11-17T16:00"), HOUR) == at("2025-11-17T17:00")
    assert calendar.add_business_seconds(at("2025-11-17T20:00"), 0) == at("2025-11-17T20:00")


def test_a_due_time_under_a_calendar_that_never_opens_is_unknown() -> None:
    assert BusinessCalendar("UTC", ()).add_business_seconds(at("2025-11-17"), 60) is None


ONE_MINUTE_A_WEEK = BusinessWindow(0, 600, 601)


def test_a_due_time_may_lie_centuries_ahead() -> None:
    """Six thousand open minutes are six thousand weeks of one minute; 2025-11-17 is a Monday."""
    calendar = BusinessCalendar("UTC", (ONE_MINUTE_A_WEEK,))
    due = at("2025-11-17T10:01") + timedelta(weeks=5_999)
    assert calendar.add_business_seconds(at("2025-11-17"), 6_000 * 60) == due


def test_a_due_time_is_unknown_only_when_the_desk_closes_for_good() -> None:
    """A gap of twenty years is waited for; after the last window nothing is due, however long one waits."""
    first = replace(ONE_MINUTE_A_WEEK, valid_until=date(2025, 11, 18))
    second = replace(ONE_MINUTE_A_WEEK, valid_from=date(2045, 11, 14), valid_until=date(2045, 11, 21))
    calendar = BusinessCalendar("UTC", (first, second))
    assert calendar.add_business_seconds(at("2025-11-17"), 61) == at("2045-11-20T10:00:01")
    assert calendar.add_business_seconds(at("2025-11-17"), 120) == at("2045-11-20T10:01")
    assert calendar.add_business_seconds(at("2025-11-17"), 121) is None


def test_a_due_time_past_the_last_year_is_unknown() -> None:
    calendar = BusinessCalendar("UTC", (ONE_MINUTE_A_WEEK,))
    assert calendar.add_business_seconds(at("9998-12-31"), 121) is None


ZONES = st.sampled_from(["UTC", "America/New_York", "Europe/Dublin", "Africa/Johannesburg", "Australia/Lord_Howe"])
WINDOWS = st.builds(
    lambda weekday, opens, length: BusinessWindow(weekday, opens, opens + length),
    st.integers(0, 6),
    st.integers(0, 1439),
    st.integers(1, 1440),
)
CALENDARS = st.builds(
    BusinessCalendar,
    ZONES,
    st.lists(WINDOWS, min_size=1, max_size=6).map(tuple),
    st.lists(st.builds(BusinessException, st.dates(date(2025, 1, 1), date(2025, 12, 31))), max_size=3).map(tuple),
)
INSTANTS = st.datetimes(datetime(2025, 1, 1), datetime(2025, 12, 31), timezones=st.just(UTC)).map(  # noqa: DTZ001 - bounds of a strategy are naive
    lambda instant: instant.replace(microsecond=0)
)


@settings(max_examples=examples(50))
@given(CALENDARS, INSTANTS, INSTANTS, INSTANTS)
def test_business_time_of_adjoining_spans_adds_up(
    calendar: BusinessCalendar, first: datetime, second: datetime, third: datetime
) -> None:
    start, middle, end = sorted((first, second, third))
    whole = calendar.business_seconds(start, end)
    assert calendar.business_seconds(start, middle) + calendar.business_seconds(middle, end) == whole
    assert 0 <= whole <= (end - start).total_seconds()


@settings(max_examples=examples(50))
@given(CALENDARS, INSTANTS, st.integers(1, 200 * 3600))
@example(BusinessCalendar("UTC", (ONE_MINUTE_A_WEEK,)), at("2025-01-01"), 31_681)
def test_exactly_the_promised_seconds_pass_until_the_due_time(
    calendar: BusinessCalendar, start: datetime, seconds: int
) -> None:
    due = calendar.add_business_seconds(start, seconds)
    assert due is not None
    assert calendar.business_seconds(start, due) == seconds
    assert calendar.business_seconds(start, due - timedelta(seconds=1)) == seconds - 1


@settings(max_examples=examples(25))
@given(ZONES, st.lists(WINDOWS, min_size=1, max_size=4), st.dates(date(2025, 1, 1), date(2025, 12, 24)))
def test_a_minute_is_open_when_the_wall_clock_says_so(zone: str, windows: list[BusinessWindow], first: date) -> None:
    """Counted minute by minute from the wall clock, on days whose clocks do not change."""
    calendar, tz = BusinessCalendar(zone, tuple(windows)), ZoneInfo(zone)
    start = datetime(first.year, first.month, first.day, tzinfo=tz).astimezone(UTC)
    span = [start + timedelta(minutes=minute) for minute in range(3 * 1440)]
    around = {(start + timedelta(days=day)).astimezone(tz).utcoffset() for day in range(-2, 5)}
    if len(around) > 1:
        return
    minutes = sum(any(_shows_open(window, instant.astimezone(tz)) for window in windows) for instant in span)
    assert calendar.business_seconds(start, start + timedelta(days=3)) == minutes * 60


def _shows_open(window: BusinessWindow, wall: datetime) -> bool:
    minute = wall.hour * 60 + wall.minute
    today = window.weekday == wall.weekday() and window.opens_minute <= minute < window.closes_minute
    yesterday = window.weekday == (wall.weekday() - 1) % 7 and minute + 1440 < window.closes_minute
    return today or yesterday

"""The hours that a calendar is open every week: what they are, and how they change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, pairwise
from typing import Final

import sqlalchemy as sa

from analytics.business_time import BusinessWindow
from analytics.errors import ErrorKind, SupportAnalyticsError
from analytics.time_units import DAY_MINUTES, HOUR_MINUTES, WEEK_DAYS
from warehouse.tables.desk import business_calendars, business_windows

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LONG_AGO: Final = date(1900, 1, 1)

Hours = tuple[int, int]
"""Opens and closes, in minutes after midnight; what closes after 1440 closes on the next day."""


@dataclass(frozen=True, slots=True)
class Week:
    """The hours of each weekday, as they hold for some time.

    Attributes:
        from_date: First day on which they hold; None means they always have.
        until_date: First day on which they no longer hold; None means they still do.
        days: The hours of Monday to Sunday; a closed day has none.
    """

    from_date: date | None
    until_date: date | None
    days: tuple[tuple[Hours, ...], ...]


class OverlappingHoursError(SupportAnalyticsError):
    """Two windows of a calendar would be open at the same time."""

    kind = ErrorKind.INVALID

    def __init__(self, first: BusinessWindow, second: BusinessWindow) -> None:
        """Name both."""
        super().__init__(
            f"{_named(first)} and {_named(second)} overlap.",
            "Choose hours that end before the next begin, or change the other day first.",
        )


def hours_text(hours: Hours) -> str:
    """Return hours as they are typed, such as 09:00-17:00 or 22:00-06:00."""
    opens, closes = hours
    shown = closes if closes <= DAY_MINUTES else closes - DAY_MINUTES
    return "-".join(f"{minute // HOUR_MINUTES:02}:{minute % HOUR_MINUTES:02}" for minute in (opens, shown))


def weeks(connection: sa.Connection, calendar: int) -> tuple[Week, ...]:
    """Return the weekly hours of a calendar, one week for each time between two changes, in order.

    Args:
        connection: In a role that reads calendars.
        calendar: Its id.
    """
    windows = _windows(connection, calendar)
    dates = chain.from_iterable((each.valid_from, each.valid_until) for each in windows)
    turns = (None, *sorted({day for day in dates if day is not None}), None)
    return tuple(Week(begins, ends, _days(windows, begins, ends)) for begins, ends in pairwise(turns))


def change_hours(
    connection: sa.Connection, calendar: int, weekdays: Iterable[int], hours: Sequence[Hours], from_date: date | None
) -> None:
    """Give some weekdays other hours.

    Args:
        connection: In a role that writes calendars.
        calendar: Its id.
        weekdays: 0 is Monday.
        hours: When each of them is open; none for closed.
        from_date: First day of the new hours, before which the old ones stay; None for all time.

    Raises:
        OverlappingHoursError: If windows would overlap.
    """
    changed = frozenset(weekdays)
    windows = business_windows.c
    old = sa.and_(windows.calendar_id == calendar, windows.weekday.in_(changed))
    if from_date is None:
        connection.execute(business_windows.delete().where(old))
    else:
        connection.execute(business_windows.delete().where(old, windows.valid_from_date >= from_date))
        goes_on = sa.or_(windows.valid_until_date.is_(None), windows.valid_until_date > from_date)
        connection.execute(business_windows.update().where(old, goes_on).values(valid_until_date=from_date))
    new = [BusinessWindow(weekday, *each, from_date) for weekday in sorted(changed) for each in hours]
    _refuse_overlaps(new, _windows(connection, calendar))
    if new:
        connection.execute(business_windows.insert(), [_row(calendar, each) for each in new])


def change_zone(connection: sa.Connection, calendar: int, time_zone: str) -> None:
    """Let the hours of a calendar be those of a time zone, for all time.

    Args:
        connection: In a role that writes calendars.
        calendar: Its id.
        time_zone: IANA name.
    """
    changed = business_calendars.update().where(business_calendars.c.id == calendar)
    connection.execute(changed.values(time_zone=time_zone))


def _windows(connection: sa.Connection, calendar: int) -> list[BusinessWindow]:
    windows = business_windows.c
    rows = sa.select(business_windows).where(windows.calendar_id == calendar).order_by(windows.opens_minute, windows.id)
    return [
        BusinessWindow(row.weekday, row.opens_minute, row.closes_minute, row.valid_from_date, row.valid_until_date)
        for row in connection.execute(rows)
    ]


def _row(calendar: int, window: BusinessWindow) -> dict[str, object]:
    return {
        "calendar_id": calendar,
        "weekday": window.weekday,
        "opens_minute": window.opens_minute,
        "closes_minute": window.closes_minute,
        "valid_from_date": window.valid_from,
    }


def _days(windows: Sequence[BusinessWindow], begins: date | None, ends: date | None) -> tuple[tuple[Hours, ...], ...]:
    """Return the hours of each weekday in a time in which nothing changes."""
    held = [
        each
        for each in windows
        if (each.valid_from is None or (begins is not None and each.valid_from <= begins))
        and (each.valid_until is None or (ends is not None and each.valid_until >= ends))
    ]
    return tuple(
        tuple((each.opens_minute, each.closes_minute) for each in held if each.weekday == weekday)
        for weekday in range(WEEK_DAYS)
    )


def _refuse_overlaps(new: Sequence[BusinessWindow], old: Sequence[BusinessWindow]) -> None:
    """Hold the new windows against one another and against those that stay.

    Raises:
        OverlappingHoursError: If two overlap.
    """
    for place, window in enumerate(new):
        for other in (*new[place + 1 :], *old):
            if _overlaps(window, other, 0) or _overlaps(window, other, 1) or _overlaps(other, window, 1):
                raise OverlappingHoursError(window, other)


def _overlaps(first: BusinessWindow, second: BusinessWindow, days_later: int) -> bool:
    """Say whether the second window, opening so many days later than the first, is ever open at the same time."""
    later = DAY_MINUTES * days_later
    if second.opens_minute + later >= first.closes_minute or first.opens_minute >= second.closes_minute + later:
        return False
    shift = timedelta(days=days_later)
    day = max(first.valid_from or _LONG_AGO, (second.valid_from or _LONG_AGO) - shift)
    day += timedelta(days=(first.weekday - day.weekday()) % WEEK_DAYS)
    return first.opens_on(day) and second.opens_on(day + shift)


def _named(window: BusinessWindow) -> str:
    return f"{WEEKDAYS[window.weekday]} {hours_text((window.opens_minute, window.closes_minute))}"

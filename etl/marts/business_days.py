"""Expands business calendars into `marts.business_days`, so that SQL can count open time."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, timedelta
from typing import Final

import sqlalchemy as sa

from analytics.business_time import BusinessCalendar, BusinessException, BusinessWindow, OpenInterval
from analytics.time_units import DAY_MINUTES
from warehouse.tables.desk import business_calendars, business_exceptions, business_windows
from warehouse.tables.marts import business_days

_EPOCH: Final = date(1970, 1, 1)
_AHEAD: Final = 800
"""Due times may lie this many days after the newest instant."""
_RENEW_WITHIN: Final = 400
_BACK: Final = 60

_DATA_SPAN = sa.text("""
select least(min(first_at), now()) as first_at, greatest(max(last_at), now()) as last_at
from (
    select min(created_at) as first_at, max(created_at) as last_at from support.support_tickets
    union all select null, max(resolved_at) from support.support_tickets
    union all select min(timestamp), max(timestamp) from support.customer_interactions
    union all select min(changed_at), max(changed_at) from support.ticket_status_history
) as spans
""")
_CHANGED_SPAN = sa.text("""
select least(min(first_at), now()) as first_at, greatest(max(last_at), now()) as last_at
from (
    select created_at as first_at, greatest(created_at, resolved_at) as last_at from support.support_tickets
    where id = any(array(select ticket_id from changed_tickets))
    union all select timestamp, timestamp from support.customer_interactions
    where ticket_id = any(array(select ticket_id from changed_tickets))
    union all select changed_at, changed_at from support.ticket_status_history
    where ticket_id = any(array(select ticket_id from changed_tickets))
) as spans
""")


def load_calendars(connection: sa.Connection) -> dict[int, BusinessCalendar]:
    """Return every business calendar by its id."""
    windows: dict[int, list[BusinessWindow]] = {}
    for row in connection.execute(sa.select(business_windows).order_by(business_windows.c.id)):
        closes = _until(row.closes_minute)
        window = BusinessWindow(row.weekday, row.opens_minute, closes, row.valid_from_date, row.valid_until_date)
        windows.setdefault(row.calendar_id, []).append(window)
    exceptions: dict[int, list[BusinessException]] = {}
    for row in connection.execute(sa.select(business_exceptions).order_by(business_exceptions.c.id)):
        until = None if row.closes_minute is None else _until(row.closes_minute)
        exception = BusinessException(row.on_date, row.opens_minute, until)
        exceptions.setdefault(row.calendar_id, []).append(exception)
    return {
        row.id: BusinessCalendar(row.time_zone, tuple(windows.get(row.id, ())), tuple(exceptions.get(row.id, ())))
        for row in connection.execute(sa.select(business_calendars))
    }


def _until(closes_minute: int) -> int:
    """Return when a window closes: hours written as "until 23:59" last until midnight."""
    return closes_minute + 1 if closes_minute % DAY_MINUTES == DAY_MINUTES - 1 else closes_minute


def cover_data(connection: sa.Connection, *, renew: bool) -> None:
    """Make sure that the expanded days cover the data and reach far enough ahead for due times.

    Args:
        connection: In a transaction; with a table `changed_tickets` unless `renew`.
        renew: For a rebuild, expand every day again. Else add days only if the changed tickets reach beyond them.
    """
    span = connection.execute(_DATA_SPAN if renew else _CHANGED_SPAN).one()
    day = business_days.c.utc_day
    have = connection.execute(sa.select(sa.func.min(day), sa.func.max(day))).one()
    first, last = (at.astimezone(UTC).date() - _EPOCH for at in (span.first_at, span.last_at))
    reaches = have[0] is not None and have[0] < first.days and last.days + _RENEW_WITHIN < have[1]
    if reaches and not renew:
        return
    first_day, after = first.days - _BACK, last.days + _AHEAD
    if not renew and have[0] is not None:
        first_day, after = min(first_day, have[0]), max(after, have[1] + 1)
    connection.execute(sa.delete(business_days))
    for calendar_id, calendar in load_calendars(connection).items():
        rows = [
            {"calendar_id": calendar_id, "utc_day": day, "open_seconds_before": before, "open_minutes": bits}
            for day, before, bits in days_of(calendar, first_day, after)
        ]
        connection.execute(sa.insert(business_days), rows)
    connection.exec_driver_sql("analyze marts.business_days")


def days_of(calendar: BusinessCalendar, first: int, until: int) -> Iterator[tuple[int, int, str]]:
    """Yield each UTC day of [first, until) with the open seconds before it and its minutes as 1440 bits.

    Whole minutes are exact: windows open and close on whole minutes, and since 1972 the offset of every zone from UTC
    is a whole number of minutes.

    Args:
        calendar: The calendar.
        first: First day, counted from 1970-01-01.
        until: First day after the last one, counted in the same way.
    """
    margin = timedelta(days=2)
    start, end = (_EPOCH + timedelta(days=number) for number in (first, until))
    pieces = _pieces_by_day(calendar.open_intervals(start - margin, end + margin))
    before = 0
    for number in range(first, until):
        minutes = ["0"] * DAY_MINUTES
        for opens, closes in pieces.get(number, ()):
            minutes[opens:closes] = "1" * (closes - opens)
        bits = "".join(minutes)
        yield number, before, bits
        before += 60 * bits.count("1")


def _pieces_by_day(intervals: Iterable[OpenInterval]) -> dict[int, list[tuple[int, int]]]:
    pieces: dict[int, list[tuple[int, int]]] = {}
    for interval in intervals:
        start, end = (int(at.timestamp()) // 60 for at in (interval.start, interval.end))
        while start < end:
            day, opens = divmod(start, DAY_MINUTES)
            closes = min(end - day * DAY_MINUTES, DAY_MINUTES)
            pieces.setdefault(day, []).append((opens, closes))
            start = day * DAY_MINUTES + closes
    return pieces

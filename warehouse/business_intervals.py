"""Business calendars worked out into `marts.business_days`, so that SQL can count open time."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import sqlalchemy as sa

from analytics.business_time import BusinessCalendar, BusinessException, BusinessWindow, OpenInterval
from warehouse.tables.desk import business_calendars, business_exceptions, business_windows
from warehouse.tables.marts import business_days

_MINUTES_A_DAY: Final = 1440
_AHEAD: Final = timedelta(days=800)
"""How far due times reach beyond the newest instant."""
_RENEW_WITHIN: Final = timedelta(days=400)
_BACK: Final = timedelta(days=60)

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
    where id in (select ticket_id from changed_tickets)
    union all select timestamp, timestamp from support.customer_interactions
    where ticket_id in (select ticket_id from changed_tickets)
    union all select changed_at, changed_at from support.ticket_status_history
    where ticket_id in (select ticket_id from changed_tickets)
) as spans
""")


def load_calendars(connection: sa.Connection) -> dict[int, BusinessCalendar]:
    """Return every business calendar by its id."""
    windows: dict[int, list[BusinessWindow]] = {}
    for row in connection.execute(sa.select(business_windows).order_by(business_windows.c.id)):
        window = BusinessWindow(
            row.weekday, row.opens_minute, row.closes_minute, row.valid_from_date, row.valid_until_date
        )
        windows.setdefault(row.calendar_id, []).append(window)
    exceptions: dict[int, list[BusinessException]] = {}
    for row in connection.execute(sa.select(business_exceptions).order_by(business_exceptions.c.id)):
        exception = BusinessException(row.on_date, row.opens_minute, row.closes_minute)
        exceptions.setdefault(row.calendar_id, []).append(exception)
    return {
        row.id: BusinessCalendar(row.time_zone, tuple(windows.get(row.id, ())), tuple(exceptions.get(row.id, ())))
        for row in connection.execute(sa.select(business_calendars))
    }


def cover_data(connection: sa.Connection, *, renew: bool) -> None:
    """Make sure that the days worked out reach around the data and far enough ahead for due times.

    Args:
        connection: In a transaction; with a table `changed_tickets` unless `renew`.
        renew: Work out every day again, for a rebuild; else only when the changed tickets reach too far.
    """
    span = connection.execute(_DATA_SPAN if renew else _CHANGED_SPAN).one()
    day = business_days.c.utc_date
    have = connection.execute(sa.select(sa.func.min(day), sa.func.max(day))).one()
    first, last = span.first_at.astimezone(UTC).date(), span.last_at.astimezone(UTC).date()
    reaches = have[0] is not None and have[0] < first and last + _RENEW_WITHIN < have[1]
    if reaches and not renew:
        return
    if not renew and have[0] is not None:
        first, last = min(first, have[0] + _BACK), max(last, have[1] - _AHEAD)
    connection.execute(sa.delete(business_days))
    for calendar_id, calendar in load_calendars(connection).items():
        rows = [
            {"calendar_id": calendar_id, "utc_date": day, "open_seconds_before": before, "open_minutes": bits}
            for day, before, bits in days_of(calendar, first - _BACK, last + _AHEAD)
        ]
        connection.execute(sa.insert(business_days), rows)
    connection.exec_driver_sql("analyze marts.business_days")


def days_of(calendar: BusinessCalendar, first: date, until: date) -> Iterator[tuple[date, int, str]]:
    """Yield each UTC day of [first, until) with the open seconds before it and its minutes as 1440 bits.

    Windows open and close on whole minutes, and so does every zone's offset from UTC since 1972.
    """
    pieces = _pieces_by_day(calendar.open_intervals(first - timedelta(days=2), until + timedelta(days=2)))
    before = 0
    for number in range((until - first).days):
        day = first + timedelta(days=number)
        minutes = ["0"] * _MINUTES_A_DAY
        for opens, closes in pieces.get(day, ()):
            minutes[opens:closes] = "1" * (closes - opens)
        bits = "".join(minutes)
        yield day, before, bits
        before += 60 * bits.count("1")


def _pieces_by_day(intervals: Iterable[OpenInterval]) -> dict[date, list[tuple[int, int]]]:
    pieces: dict[date, list[tuple[int, int]]] = {}
    for interval in intervals:
        start = interval.start
        while start < interval.end:
            midnight = datetime.combine(start.date(), time(), UTC)
            end = min(interval.end, midnight + timedelta(days=1))
            minutes = (int((start - midnight).total_seconds()) // 60, int((end - midnight).total_seconds()) // 60)
            pieces.setdefault(start.date(), []).append(minutes)
            start = end
    return pieces

"""The staffing plan as files: its hours as a table, its shifts as a calendar."""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event

from portal.topics.staffing.conclusion import people_count
from portal.topics.staffing.dataset import PlanHour, PlanShift
from table_files.table import Column, Kind, Table, Value

_COLUMNS = (
    Column("Day", Kind.DAY, width=24),
    Column("Hour", Kind.TIME, width=24),
    Column("People at work"),
    Column("People on the roster"),
    Column("On a quiet day"),
    Column("On a busy day"),
    Column("Rostered"),
    Column("Missing"),
    Column("Unanswered at the end"),
    Column("Oldest (hours)"),
)


def hours_table(hours: Iterable[PlanHour], zone: str) -> Table:
    """Return one line for each open hour."""
    return Table("Staffing", _COLUMNS, map(_values, hours), zone)


def _values(hour: PlanHour) -> tuple[Value, ...]:
    return (
        hour.start,
        hour.start,
        hour.people,
        hour.roster_people,
        hour.low,
        hour.high,
        round(hour.rostered, 2),
        hour.short,
        round(hour.backlog, 1),
        round(hour.oldest_age_hours, 1),
    )


def shifts_calendar(shifts: Iterable[PlanShift], made_at: datetime) -> bytes:
    """Return the shifts as an iCalendar file (RFC 5545).

    The same shift keeps its UID, so that a later file replaces it.

    Args:
        shifts: Their times know their zone; the file has them in UTC.
        made_at: When the file is made.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Support Analytics//Staffing//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Support staffing")
    for shift in shifts:
        begins, ends = shift.start.astimezone(UTC), shift.end.astimezone(UTC)
        event = Event()
        event.add("uid", f"{uuid5(NAMESPACE_URL, f'staffing {begins.isoformat()} {ends.isoformat()}')}")
        event.add("dtstamp", made_at)
        event.add("dtstart", begins)
        event.add("dtend", ends)
        event.add("summary", f"{people_count(shift.people)} on support")
        calendar.add_component(event)
    return bytes(calendar.to_ical())

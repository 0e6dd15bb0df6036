"""Adds and removes events of the desk's calendar."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa

from analytics.errors import ErrorKind, SupportAnalyticsError
from analytics.vocabulary import LARGEST_EVENT_CHANGE, LONGEST_EVENT_DAYS
from portal.numbers import phrasing
from portal.numbers.dates import UnusableDatesError, read_typed_dates
from warehouse.audit_log import record
from warehouse.tables.forecasts import desk_events

_LONGEST_NAME: Final = 100
_LONGEST_NUMBER: Final = 18
_LARGEST_PERCENT: Final = 100 * LARGEST_EVENT_CHANGE
_ALL_AWAY: Final = -100
_EARLIEST: Final = date(1990, 1, 1)


class InvalidEventError(SupportAnalyticsError):
    """An event that cannot be kept, or that there is not; the sentence says why."""

    kind = ErrorKind.INVALID

    def __init__(self, message: str) -> None:
        """Say what is wrong with the form, and the way back to it."""
        super().__init__(message, "Go back and change it.")


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event as it was checked.

    Attributes:
        name: What recurs has the same name every time.
        first: First day.
        last: Last day.
        expected_change: Share that it is expected to add; None for nothing.
    """

    name: str
    first: date
    last: date
    expected_change: float | None


def checked_event(name: str, first: str, last: str, percent: str) -> NewEvent:
    """Read what a form holds.

    Args:
        name: What the event is called.
        first: Its first day, as 2026-03-31.
        last: Its last day; empty is the first one.
        percent: What it is expected to add, per cent; empty is nothing.

    Raises:
        InvalidEventError: If it cannot be kept.
    """
    words = " ".join(name.split())
    if not words or len(words) > _LONGEST_NAME or not words.isprintable():
        message = f"The event needs a name of at most {_LONGEST_NAME} characters."
        raise InvalidEventError(message)
    begin, end = _days(first, last)
    if (end - begin).days >= LONGEST_EVENT_DAYS:
        message = "The event is longer than a year: name an earlier “Last day”."
        raise InvalidEventError(message)
    return NewEvent(words, begin, end, _share(percent))


def checked_number(text: str) -> int:
    """Read the number of an event to remove.

    Raises:
        InvalidEventError: If no event can have it.
    """
    if not text.isdecimal() or len(text) > _LONGEST_NUMBER:
        message = "There is no such event."
        raise InvalidEventError(message)
    return int(text)


def _days(first: str, last: str) -> tuple[date, date]:
    try:
        begin, end = read_typed_dates(first, last or first, names=("First day", "Last day"))
    except UnusableDatesError as error:
        raise InvalidEventError(error.message) from None
    if begin < _EARLIEST:
        message = f"“First day” is {phrasing.day(begin, with_year=True)}: name one from {_EARLIEST.year} on."
        raise InvalidEventError(message)
    return begin, end


def _share(percent: str) -> float | None:
    if not percent.strip():
        return None
    try:
        value = float(percent)
    except ValueError:
        value = float("nan")
    if not _ALL_AWAY < value <= _LARGEST_PERCENT:
        message = f"The expected change has to be a number above -100 and at most {_LARGEST_PERCENT} per cent."
        raise InvalidEventError(message)
    return value / 100


def add_event(connection: sa.Connection, actor: str, event: NewEvent) -> None:
    """Keep an event; one of the same name and first day is replaced.

    Args:
        connection: In the role that edits.
        actor: Who asks.
        event: What was checked.
    """
    columns = desk_events.c
    same = (columns.name == event.name) & (columns.first_date == event.first)
    connection.execute(sa.delete(desk_events).where(same))
    connection.execute(
        sa.insert(desk_events).values(
            name=event.name,
            first_date=event.first,
            last_date=event.last,
            expected_change=event.expected_change,
            created_by=actor,
        )
    )
    details = {"first": str(event.first), "last": str(event.last), "expected_change": event.expected_change}
    record(connection, actor, "add_desk_event", event.name, details)


def remove_event(connection: sa.Connection, actor: str, event_id: int) -> None:
    """Remove an event; one that is gone already stays gone."""
    gone = connection.execute(
        sa.delete(desk_events)
        .where(desk_events.c.id == event_id)
        .returning(desk_events.c.name, desk_events.c.first_date, desk_events.c.last_date)
    ).one_or_none()
    if gone is not None:
        details = {"first": str(gone.first_date), "last": str(gone.last_date)}
        record(connection, actor, "remove_desk_event", gone.name, details)

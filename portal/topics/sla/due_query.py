"""The open tickets that are about to miss a target: those of "Needs attention" that fall due before 10:00."""

from typing import Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from analytics import pages
from portal.numbers.filters import TicketFilters
from portal.numbers.reader import tickets_href
from portal.topics.sla.dataset import AboutToMiss, DueGroup, DueRow, When
from portal.topics.sla.query import of_now
from warehouse import metric_query
from warehouse.metric_query import DuePart, DueTicket, UnknownValueError

_MOST_ROWS: Final = 8


def about_to_miss(connection: sa.Connection, filters: TicketFilters) -> AboutToMiss:
    """Return what falls due before 10:00 of the next day, the soonest first; the period does not matter.

    Args:
        connection: Any.
        filters: Their dimensions narrow the tickets.
    """
    version = metric_query.data_version(connection)
    held = of_now(connection, filters)
    nobody = held.with_values("agent", (None,))
    zone = ZoneInfo(version.time_zone)
    return AboutToMiss(
        None if version.refreshed_at is None else version.refreshed_at.astimezone(zone),
        tuple(_group(held, part, zone) for part in _parts(connection, filters)),
        tickets_href(held, "backlog", part="due_tomorrow", sort="due"),
        tickets_href(nobody, "backlog", part="due_tomorrow", sort="due"),
    )


def _parts(connection: sa.Connection, filters: TicketFilters) -> tuple[DuePart, ...]:
    try:
        return metric_query.due_parts(connection, filters.where, _MOST_ROWS)
    except UnknownValueError:
        return ()


def _group(held: TicketFilters, part: DuePart, zone: ZoneInfo) -> DueGroup:
    when = When(part.name)
    href = tickets_href(held, "backlog", part=when.value, sort="due")
    rows = tuple(_row(held, ticket, zone) for ticket in part.tickets)
    return DueGroup(when, part.count, href, part.unassigned, rows)


def _row(held: TicketFilters, ticket: DueTicket, zone: ZoneInfo) -> DueRow:
    return DueRow(
        ticket.ticket_id,
        ticket.subject or "",
        held.href(f"{pages.TICKETS}/{ticket.ticket_id}"),
        ticket.agent,
        ticket.target,
        ticket.due_at.astimezone(zone),
        ticket.left_minutes,
        ticket.promised_minutes,
        ticket.is_overdue,
    )

"""The listed tickets as a table: the same tickets in the same order, read while it is written."""

from collections.abc import Iterator, Sequence
from typing import Final

from portal.numbers import phrasing
from portal.topics.tickets.dataset import Elapsed, TicketRow
from table_files.table import Column, Kind, Table, Value

_COLUMNS: Final = (
    Column("Number"),
    Column("Created", Kind.INSTANT, width=30),
    Column("Subject", width=48),
    Column("Category"),
    Column("Priority"),
    Column("Status"),
    Column("Channel"),
    Column("Customer type"),
    Column("Agent"),
    Column("Team"),
    Column("First reply (minutes)"),
    Column("First reply (days)"),
    Column("Resolution (minutes)"),
    Column("Resolution (days)"),
    Column("Resolved", Kind.INSTANT, width=30),
    Column("SLA targets met"),
    Column("SLA targets missed"),
    Column("Next SLA target due", Kind.INSTANT, width=36),
    Column("Rating (1 to 5)"),
    Column("Number in source"),
    Column("Source"),
    Column("Organisation"),
    Column("Brand"),
    Column("Tags"),
)


def tickets_table(rows: Iterator[TicketRow], zone: str, fields: Sequence[str] = ()) -> Table:
    """Return the table.

    Args:
        rows: The tickets; read once.
        zone: The reporting zone.
        fields: The fields that the desk has declared; they come last.
    """
    return Table("Tickets", (*_COLUMNS, *map(Column, fields)), map(values_of, rows), zone)


def values_of(row: TicketRow) -> tuple[Value, ...]:
    """Return one ticket as the values of a table, in the order of the columns."""
    return (
        row.ticket_id,
        row.created,
        row.subject,
        row.category,
        row.priority and phrasing.prettified(row.priority),
        row.status and phrasing.prettified(row.status),
        row.channel and phrasing.prettified(row.channel),
        row.customer_type and phrasing.prettified(row.customer_type),
        row.agent,
        row.team,
        _in_unit(row.first_reply, "minutes"),
        _in_unit(row.first_reply, "days"),
        _in_unit(row.resolution, "minutes"),
        _in_unit(row.resolution, "days"),
        row.resolved,
        row.sla.met,
        row.sla.missed,
        row.sla.due_at,
        row.rating,
        None if row.number is None else row.number.number,
        None if row.number is None else row.number.source,
        row.organisation,
        row.brand,
        ", ".join(row.tags) or None,
        *row.customs,
    )


def _in_unit(elapsed: Elapsed | None, unit: str) -> float | None:
    if elapsed is None or elapsed.unit != unit:
        return None
    return round(elapsed.value, 2) if unit == "minutes" else int(elapsed.value)

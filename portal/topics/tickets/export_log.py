"""Keeps who exported which tickets, and whom to call."""

import sqlalchemy as sa

from portal.topics.tickets.address import TicketList
from warehouse.audit_log import record


def record_export(connection: sa.Connection, actor: str, kind: str, listed: TicketList, total: int) -> None:
    """Write down an export, without anything that a customer or the searcher wrote.

    Args:
        connection: In the role that writes the audit log.
        actor: Who exports.
        kind: "csv" or "xlsx".
        listed: The list.
        total: How many tickets.
    """
    filters = listed.filters
    details = {
        "tickets": total,
        "from": filters.start.isoformat(),
        "until": filters.end.isoformat(),
        "where": {name: list(values) for name, values in filters.where},
        "metric": listed.metric,
        "part": listed.part,
        "clock": dict(listed.clock),
        "search": _kind_of_search(listed),
        "order": listed.order.text,
    }
    record(connection, actor, "export_tickets", kind, details)


def _kind_of_search(listed: TicketList) -> str:
    if not listed.words:
        return "none"
    if listed.email is not None or "@" in listed.words:
        return "e-mail address"
    return "words" if listed.number is None else "ticket number"

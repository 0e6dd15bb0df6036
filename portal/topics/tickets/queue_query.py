"""Counts the tabs of the queue: the open tickets, and those of them that want somebody."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import sqlalchemy as sa

from analytics.lateness import Lateness
from portal.numbers.filters import Days, from_search
from portal.topics.tickets.address import ALL, TicketList, default_order
from portal.topics.tickets.rows_query import list_sql
from warehouse import metric_query
from warehouse.metric_query import UnknownValueError

BACKLOG: Final = "backlog"
TABS: Final = (ALL, "due_today", "overdue", "missed", "unassigned", "frustrated")
"""Parts of the open tickets, in the order of the tabs."""
_ASKED: Final = (*TABS, *Lateness)


def queue_list(listed: TicketList, days: Days) -> TicketList:
    """Return the open tickets of now, with the filters of a list, whatever its days."""
    present, _ = from_search("", days)
    filters = replace(present, where=listed.filters.where, own=listed.filters.own)
    return TicketList(filters, BACKLOG, order=default_order(BACKLOG))


def queue_counts(connection: sa.Connection, queue: TicketList) -> Mapping[str, int]:
    """Return how many tickets each tab has, and each grade of lateness; {} where a filter has a value nobody knows.

    Each number is counted by the condition that its list has.
    """
    try:
        sql = list_sql(connection, queue)
    except UnknownValueError:
        return {}
    counts = ", ".join(f"count(*) filter (where {metric_query.open_condition(part)})" for part in _ASKED)
    found: sa.Row[Any] = connection.execute(sa.text(f"select {counts} {sql.source}"), sql.parameters).one()
    return dict(zip(map(str, _ASKED), found, strict=True))

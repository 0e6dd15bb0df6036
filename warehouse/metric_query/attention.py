"""What is open now: how old it is, and which promises are overdue or about to be."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from analytics.vocabulary import DUE_SOON, OLD
from warehouse.metric_query.model import Where
from warehouse.metric_query.names import resolve
from warehouse.metric_query.ticket_parts import earliest_due
from warehouse.rollups.sql import key_column


@dataclass(frozen=True, slots=True)
class OpenTickets:
    """Tickets that are open at an instant.

    Attributes:
        count: All of them.
        oldest_created_at: Creation of the oldest; None when there is none.
        by_age: (first day of age, tickets): 0, 1, 3, 7, 14 and 30 days old or more, each up to the next.
        first_reply_overdue: Without a reply though it was due.
        next_reply_overdue: With a customer's message unanswered though the answer was due.
        resolution_overdue: Unsolved though the solution was due.
        due_soon: With a promise that falls due within `DUE_SOON`, and none overdue.
    """

    count: int
    oldest_created_at: datetime | None
    by_age: tuple[tuple[int, int], ...]
    first_reply_overdue: int
    next_reply_overdue: int
    resolution_overdue: int
    due_soon: int


_AGES: Final = (0, 1, 3, 7, OLD.days, 30)


def open_tickets(connection: sa.Connection, where: Where, now: datetime) -> OpenTickets:
    """Return what is open at an instant that is not before the last refresh.

    Args:
        connection: Any.
        where: Filters by dimension, as in a query; clock names and precision do not apply.
        now: The instant.
    """
    filters = resolve(connection, (), where).filters
    conditions = "".join(f" and {key_column(name)} = any(:{name})" for name in filters)
    ages = ", ".join(f"count(*) filter (where {_in_age(place)})" for place in range(len(_AGES)))
    statement = (
        f"select count(*), min(created_at), {ages},"
        " count(*) filter (where first_reply_due_at < :now), count(*) filter (where next_reply_due_at < :now),"
        " count(*) filter (where resolution_due_at < :now),"
        f" count(*) filter (where {earliest_due()} >= :now and {earliest_due()} < :soon)"
        f" from marts.fct_tickets where resolved_at is null and not is_excluded{conditions}"
    )
    values = {name: list(ids) for name, ids in filters.items()} | {"now": now, "soon": now + DUE_SOON}
    values |= {f"age{place}": now - timedelta(days=days) for place, days in enumerate(_AGES)}
    count, oldest, *rest = connection.execute(sa.text(statement), values).one()
    return OpenTickets(count, oldest, tuple(zip(_AGES, rest[: len(_AGES)], strict=True)), *rest[len(_AGES) :])


def _in_age(place: int) -> str:
    younger = f"created_at <= :age{place}" if place else "true"
    return younger + (f" and created_at > :age{place + 1}" if place + 1 < len(_AGES) else "")

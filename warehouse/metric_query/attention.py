"""The open tickets: how old they are, and which SLA targets are overdue or due soon."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import sqlalchemy as sa

from analytics.vocabulary import DUE_SOON, OLD
from warehouse.metric_query.model import Where
from warehouse.metric_query.names import resolve
from warehouse.metric_query.periods import Stretch
from warehouse.metric_query.sources import ParameterBag, fact_source
from warehouse.metric_query.ticket_parts import OPEN_PARTS, TOMORROW, due_tomorrow, earliest_due
from warehouse.rollups.declaration import COUNTERS, OPEN


@dataclass(frozen=True, slots=True)
class OpenTickets:
    """Tickets that are open at an instant.

    Attributes:
        count: All of them.
        oldest_created_at: When the oldest open ticket was created; None when no ticket is open.
        by_age: Pairs of an age in days and the number of tickets at least that old but younger than the next age. The
            ages are 0, 1, 3, 7, 14 and 30.
        first_reply_overdue: Tickets whose first reply is overdue.
        next_reply_overdue: Tickets with a message of the customer whose answer is overdue.
        resolution_overdue: Tickets whose resolution is overdue.
        due_soon: Tickets with a target that falls due within `DUE_SOON`, and no target overdue.
        due_tomorrow: Tickets with a target that falls due from the last refresh until 10:00 of the day after it.
        tomorrow_at: That instant, by the desk's clock.
        first_reply_tomorrow: Of these tickets, those whose first reply falls due by then.
        next_reply_tomorrow: Those with a message of the customer whose answer does.
        resolution_tomorrow: Those whose resolution does.
    """

    count: int
    oldest_created_at: datetime | None
    by_age: tuple[tuple[int, int], ...]
    first_reply_overdue: int
    next_reply_overdue: int
    resolution_overdue: int
    due_soon: int
    due_tomorrow: int
    tomorrow_at: datetime
    first_reply_tomorrow: int
    next_reply_tomorrow: int
    resolution_tomorrow: int


_LOCAL_TOMORROW: Final = f"(select {TOMORROW} at time zone time_zone from ops.data_version)"
_AGES: Final = (0, 1, 3, 7, OLD.days, 30)


def open_tickets(connection: sa.Connection, where: Where, now: datetime) -> OpenTickets:
    """Return the tickets that are open at an instant, which may not lie before the latest refresh.

    Args:
        connection: In any role that reads the marts.
        where: Filters by dimension, as in a query; time grains and precision cannot be used.
        now: The instant.
    """
    names, bag = resolve(connection, (), where), ParameterBag()
    source = fact_source(COUNTERS["created"], Stretch(date.min, date.max, None), names)
    conditions = "".join(f" and {each}" for each in source.filters(names, bag))
    ages = ", ".join(f"count(*) filter (where {_in_age(place)})" for place in range(len(_AGES)))
    statement = (
        f"select count(*), min(created_at), {ages},"
        " count(*) filter (where first_reply_due_at < :now), count(*) filter (where next_reply_due_at < :now),"
        " count(*) filter (where resolution_due_at < :now),"
        f" count(*) filter (where {earliest_due()} >= :now and {earliest_due()} < :soon),"
        f" count(*) filter (where {OPEN_PARTS['due_tomorrow']}), {_LOCAL_TOMORROW},"
        f" count(*) filter (where {due_tomorrow('first_reply')}), count(*) filter (where {due_tomorrow('next_reply')}),"
        f" count(*) filter (where {due_tomorrow('resolution')})"
        f" from marts.fct_tickets where {OPEN}{conditions}"
    )
    values = bag.values | {"now": now, "soon": now + DUE_SOON}
    values |= {f"age{place}": now - timedelta(days=days) for place, days in enumerate(_AGES)}
    count, oldest, *rest = connection.execute(sa.text(statement), values).one()
    return OpenTickets(count, oldest, tuple(zip(_AGES, rest[: len(_AGES)], strict=True)), *rest[len(_AGES) :])


def _in_age(place: int) -> str:
    younger = f"created_at <= :age{place}" if place else "true"
    return younger + (f" and created_at > :age{place + 1}" if place + 1 < len(_AGES) else "")

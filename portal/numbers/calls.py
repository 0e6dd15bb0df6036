"""Reads the calls that were marked. They change without new tickets, so nobody remembers the answer."""

from collections.abc import Iterable
from typing import Any, Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from portal.numbers.called import Call
from warehouse import metric_query

_CALLS: Final = sa.text(
    "select * from marts.customer_calls where customer_hash = any(cast(:customers as bigint[]))"
    " order by called_at desc, id desc"
)
_LATEST: Final = sa.text(
    "select distinct on (customer_hash) * from marts.customer_calls"
    " where customer_hash = any(cast(:customers as bigint[])) order by customer_hash asc, called_at desc, id desc"
)


def calls_to(connection: sa.Connection, customer: int) -> tuple[Call, ...]:
    """Return the calls to one customer, newest first."""
    return _calls(connection, _CALLS, (customer,))


def latest_calls(connection: sa.Connection, customers: Iterable[int]) -> dict[int, Call]:
    """Return the latest call to each of some customers."""
    return {call.customer: call for call in _calls(connection, _LATEST, customers)}


def _calls(connection: sa.Connection, statement: sa.TextClause, customers: Iterable[int]) -> tuple[Call, ...]:
    zone = ZoneInfo(metric_query.data_version(connection).time_zone)
    return tuple(_call(row, zone) for row in connection.execute(statement, {"customers": list(customers)}))


def _call(row: sa.Row[Any], zone: ZoneInfo) -> Call:
    at = row.called_at.astimezone(zone)
    return Call(row.id, row.customer_hash, at, row.called_by, row.outcome, row.note or "")

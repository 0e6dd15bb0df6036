"""Cuts an answer to its largest rows, and names the customers in it."""

from dataclasses import replace
from typing import Final

import sqlalchemy as sa

from analytics.vocabulary import UNBOUNDED_DIMENSIONS
from warehouse.metric_query.left_out import present
from warehouse.metric_query.model import LeftOut, MetricQuery, MetricResult, MetricRow, UnanswerableQueryError
from warehouse.metric_query.names import CUSTOMER, Names

_MOST: Final = 1_000


def check_top(query: MetricQuery, names: Names) -> None:
    """Refuse a split by customers, or by an organisation or brand not declared, without a number of rows.

    Raises:
        UnanswerableQueryError: If it does not, or if it wants fewer than 1 or more than 1,000.
    """
    unbounded = [name for name in names.by if name in UNBOUNDED_DIMENSIONS and name not in names.customs]
    if query.top is None and unbounded:
        message = f"There may be any number of values of {unbounded[0]!r}."
        raise UnanswerableQueryError(message, f"Say how many of the largest to show: --by {unbounded[0]} --top 20.")
    if query.top is not None and not 1 <= query.top <= _MOST:
        message = f"{query.top} rows cannot be shown."
        raise UnanswerableQueryError(message, f"Choose 1 to {_MOST:,}.")


def cut_to_largest(connection: sa.Connection, query: MetricQuery, result: MetricResult) -> MetricResult:
    """Return the rows with the largest n, customers by their addresses, without those whose first value is not set."""
    if query.top is None:
        return result
    ordered = sorted(result.rows, key=lambda row: -row.n)
    first = result.by[0] if result.by else ""
    known = [row for row in ordered if not row.keys or row.keys[0] is not None]
    kept, rest = known[: query.top], known[query.top :]
    left = (
        LeftOut(f"in {len(rest):,} further {'row' if len(rest) == 1 else 'rows'}", sum(row.n for row in rest)),
        LeftOut(f"with no {first}", sum(row.n for row in ordered) - sum(row.n for row in known)),
    )
    return replace(result, rows=_named(connection, result.by, kept), left_out=(*result.left_out, *present(left)))


def _named(connection: sa.Connection, by: tuple[str, ...], rows: list[MetricRow]) -> tuple[MetricRow, ...]:
    if CUSTOMER not in by:
        return tuple(rows)
    place = by.index(CUSTOMER)
    hashes = [row.keys[place] for row in rows if row.keys[place] is not None]
    statement = sa.text(
        "select distinct on (fact.customer_hash) fact.customer_hash, said.customer_email from marts.fct_tickets as fact"
        " inner join marts.ticket_texts as said on fact.ticket_id = said.ticket_id"
        " where fact.customer_hash = any(cast(:hashes as bigint[])) order by fact.customer_hash, fact.ticket_id"
    )
    names = {row.customer_hash: row.customer_email for row in connection.execute(statement, {"hashes": hashes})}
    return tuple(
        row._replace(keys=tuple(names.get(key) if at == place else key for at, key in enumerate(row.keys)))
        for row in rows
    )

"""Stores the results of a job, and tells the portal if they differ from the results before."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from etl.running.data_version import tell_new_results
from warehouse.tables.insights import insight_runs

Rows = Sequence[Mapping[str, Any]]


def replace_rows(connection: sa.Connection, found: Mapping[sa.Table, Rows]) -> int:
    """Replace all rows of some tables, and return how many rows differ; without a difference nothing is written.

    Args:
        connection: In a transaction.
        found: Table -> its new rows, all of them.
    """
    changed = sum(_replace(connection, table, rows) for table, rows in found.items())
    if changed:
        tell_new_results(connection)
    return changed


def _replace(connection: sa.Connection, table: sa.Table, rows: Rows) -> int:
    names = [column.name for column in table.columns]
    before = {_key(row) for row in connection.execute(sa.select(table))}
    after = {_key([row[name] for name in names]) for row in rows}
    if before == after:
        return 0
    connection.execute(sa.delete(table))
    if rows:
        connection.execute(sa.insert(table), list(rows))
    return len(before ^ after)


def _key(values: Iterable[Any]) -> tuple[str, ...]:
    """Return a row in a form that can be compared: the keys of JSON documents are sorted."""
    return tuple(json.dumps(value, sort_keys=True, default=str) for value in values)


def record_look(
    connection: sa.Connection, job: str, made_at: datetime, period: tuple[date, date], looked_at: int
) -> None:
    """Record when a job looked at the data, at which days, and how many comparisons it made.

    Args:
        connection: In a transaction.
        job: Name of the job.
        made_at: When the job ran.
        period: First day of the period, and first day after it.
        looked_at: Number of comparisons made, whether or not they found anything.
    """
    values = {"made_at": made_at, "start_date": period[0], "end_date": period[1], "looked_at_count": looked_at}
    statement = insert(insight_runs).values(job=job, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["job"], set_=values))

"""Brings facts and rollups up to date from the change queue, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import sqlalchemy as sa

from etl.marts.business_days import cover_data
from etl.marts.facts import derive_facts, reporting_zone
from etl.marts.rebuild import rebuild_marts
from etl.marts.tables import FACT_TABLES
from etl.running.data_version import marts_state, raise_version
from etl.running.sql import IN_CHANGED_TICKETS
from warehouse.rollups.custom import CustomDimension
from warehouse.rollups.sql import ROLLUPS, Rollup, cells_from_cells, cells_from_facts, parent_of

_CLOCK_STEP: Final = timedelta(minutes=15)
"""What is late or due is told as of the last refresh, so it goes on where no ticket changes."""
_REBUILD_SHARE: Final = 0.1
"""If a larger share of the tickets has changed, a rebuild is cheaper than deltas."""
_FEW_TICKETS: Final = 2_000


_NEW_COVERAGE: Final = sa.text("""
select exists (
    select from raw.imports as files
    cross join ops.data_version as version
    where
        files.kind in ('tickets', 'interactions')
        and (
            files.undone_at > version.refreshed_at
            or (
                files.finished_at > version.refreshed_at
                and not exists (
                    select from raw.imports as older
                    where
                        older.source = files.source
                        and older.kind = files.kind
                        and older.undone_at is null
                        and older.finished_at <= version.refreshed_at
                )
            )
        )
)
""")
"""Whether a source has brought tickets or messages for the first time, or they were taken back: what is known of the
tickets without messages changes."""


@dataclass(frozen=True, slots=True)
class RefreshOutcome:
    """What a refresh did.

    Attributes:
        ticket_count: Tickets derived.
        is_rebuild: Whether everything was made again.
    """

    ticket_count: int
    is_rebuild: bool


def refresh_marts(connection: sa.Connection, time_zone: str) -> RefreshOutcome:
    """Derive the tickets in the queue, or all tickets if that is needed or cheaper.

    Args:
        connection: In a transaction; no other refresh may run at the same time.
        time_zone: IANA name of the reporting zone.
    """
    state = marts_state(connection)
    if state.version > 0 and state.time_zone != time_zone:
        _keep_dates(connection, state.time_zone, time_zone)
    if not state.fits(time_zone) or _is_rebuild_due(connection):
        return RefreshOutcome(rebuild_marts(connection, time_zone), is_rebuild=True)
    reporting_zone(connection, time_zone)
    count = _take_changes(connection)
    if count == 0:
        if state.is_older_than(_CLOCK_STEP):
            raise_version(connection, time_zone)
        return RefreshOutcome(0, is_rebuild=False)
    cover_data(connection, renew=False)
    customs = derive_facts(connection, changed_only=True)
    _add_old_facts(connection)
    # Only a few cells of large tables change, so they are always looked up by key. The planner would often choose a
    # scan, because it knows nothing about the new temporary tables.
    for method in ("hashjoin", "mergejoin", "seqscan"):
        connection.exec_driver_sql(f"set local enable_{method} = off")
    for rollup in ROLLUPS:
        _add_cells(connection, rollup, customs)
    _replace_facts(connection)
    raise_version(connection, time_zone)
    return RefreshOutcome(count, is_rebuild=False)


def _keep_dates(connection: sa.Connection, old_zone: str, new_zone: str) -> None:
    """Move date-only instants from midnight of the old reporting zone to midnight of the new one, so the date stays."""
    # An instant that is not midnight in the old zone was imported under the new zone already, and stays.
    moved = ", ".join(
        f"{column} = case when ({column} at time zone :old)::time = time '00\\:00'"
        f" then ({column} at time zone :old) at time zone :new else {column} end"
        for column in ("created_at", "resolved_at", "closed_at", "first_replied_at")
    )
    statement = f"update support.support_tickets set {moved} where is_date_only"
    connection.execute(sa.text(statement), {"old": old_zone, "new": new_zone})


def _is_rebuild_due(connection: sa.Connection) -> bool:
    if connection.execute(sa.text("select exists (select from ops.rebuild_requests)")).scalar_one():
        return True
    if connection.execute(_NEW_COVERAGE).scalar_one():
        return True
    limit = connection.execute(
        sa.text("select greatest(:few, :share * reltuples) from pg_class where oid = 'marts.fct_tickets'::regclass"),
        {"few": _FEW_TICKETS, "share": _REBUILD_SHARE},
    ).scalar_one()
    waiting = connection.execute(
        sa.text("select count(distinct ticket_id) from (select ticket_id from support.ticket_changes limit :most)"),
        {"most": 10 * int(limit)},
    ).scalar_one()
    return bool(waiting > limit)


def _take_changes(connection: sa.Connection) -> int:
    connection.exec_driver_sql("create temporary table changed_tickets (ticket_id bigint primary key) on commit drop")
    taken = connection.exec_driver_sql(
        "with taken as (delete from support.ticket_changes returning ticket_id) "
        "insert into changed_tickets select distinct ticket_id from taken"
    )
    # The minutes of merged tickets count for those they went into.
    connection.exec_driver_sql(
        "with recursive targets as (select merged_into_id as ticket_id, 1 as step from support.support_tickets"
        f" where id {IN_CHANGED_TICKETS} and merged_into_id is not null union"
        " select further.merged_into_id, targets.step + 1 from targets"
        " inner join support.support_tickets as further on targets.ticket_id = further.id"
        " where further.merged_into_id is not null and targets.step < 10)"
        " insert into changed_tickets select distinct ticket_id from targets on conflict do nothing"
    )
    connection.exec_driver_sql("analyze changed_tickets")
    return taken.rowcount


def _add_old_facts(connection: sa.Connection) -> None:
    """Add the old facts of the changed tickets to the new ones with sign -1, so that the deltas subtract them."""
    for table in FACT_TABLES:
        names = ", ".join(column.name for column in table.columns)
        connection.exec_driver_sql(f"alter table new_{table.name} add column sign integer not null default 1")
        connection.exec_driver_sql(
            f"insert into new_{table.name} ({names}, sign) select {names}, -1 from marts.{table.name}"
            f" where ticket_id {IN_CHANGED_TICKETS}"
        )


def _add_cells(connection: sa.Connection, rollup: Rollup, customs: Sequence[CustomDimension]) -> None:
    # For a few facts it is quicker to count histograms from the facts than to merge packed histograms.
    parent = None if rollup.is_durations else parent_of(rollup)
    delta = f"delta_{rollup.table}"
    cells = (
        cells_from_facts(rollup, signed=True, customs=customs)
        if parent is None
        else cells_from_cells(rollup, f"delta_{parent.table}", parent.grain)
    )
    connection.exec_driver_sql(f"create temporary table {delta} on commit drop as {cells}")
    keys, columns = ", ".join(rollup.keys), ", ".join(rollup.columns)
    changed = " or ".join(f"{value} <> 0" for value in rollup.values)
    sums = ", ".join(f"{value} = cell.{value} + excluded.{value}" for value in rollup.values)
    if rollup.is_durations:
        changed += " or histogram <> ''"
        sums += ", histogram = marts.added_histograms(cell.histogram, excluded.histogram, cell.n + excluded.n)"
    connection.exec_driver_sql(
        f"insert into marts.{rollup.table} as cell ({columns}) select {columns} from {delta}"
        f" where {changed} on conflict ({keys}) do update set {sums}"
    )
    # Delete cells that have become empty, because a rebuild would not make them. Each cell is looked up by its key:
    # with a plain join the planner might read all of a large rollup.
    empty = " and ".join(f"{value} = 0" for value in rollup.values)
    same = " and ".join(f"cell.{key} = delta.{key}" for key in rollup.keys)
    lowered = " or ".join(f"delta.{value} < 0" for value in rollup.values)
    connection.exec_driver_sql(
        f"delete from marts.{rollup.table} where ctid = any (array(select gone.ctid from {delta} as delta"
        f" cross join lateral (select ctid from marts.{rollup.table} as cell where {same} and {empty} offset 0) as gone"
        f" where {lowered}))"
    )


def _replace_facts(connection: sa.Connection) -> None:
    for table in FACT_TABLES:
        names = ", ".join(column.name for column in table.columns)
        connection.exec_driver_sql(f"delete from marts.{table.name} where ticket_id {IN_CHANGED_TICKETS}")
        connection.exec_driver_sql(
            f"insert into marts.{table.name} ({names}) select {names} from new_{table.name} where sign = 1"
        )

"""Makes all facts and rollups anew, in one transaction."""

from collections.abc import Callable
from typing import Final

import sqlalchemy as sa

from etl.marts.business_days import cover_data
from etl.marts.facts import derive_facts, reporting_zone
from etl.marts.tables import FACT_TABLES, ROLLUP_TABLES, finish_new_table, swap_table
from etl.running.data_version import raise_version
from warehouse.rollups.sql import ROLLUPS, cells_from_cells, cells_from_facts, parent_of

_SETTINGS: Final = {
    "max_parallel_workers_per_gather": "2",
    "max_parallel_maintenance_workers": "2",
    "work_mem": "256MB",
    "maintenance_work_mem": "256MB",
}


def rebuild_marts(connection: sa.Connection, time_zone: str, say: Callable[[str], None] = lambda _line: None) -> int:
    """Rebuild all facts and rollups in the caller's transaction.

    Changes that commit meanwhile stay in the queue, and the next refresh derives them.

    Args:
        connection: In a transaction; no other refresh may run at the same time.
        time_zone: IANA name of the reporting zone.
        say: Takes a line of progress at a time.

    Returns:
        The number of tickets derived.
    """
    reporting_zone(connection, time_zone)
    # Let two cores work on the scans, and let sorts and hashes fit in memory.
    for name, value in _SETTINGS.items():
        connection.exec_driver_sql(f"set local {name} = '{value}'")
    connection.exec_driver_sql("delete from support.ticket_changes")
    connection.exec_driver_sql("delete from ops.rebuild_requests")
    cover_data(connection, renew=True)
    say("deriving facts")
    customs = derive_facts(connection, changed_only=False)
    for place, rollup in enumerate(ROLLUPS, start=1):
        say(f"rollup {place} of {len(ROLLUPS)}")
        parent = parent_of(rollup)
        cells = (
            cells_from_facts(rollup, signed=False, customs=customs)
            if parent is None
            else cells_from_cells(rollup, f"new_{parent.table}", parent.grain)
        )
        order = ", ".join(rollup.keys)
        connection.exec_driver_sql(f"create table marts.new_{rollup.table} as {cells} order by {order}")
    tables = (*FACT_TABLES, *ROLLUP_TABLES)
    for table in tables:
        finish_new_table(connection, table)
    for table in tables:
        swap_table(connection, table)
    raise_version(connection, time_zone)
    count: int = connection.execute(sa.text("select count(*) from marts.fct_tickets")).scalar_one()
    return count

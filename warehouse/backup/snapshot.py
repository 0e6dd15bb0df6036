"""One snapshot of a database for both this process and `pg_dump`."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from warehouse.backup.errors import BackupToolError, TablesBusyError

_ATTEMPTS: Final = 20
_PAUSE_SECONDS: Final = 1.5
LOCK_WAIT_MILLISECONDS: Final = 2_000

_DENIED: Final = "42501"
# Undefined table, lock not available, deadlock.
_PASSING: Final = frozenset({"42P01", "55P03", "40P01"})

_TABLES: Final = """
    select string_agg(format('%I.%I', n.nspname, c.relname), ', ')
    from pg_class as c inner join pg_namespace as n on n.oid = c.relnamespace
    where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and c.relkind in ('r', 'p')
    and c.relpersistence <> 't'
"""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot, valid as long as the connection's transaction lasts.

    Attributes:
        connection: Connection whose transaction sees the snapshot.
        name: Name of the snapshot for `pg_dump --snapshot`.
    """

    connection: sa.Connection
    name: str


@contextmanager
def frozen(engine: sa.Engine) -> Iterator[Snapshot]:
    """Yield a snapshot during which no table is swapped for another.

    A rebuild gives a table's name to a new table. A snapshot from before that swap would see the new table as empty. So
    all tables are locked before the snapshot is taken. The lock only keeps them from being dropped.

    Raises:
        TablesBusyError: If the tables are being swapped all the time.
        BackupToolError: If the log-in may not read every table.
    """
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        for _ in range(_ATTEMPTS):
            with connection.begin() as transaction:
                if not _lock_tables(connection, _table_names(engine)):
                    transaction.rollback()
                    time.sleep(_PAUSE_SECONDS)
                    continue
                yield Snapshot(connection, connection.execute(sa.text("select pg_export_snapshot()")).scalar_one())
                return
    message = "The tables could not be held still for a backup."
    raise TablesBusyError(message, "Try again when no rebuild runs.")


def _table_names(engine: sa.Engine) -> str:
    with engine.connect() as connection:
        return str(connection.scalar(sa.text(_TABLES)) or "")


def _lock_tables(connection: sa.Connection, names: str) -> bool:
    """Lock all tables against being dropped; return False if a table was just swapped, or is locked."""
    connection.exec_driver_sql("set local idle_in_transaction_session_timeout = 0")
    connection.exec_driver_sql("set local statement_timeout = 0")
    connection.exec_driver_sql(f"set local lock_timeout = {LOCK_WAIT_MILLISECONDS}")
    try:
        connection.exec_driver_sql(f"lock table {names} in access share mode")
    except sa.exc.DBAPIError as error:
        state = getattr(error.orig, "pgcode", None)
        if state == _DENIED:
            message = "The log-in of the backups may not read every table."
            hint = "Name one that may in SUPPORT_BACKUP_DATABASE_URL, a member of pg_read_all_data."
            raise BackupToolError(message, hint) from error
        if state not in _PASSING:
            raise
        return False
    return True

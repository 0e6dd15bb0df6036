"""One instant of a database, seen by this process and by `pg_dump` alike."""

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
# No such table, a lock that was not to be had, a deadlock.
_PASSING: Final = frozenset({"42P01", "55P03", "40P01"})

_TABLES: Final = """
    select string_agg(format('%I.%I', n.nspname, c.relname), ', ')
    from pg_class as c inner join pg_namespace as n on n.oid = c.relnamespace
    where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and c.relkind in ('r', 'p')
    and c.relpersistence <> 't'
"""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One instant, for as long as the connection's transaction lasts.

    Attributes:
        connection: Sees that instant.
        name: What `pg_dump --snapshot` takes.
    """

    connection: sa.Connection
    name: str


@contextmanager
def frozen(engine: sa.Engine) -> Iterator[Snapshot]:
    """Yield one instant in which no table is swapped for another.

    A rebuild swaps tables by their names. A snapshot from before the swap sees the new table without any row, so all
    tables are locked, against being dropped only, before the snapshot is taken.

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
    """Lock all tables against being dropped; False if one was swapped or locked at this moment."""
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

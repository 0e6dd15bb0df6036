"""One instant of a database, seen by this process and by `pg_dump` alike."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from warehouse.backup.errors import BackupToolError

_ATTEMPTS: Final = 20
_PAUSE_SECONDS: Final = 1.5
LOCK_WAIT_MILLISECONDS: Final = 2_000

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
    """Yield one instant in which no table can be swapped for another.

    A rebuild swaps tables by their names. A snapshot from before the swap sees the new table without any row, so all
    tables are locked, against being dropped only, before the snapshot is taken.

    Raises:
        BackupToolError: If the tables cannot be locked because they are being swapped all the time.
    """
    with ExitStack() as stack:
        for attempt in range(_ATTEMPTS):
            transaction = stack.enter_context(ExitStack())
            try:
                connection = transaction.enter_context(engine.connect())
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
                transaction.enter_context(connection.begin())
                _lock_tables(connection, _table_names(engine))
            except sa.exc.DBAPIError as error:
                transaction.close()
                if getattr(error.orig, "pgcode", None) == "42501":
                    message = "The log-in of the backups may not read every table."
                    hint = "Name one that may in SUPPORT_BACKUP_DATABASE_URL, a member of pg_read_all_data."
                    raise BackupToolError(message, hint) from error
                if not _is_passing(error) or attempt == _ATTEMPTS - 1:
                    raise
                time.sleep(_PAUSE_SECONDS)
                continue
            yield Snapshot(connection, connection.execute(sa.text("select pg_export_snapshot()")).scalar_one())
            return
    message = "The tables could not be held still for a backup."
    raise BackupToolError(message, "Try again when no rebuild runs.")


def _table_names(engine: sa.Engine) -> str:
    with engine.connect() as connection:
        return str(connection.scalar(sa.text(_TABLES)) or "")


def _lock_tables(connection: sa.Connection, names: str) -> None:
    connection.exec_driver_sql("set local idle_in_transaction_session_timeout = 0")
    connection.exec_driver_sql("set local statement_timeout = 0")
    connection.exec_driver_sql(f"set local lock_timeout = {LOCK_WAIT_MILLISECONDS}")
    if names:
        connection.exec_driver_sql(f"lock table {names} in access share mode")


def _is_passing(error: sa.exc.DBAPIError) -> bool:
    """Say whether a table was swapped or locked for a moment: undefined table, or a lock not available."""
    return getattr(error.orig, "pgcode", None) in {"42P01", "55P03", "40P01"}

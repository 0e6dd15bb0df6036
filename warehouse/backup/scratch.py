"""The scratch database, into which a backup is restored to check it."""

import contextlib
from collections.abc import Iterator
from typing import Final

import sqlalchemy as sa

from warehouse.backup.errors import RestoreTargetError
from warehouse.engine import create_engine_for

_PREFIX: Final = "support_scratch_"
_LOCK: Final = "select pg_try_advisory_lock(hashtextextended('support-analytics scratch database', 0))"


@contextlib.contextmanager
def maintenance(url: sa.URL) -> Iterator[sa.Connection]:
    """Yield a connection to the database `postgres`, from which other databases can be created, renamed and dropped.

    Raises:
        RestoreTargetError: If this log-in cannot connect to it.
    """
    engine = create_engine_for(url.set(database="postgres"), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    try:
        connection = engine.connect()
    except sa.exc.OperationalError as error:
        message = "The server's database `postgres` cannot be reached. It is needed to create other databases."
        raise RestoreTargetError(
            message, "Check that the server runs, and that the log-in may connect to it."
        ) from error
    with connection:
        yield connection
    engine.dispose()


@contextlib.contextmanager
def scratch_database(connection: sa.Connection, backup_id: str) -> Iterator[str]:
    """Yield the name of a new, empty database; it is dropped afterwards unless it was renamed.

    Raises:
        RestoreTargetError: If the log-in may not create databases, or another restore is running.
    """
    if not connection.exec_driver_sql(_LOCK).scalar_one():
        message = "Another backup is being restored or verified on this server."
        raise RestoreTargetError(message, "Wait until it has ended.")
    _drop_left_over(connection)
    name = f"{_PREFIX}{backup_id.lower().replace('-', '_')}"
    try:
        connection.exec_driver_sql(f'create database "{name}" template template0')
    except sa.exc.ProgrammingError as error:
        message = "This log-in may not create databases, so it cannot restore a backup."
        raise RestoreTargetError(message, "Allow it for this restore: ALTER ROLE ... CREATEDB.") from error
    try:
        yield name
    finally:
        _drop(connection, name)


def _drop_left_over(connection: sa.Connection) -> None:
    """Drop the databases that killed restores left behind. The lock guarantees that no restore is running."""
    names = sa.text("select datname from pg_database where starts_with(datname, :prefix)")
    for name in connection.execute(names, {"prefix": _PREFIX}).scalars().all():
        _drop(connection, name)


def _drop(connection: sa.Connection, name: str) -> None:
    connection.exec_driver_sql(f'drop database if exists "{name}" with (force)')

"""A database beside the real one, into which a backup is restored before anybody trusts it."""

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
    """Yield a connection to the server's own database, from which others can be made, renamed and dropped.

    Raises:
        RestoreTargetError: If there is no such database that this log-in may use.
    """
    engine = create_engine_for(url.set(database="postgres"), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    try:
        connection = engine.connect()
    except sa.exc.OperationalError as error:
        message = "The server's database `postgres` cannot be reached, from which others are made."
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
        RestoreTargetError: If the log-in may make no databases, or another restore is at work.
    """
    if not connection.exec_driver_sql(_LOCK).scalar_one():
        message = "Another backup is being restored or verified on this server."
        raise RestoreTargetError(message, "Wait until it has ended.")
    _drop_left_over(connection)
    name = f"{_PREFIX}{backup_id.lower().replace('-', '_')}"
    try:
        connection.exec_driver_sql(f'create database "{name}" template template0')
    except sa.exc.ProgrammingError as error:
        message = "This log-in may not make databases, so no backup can be restored with it."
        raise RestoreTargetError(message, "Let it, for this once: ALTER ROLE ... CREATEDB.") from error
    try:
        yield name
    finally:
        _drop(connection, name)


def _drop_left_over(connection: sa.Connection) -> None:
    """Drop what a killed restore left; the lock says that none is at work."""
    names = sa.text("select datname from pg_database where starts_with(datname, :prefix)")
    for name in connection.execute(names, {"prefix": _PREFIX}).scalars().all():
        _drop(connection, name)


def _drop(connection: sa.Connection, name: str) -> None:
    connection.exec_driver_sql(f'drop database if exists "{name}" with (force)')

"""Restores a backup into a scratch database, compares it there, and only then replaces the real database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sqlalchemy as sa

from warehouse.backup.errors import BackupRefusedError, RestoreTargetError
from warehouse.backup.inventory import Inventory, differences, take_inventory
from warehouse.backup.making import DATABASE
from warehouse.backup.models_target import ModelsTarget
from warehouse.backup.opening import StoredBackup
from warehouse.backup.programs import program, running, server_major
from warehouse.backup.roles import create_missing_roles
from warehouse.backup.scratch import maintenance, scratch_database
from warehouse.engine import create_engine_for
from warehouse.migrations import revisions

_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Restored:
    """The result of a restore.

    Attributes:
        inventory: Inventory of the backup, which equals that of the restored database.
        set_aside: New name of the database that was there before; None if there was none, or an empty one.
        without_password: Log-ins that were created and need a password before they can be used.
    """

    inventory: Inventory
    set_aside: str | None
    without_password: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Proved:
    connection: sa.Connection
    scratch: str
    inventory: Inventory
    without_password: tuple[str, ...]


def _say_nothing(_line: str) -> None:
    return None


def verify_backup(backup: StoredBackup, url: sa.URL, say: Callable[[str], None] = _say_nothing) -> Inventory:
    """Restore a backup into a scratch database, compare it with what was recorded, and drop it again.

    Raises:
        BackupRefusedError: If the restored database differs from the record.
        RestoreTargetError: If the log-in may not create databases.
    """
    with _proved(backup, url, say) as proved:
        return proved.inventory


def restore_backup(
    backup: StoredBackup,
    url: sa.URL,
    models: ModelsTarget,
    now: datetime,
    say: Callable[[str], None] = _say_nothing,
    *,
    replace: bool = False,
) -> Restored:
    """Replace a database by a backup, after comparing the backup in a scratch database.

    Args:
        backup: The backup to restore.
        url: The database to replace, with a log-in that may create databases and roles.
        models: Where to restore the models.
        now: The present instant; what is set aside is named by it.
        say: Takes one short line of progress at a time.
        replace: Whether to set existing data aside under another name; else existing data is an error.

    Raises:
        BackupRefusedError: If the backup is not complete or of another version; nothing was changed.
        RestoreTargetError: If the database is not empty, or is in use; nothing was changed.
    """
    _require_free(url, replace=replace)
    models.require_free(backup, replace=replace)
    with _proved(backup, url, say) as proved:
        models.put_in_place(backup, now)
        set_aside = _put_in_place(proved, url, now)
    return Restored(proved.inventory, set_aside, proved.without_password)


@contextmanager
def _proved(backup: StoredBackup, url: sa.URL, say: Callable[[str], None]) -> Iterator[_Proved]:
    with maintenance(url) as connection:
        major = server_major(connection)
        backup.require_version(major)
        say("checking the files")
        backup.require_whole()
        recorded = backup.inventory()
        with scratch_database(connection, backup.id) as scratch:
            without_password = create_missing_roles(connection, recorded.roles)
            say("restoring into a scratch database")
            _fill(backup, url.set(database=scratch), major)
            say("comparing")
            _require_equal(recorded, url.set(database=scratch), backup.manifest.revision)
            yield _Proved(connection, scratch, recorded, without_password)


def _fill(backup: StoredBackup, url: sa.URL, major: int) -> None:
    arguments = ["--format=custom", "--single-transaction", "--exit-on-error", f"--dbname={url.database}"]
    with running(program("pg_restore", major), arguments, url, reads=True) as pg_restore:
        try:
            backup.pass_on(DATABASE, pg_restore.input.write)
            pg_restore.input.close()
        except BrokenPipeError:
            # pg_restore ended before it had read all its input; its own message says why.
            pg_restore.require_success()
            raise
        pg_restore.require_success()


def _require_equal(recorded: Inventory, url: sa.URL, revision: str) -> None:
    engine = create_engine_for(url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        if recorded.comment is not None:
            comment = sa.literal(recorded.comment).compile(
                dialect=connection.dialect, compile_kwargs={"literal_binds": True}
            )
            connection.exec_driver_sql(f'comment on database "{url.database}" is {comment}')
        found = take_inventory(connection, with_metrics=revision == revisions()[0])
        lines = differences(recorded, found)
        if not lines:
            connection.exec_driver_sql("analyze")
    engine.dispose()
    if lines:
        shown = "; ".join(lines[:_SHOWN])
        message = f"The restored database differs from the backup in {len(lines)} places: {shown}."
        raise BackupRefusedError(message, "Nothing was put in place. Take another backup.")


def _require_free(url: sa.URL, *, replace: bool) -> None:
    with maintenance(url) as connection:
        if not _exists(connection, url.database):
            return
    if not replace and _holds_something(url):
        message = f"The database {url.database} holds something already."
        raise RestoreTargetError(message, "Give --replace to set it aside under another name; it is not dropped.")
    with maintenance(url) as connection:
        in_use = sa.text(
            "select count(*) from pg_stat_activity where datname = :name and backend_type = 'client backend'"
        )
        if sessions := connection.scalar(in_use, {"name": url.database}):
            message = f"The database {url.database} is in use by {sessions} sessions."
            raise RestoreTargetError(message, "Stop `up`, the portal and the jobs first.")


def _exists(connection: sa.Connection, name: str | None) -> bool:
    known = sa.text("select exists (select from pg_database where datname = :name)")
    return bool(connection.scalar(known, {"name": name}))


def _holds_something(url: sa.URL) -> bool:
    engine = create_engine_for(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        statement = """
            select exists (
                select from pg_class as c inner join pg_namespace as n on n.oid = c.relnamespace
                where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
            )
        """
        return bool(connection.scalar(sa.text(statement)))


def _put_in_place(proved: _Proved, url: sa.URL, now: datetime) -> str | None:
    """Rename both databases in one transaction, so that there is always a database of this name."""
    connection, quote = proved.connection, proved.connection.dialect.identifier_preparer.quote_identifier
    name = str(url.database)
    set_aside = f"{name}_until_{now:%Y%m%d_%H%M%S}" if _exists(connection, name) else None
    connection.exec_driver_sql("begin")
    try:
        if set_aside is not None:
            connection.exec_driver_sql(f"alter database {quote(name)} rename to {quote(set_aside)}")
        connection.exec_driver_sql(f"alter database {quote(proved.scratch)} rename to {quote(name)}")
    except sa.exc.DBAPIError as error:
        connection.exec_driver_sql("rollback")
        message = f"The database {name} is in use, or may not be renamed by this log-in; it was left as it is."
        raise RestoreTargetError(message, "Stop `up`, the portal and the jobs first.") from error
    connection.exec_driver_sql("commit")
    if set_aside is not None and not _holds_something(url.set(database=set_aside)):
        connection.exec_driver_sql(f"drop database {quote(set_aside)}")
        return None
    return set_aside

"""Creates engines: each has one login, and a database role that limits what the process may do."""

import contextlib
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from analytics.errors import ErrorKind, SupportAnalyticsError
from warehouse.embedded.postgres import connect_or_start
from warehouse.schema_revision import refuse_other_schemas
from warehouse.settings import Settings


class DatabaseUnavailableError(SupportAnalyticsError):
    """The database does not answer, refuses the login, or has not been migrated."""

    kind = ErrorKind.UNAVAILABLE


class DatabaseRole(StrEnum):
    """What a session may do; each is a group role that migrations create.

    The login in the URL has to be a member of the role.
    """

    OWNER = "support_owner"
    ETL_WRITER = "support_etl_writer"
    PORTAL_READER = "support_portal_reader"
    PORTAL_EDITOR = "support_portal_editor"


def create_engine_for(url: sa.URL | str, role: DatabaseRole | None = None, **options: Any) -> sa.Engine:  # noqa: ANN401 - passed on to SQLAlchemy untouched
    """Return an engine whose every connection works as one role, in UTC.

    Args:
        url: Address of the database; the driver is always psycopg2.
        role: Role that each session takes; None keeps the login's own rights.
        **options: Anything `sqlalchemy.create_engine` takes.
    """
    address = sa.make_url(url).set(drivername="postgresql+psycopg2")
    engine = sa.create_engine(address, pool_pre_ping=True, **options)

    @sa.event.listens_for(engine, "connect")
    def take_role(connection: Any, _record: object) -> None:  # noqa: ANN401 - a DBAPI connection has no public type
        with connection.cursor() as cursor:
            cursor.execute("SET TIME ZONE 'UTC'")
            if role is not None:
                cursor.execute(f'SET ROLE "{role.value}"')
        connection.commit()

    return engine


@contextlib.contextmanager
def open_engine(
    settings: Settings, role: DatabaseRole | None = None, *, may_be_older: bool = False
) -> Iterator[sa.Engine]:
    """Yield an engine on the database that the settings name, after checking that the database answers.

    This is the database of ``DATABASE_URL`` if that is set, else the embedded server of the data directory. Unless the
    embedded server runs already, it is started until the command ends. A new embedded database is migrated first.

    Args:
        settings: Which database.
        role: What the sessions may do. With a role they need the schema of this version; without one, any will do.
        may_be_older: Whether an earlier schema will do with a role too.

    Raises:
        DatabaseUnavailableError: If the database does not answer or lacks the role.
        SchemaNotKnownError: If another version of the product has migrated the database.
        SchemaOlderError: If the database has not been migrated to the schema of this version.
        EmbeddedPostgresError: If the embedded server cannot be used.
    """
    with contextlib.ExitStack() as stack:
        url = settings.database_url
        if url is None:
            url = stack.enter_context(connect_or_start(settings.data_dir)).url()
            _migrate_new_database(url)
        engine = create_engine_for(url, role)
        stack.callback(engine.dispose)
        if role is not None:
            refuse_other_schemas(engine, may_be_older=may_be_older)
        _check(engine)
        yield engine


def _check(engine: sa.Engine) -> None:
    try:
        engine.connect().close()
    except sa.exc.ProgrammingError as error:
        message = "The database has not been prepared for support-analytics."
        raise DatabaseUnavailableError(message, "Run: support-analytics db migrate") from error
    except sa.exc.OperationalError as error:
        where = f"{engine.url.host or 'the local socket'}, database {engine.url.database}"
        message = f"The database does not answer or refuses the login ({where})."
        raise DatabaseUnavailableError(message, "Check DATABASE_URL and that the server runs.") from error


def _migrate_new_database(url: sa.URL) -> None:
    engine = create_engine_for(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        if sa.inspect(connection).has_schema("support"):
            return
    from warehouse.migrations import migrate  # noqa: PLC0415 - Alembic is slow to import and needed once

    migrate(engine)

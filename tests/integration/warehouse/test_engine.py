"""Sessions work as the role they were given."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.integration.conftest import Database
from warehouse.embedded.postgres import EmbeddedPostgres
from warehouse.engine import DatabaseRole, DatabaseUnavailableError, create_engine_for, open_engine
from warehouse.migrations import migrate
from warehouse.settings import Settings


def test_a_session_works_as_its_role(database: Database) -> None:
    """A connection from an engine with a role runs as that role, after a rollback too."""
    engine = create_engine_for(database.url, DatabaseRole.PORTAL_READER, poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.rollback()
        assert connection.scalar(sa.text("SELECT current_user")) == DatabaseRole.PORTAL_READER


def test_a_session_may_do_only_what_its_role_may(database: Database) -> None:
    """The portal's reader cannot read what customers are called, nor write."""
    engine = create_engine_for(database.url, DatabaseRole.PORTAL_READER, poolclass=sa.NullPool)
    for statement in ("SELECT * FROM support.customers", "DELETE FROM support.support_tickets"):
        with engine.connect() as connection, pytest.raises(sa.exc.ProgrammingError, match="permission denied"):
            connection.execute(sa.text(statement))


def test_any_postgresql_url_is_taken(database: Database) -> None:
    """A URL works without naming the driver, and sessions are in UTC."""
    engine = create_engine_for(database.url.set(drivername="postgresql").render_as_string(hide_password=False))
    with engine.connect() as connection:
        assert connection.scalar(sa.text("SHOW TimeZone")) == "UTC"
    engine.dispose()


def test_a_command_prepares_a_new_embedded_database(tmp_path: Path) -> None:
    """On a machine with nothing, opening the database starts a server and migrates it."""
    settings = Settings.from_environment({"SUPPORT_DATA_DIR": str(tmp_path / "new")})
    with open_engine(settings, DatabaseRole.ETL_WRITER) as engine, engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM support.support_tickets")) == 0


def test_a_given_database_is_used(database: Database, tmp_path: Path) -> None:
    """DATABASE_URL wins over the data directory, in which then nothing is made."""
    url = database.url.render_as_string(hide_password=False)
    settings = Settings.from_environment({"SUPPORT_DATA_DIR": str(tmp_path / "new"), "DATABASE_URL": url})
    with open_engine(settings) as engine, engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT current_database()")) == database.url.database
    assert not (tmp_path / "new").exists()


def test_a_database_that_is_not_prepared_says_what_to_run(postgres_server: EmbeddedPostgres) -> None:
    """Without the roles the error names the command, not the traceback."""
    url = postgres_server.url("postgres").set(database="no_such_database").render_as_string(hide_password=False)
    settings = Settings.from_environment({"DATABASE_URL": url})
    with pytest.raises(DatabaseUnavailableError, match="no_such_database") as caught, open_engine(settings):
        pass
    assert postgres_server.running.password not in str(caught.value)


def test_two_commands_may_migrate_a_new_database_at_once(empty_database: Database) -> None:
    """The second waits for the first, and then finds nothing to do."""
    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(migrate, empty_database.engine) for _ in range(2)]
    assert [done.exception() for done in both] == [None, None]

"""A real PostgreSQL 18 for each test worker, and a fresh migrated database for each test."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

from warehouse.embedded.postgres import EmbeddedPostgres, create_database
from warehouse.engine import DatabaseRole, create_engine_for

TEMPLATE = "migrated_template"
_numbers = itertools.count(1)

# A test's database is thrown away, so a crash may lose it.
_FAST_AND_LOSABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "128MB"}


@dataclass(frozen=True, slots=True)
class Database:
    """One test's own database.

    Attributes:
        url: SQLAlchemy URL of its superuser.
        engine: Engine on that URL.
    """

    url: sa.URL
    engine: sa.Engine

    def engine_as(self, role: DatabaseRole) -> sa.Engine:
        """Return an engine whose sessions work as a role; the caller disposes of it."""
        return create_engine_for(self.url, role, poolclass=sa.NullPool)


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    """One server for each test worker."""
    data_dir: Path = tmp_path_factory.mktemp("postgres server")
    with EmbeddedPostgres(data_dir, settings=_FAST_AND_LOSABLE) as server:
        yield server


@pytest.fixture(scope="session")
def migrated_template(postgres_server: EmbeddedPostgres) -> str:
    """Name of a database that has every migration and no row of its own."""
    from warehouse.migrations import migrate  # noqa: PLC0415 - tests of the bare server need no migration

    create_database(postgres_server.running, TEMPLATE)
    engine = create_engine_for(postgres_server.url(TEMPLATE), poolclass=sa.NullPool)
    migrate(engine)
    engine.dispose()
    return TEMPLATE


@pytest.fixture
def database(postgres_server: EmbeddedPostgres, migrated_template: str) -> Iterator[Database]:
    """A fresh database, cloned from the migrated template and dropped after the test."""
    yield from _database(postgres_server, migrated_template)


@pytest.fixture
def empty_database(postgres_server: EmbeddedPostgres) -> Iterator[Database]:
    """A fresh database with nothing in it, for tests of the migrations themselves."""
    yield from _database(postgres_server, "template1")


def _database(server: EmbeddedPostgres, template: str) -> Iterator[Database]:
    name = f"test_{next(_numbers)}"
    admin = create_engine_for(server.url("postgres"), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with admin.connect() as connection:
        connection.execute(sa.text(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY'))
    engine = create_engine_for(server.url(name))
    try:
        yield Database(server.url(name), engine)
    finally:
        engine.dispose()
        with admin.connect() as connection:
            connection.execute(sa.text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        admin.dispose()

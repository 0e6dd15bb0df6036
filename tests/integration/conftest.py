"""A real PostgreSQL 18 for each test worker, and a fresh migrated database for each test."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import sqlalchemy as sa

from warehouse.embedded.postgres import EmbeddedPostgres, create_database
from warehouse.engine import DatabaseRole, create_engine_for

TEMPLATE = "migrated_template"
_numbers = itertools.count(1)

Fill = Callable[[sa.Engine], object]

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
    """Name of a database that has every migration and the bookshop's categories, and no row of its own."""
    from etl.classification.templates import take_template  # noqa: PLC0415 - as below
    from warehouse.migrations import migrate  # noqa: PLC0415 - tests of the bare server need no migration

    create_database(postgres_server.running, TEMPLATE)
    engine = create_engine_for(postgres_server.url(TEMPLATE), poolclass=sa.NullPool)
    migrate(engine)
    with engine.begin() as connection:
        take_template("bookshop")(connection)
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


@dataclass(slots=True)
class DeskTemplates:
    """Desks that several tests begin with: each is made once a worker, then cloned.

    Attributes:
        server: Where the databases are.
        empty: Name of the migrated database without rows.
    """

    server: EmbeddedPostgres
    empty: str
    _names: dict[Fill, str] = field(default_factory=dict)

    @contextmanager
    def clone(self, fill: Fill) -> Iterator[Database]:
        """Yield a database of one's own with what a function fills in.

        Args:
            fill: A function of a module; it is called for the first clone only.
        """
        if fill not in self._names:
            self._names[fill] = self._make(fill)
        yield from _database(self.server, self._names[fill])

    def _make(self, fill: Fill) -> str:
        name = f"desk_{next(_numbers)}"
        with _administrator(self.server) as connection:
            connection.execute(sa.text(_clone(name, self.empty)))
        engine = create_engine_for(self.server.url(name), poolclass=sa.NullPool)
        fill(engine)
        engine.dispose()
        return name


@pytest.fixture(scope="session")
def desk_templates(postgres_server: EmbeddedPostgres, migrated_template: str) -> DeskTemplates:
    """Makes desks, each once."""
    return DeskTemplates(postgres_server, migrated_template)


@contextmanager
def _administrator(server: EmbeddedPostgres) -> Iterator[sa.Connection]:
    engine = create_engine_for(server.url("postgres"), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def _clone(name: str, template: str) -> str:
    # Copying files takes a third of the processor time that writing to the log takes, as nothing has to be safe.
    return f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY'


def _database(server: EmbeddedPostgres, template: str) -> Iterator[Database]:
    name = f"test_{next(_numbers)}"
    with _administrator(server) as connection:
        connection.execute(sa.text(_clone(name, template)))
    engine = create_engine_for(server.url(name))
    try:
        yield Database(server.url(name), engine)
    finally:
        engine.dispose()
        with _administrator(server) as connection:
            connection.execute(sa.text(f'DROP DATABASE "{name}" WITH (FORCE)'))

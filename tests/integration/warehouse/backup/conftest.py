"""A desk worth backing up, and an empty server of the same version to restore it to."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Self

import pytest
import sqlalchemy as sa

from etl.marts.refresh import refresh_marts
from tests.factories.desk import add_random_desk, instant
from tests.integration.conftest import Database, DeskTemplates
from warehouse.backup.file_tree import FileTree
from warehouse.backup.making import BackupPlan
from warehouse.backup.models_target import ModelsTarget
from warehouse.backup.store import BackupStore
from warehouse.embedded.postgres import EmbeddedPostgres
from warehouse.engine import create_engine_for

NOW = instant("2026-03-02 00:30")
ZONE = "Africa/Johannesburg"
MODELS = {"champion.json": b"points", "models/a/model.joblib": b"m" * 300_000, "models/a/manifest.json": b"{}"}


@dataclass(frozen=True, slots=True)
class BackedUpDesk:
    """A desk, its models, and where its backups go.

    Attributes:
        database: With tickets and marts in it.
        root: Directory of this test.
        plan: How it is backed up, unencrypted.
    """

    database: Database
    root: Path
    plan: BackupPlan


def _fill(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        add_random_desk(connection, Random(5), 200, instant("2026-01-01 00:00"), 60)
        refresh_marts(connection, ZONE)


@pytest.fixture
def desk_database(desk_templates: DeskTemplates) -> Iterator[Database]:
    """A database with 200 tickets, their history and derived numbers."""
    with desk_templates.clone(_fill) as database:
        yield database


@pytest.fixture
def desk(desk_database: Database, tmp_path: Path) -> BackedUpDesk:
    """That database, models, and a key of the models."""
    with desk_database.engine.begin() as connection:
        connection.exec_driver_sql(f"comment on database \"{desk_database.url.database}\" is 'a desk''s own'")
    for name, content in MODELS.items():
        path = tmp_path / "models" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (tmp_path / "signing_key").write_bytes(b"k" * 64)
    store = BackupStore.open(str(tmp_path / "backups"))
    plan = BackupPlan(store, FileTree.open(str(tmp_path / "models")), (), tmp_path / "signing_key")
    return BackedUpDesk(desk_database, tmp_path, plan)


@dataclass(frozen=True, slots=True)
class EmptyPlace:
    """A server with nothing in it.

    Attributes:
        url: Of the database to restore to.
        models: Where models belong.
    """

    url: sa.URL
    models: ModelsTarget

    @classmethod
    @contextmanager
    def made_in(cls, root: Path) -> Iterator[Self]:
        """Start a server without the product's roles, with an empty place for models beside it."""
        with EmbeddedPostgres(root / "new server", settings={"fsync": "off"}) as server:
            yield cls(server.url(), ModelsTarget(str(root / "new models"), root / "new keys" / "signing_key"))

    def databases(self) -> set[str]:
        """Return the names of all databases, template databases aside."""
        engine = create_engine_for(self.url.set(database="postgres"), poolclass=sa.NullPool)
        with engine.connect() as connection:
            names = connection.execute(sa.text("select datname from pg_database where not datistemplate"))
            return set(names.scalars())


@pytest.fixture
def empty_place(tmp_path: Path) -> Iterator[EmptyPlace]:
    """A new server of the same version."""
    with EmptyPlace.made_in(tmp_path) as place:
        yield place

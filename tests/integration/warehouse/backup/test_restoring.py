"""A backup, restored into an empty server of the same version, is what was backed up."""

from pathlib import Path

import sqlalchemy as sa

from tests.integration.warehouse.backup.conftest import MODELS, NOW, BackedUpDesk, EmptyPlace
from warehouse.backup.inventory import take_inventory
from warehouse.backup.making import make_backup
from warehouse.backup.opening import open_backup
from warehouse.backup.restoring import restore_backup
from warehouse.engine import create_engine_for


def _inventory(url: sa.URL) -> object:
    engine = create_engine_for(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        return take_inventory(connection, with_metrics=True)


def test_an_empty_server_has_everything_afterwards(desk: BackedUpDesk, empty_place: EmptyPlace) -> None:
    """Tables, sequences, metrics, roles, the database's comment and the models are equal."""
    made = make_backup(desk.database.engine, desk.plan, NOW)
    before = _inventory(desk.database.url)
    backup = open_backup(desk.plan.store, made.id, ())
    restored = restore_backup(backup, empty_place.url, empty_place.models, NOW)
    assert _inventory(empty_place.url) == before == made.inventory == restored.inventory
    assert made.inventory.tables["support.support_tickets"].rows == 200
    assert made.inventory.metrics["created"][0] == 200 or made.inventory.metrics["created"][0]
    assert {role.name for role in made.inventory.roles} >= {"support_owner", "support_etl_writer"}
    assert restored.set_aside is None
    assert empty_place.databases() == {"postgres", str(empty_place.url.database)}
    root = Path(empty_place.models.url)
    found = {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert found == MODELS

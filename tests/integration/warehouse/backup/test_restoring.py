"""A backup, restored into an empty server of the same version, is what was backed up."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.integration.warehouse.backup.conftest import MODELS, NOW, BackedUpDesk, EmptyPlace
from warehouse.backup.errors import RestoreTargetError
from warehouse.backup.inventory import take_inventory
from warehouse.backup.making import make_backup
from warehouse.backup.opening import open_backup
from warehouse.backup.restoring import restore_backup, verify_backup
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
    assert made.inventory.metrics["created"][0]
    assert {role.name for role in made.inventory.roles} >= {"support_owner", "support_etl_writer"}
    assert restored.set_aside is None
    assert empty_place.databases() == {"postgres", str(empty_place.url.database)}
    root = Path(empty_place.models.url)
    found = {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert found == MODELS


def test_verifying_leaves_nothing_behind(desk: BackedUpDesk, empty_place: EmptyPlace) -> None:
    """The scratch database is gone, and so is one that a killed restore left; the real one is as it was."""
    made = make_backup(desk.database.engine, desk.plan, NOW)
    engine = create_engine_for(empty_place.url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql("create table mine as select 1")
        connection.exec_driver_sql("create database support_scratch_of_a_killed_restore")
    before = empty_place.databases() - {"support_scratch_of_a_killed_restore"}
    assert verify_backup(open_backup(desk.plan.store, made.id, ()), empty_place.url) == made.inventory
    assert empty_place.databases() == before
    with engine.connect() as connection:
        assert connection.scalar(sa.text("select count(*) from mine")) == 1


def test_what_is_there_is_refused_and_with_replace_set_aside(desk: BackedUpDesk, empty_place: EmptyPlace) -> None:
    """Nothing is ever dropped: database, models and key get another name."""
    made = make_backup(desk.database.engine, desk.plan, NOW)
    backup = open_backup(desk.plan.store, made.id, ())
    restore_backup(backup, empty_place.url, empty_place.models, NOW)
    engine = create_engine_for(empty_place.url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql("delete from support.ticket_changes")
        connection.exec_driver_sql("create table public.newer as select 1 as one")
    with pytest.raises(RestoreTargetError, match="holds something"):
        restore_backup(backup, empty_place.url, empty_place.models, NOW)
    restored = restore_backup(backup, empty_place.url, empty_place.models, NOW, replace=True)
    assert restored.set_aside is not None
    assert restored.set_aside in empty_place.databases()
    assert _inventory(empty_place.url) == made.inventory
    aside = create_engine_for(empty_place.url.set(database=restored.set_aside), poolclass=sa.NullPool)
    with aside.connect() as connection:
        assert connection.scalar(sa.text("select one from public.newer")) == 1
    models = Path(empty_place.models.url)
    assert len(list(models.parent.glob(f"{models.name}.until_*"))) == 1


def test_models_that_are_there_are_refused_before_the_database_is_touched(
    desk: BackedUpDesk, empty_place: EmptyPlace
) -> None:
    """A registry of another desk would be lost, or opened with the wrong key."""
    made = make_backup(desk.database.engine, desk.plan, NOW)
    Path(empty_place.models.url).mkdir()
    (Path(empty_place.models.url) / "champion.json").write_bytes(b"another")
    with pytest.raises(RestoreTargetError, match="models"):
        restore_backup(open_backup(desk.plan.store, made.id, ()), empty_place.url, empty_place.models, NOW)
    assert is_untouched(empty_place)


def test_a_database_in_use_is_refused(desk: BackedUpDesk, empty_place: EmptyPlace) -> None:
    """A portal that still writes would write into the database that is set aside."""
    made = make_backup(desk.database.engine, desk.plan, NOW)
    engine = create_engine_for(empty_place.url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql("select 1")
        with pytest.raises(RestoreTargetError, match="in use by 1"):
            restore_backup(open_backup(desk.plan.store, made.id, ()), empty_place.url, empty_place.models, NOW)
    assert is_untouched(empty_place)


def is_untouched(place: EmptyPlace) -> bool:
    """Say whether no database, role or model of ours has been made."""
    engine = create_engine_for(place.url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        ours = connection.scalar(sa.text("select count(*) from pg_roles where rolname like 'support_%owner'"))
    return ours == 0 and place.databases() == {"postgres", str(place.url.database)}

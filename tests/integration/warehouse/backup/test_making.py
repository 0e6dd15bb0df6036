"""What a backup is made of, and who may make it."""

import stat
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.integration.warehouse.backup.conftest import NOW, BackedUpDesk
from warehouse.backup.errors import BackupToolError
from warehouse.backup.making import make_backup
from warehouse.backup.pruning import list_backups
from warehouse.engine import DatabaseRole, create_engine_for
from warehouse.service_logins import ServiceLogin, set_login

PASSWORD = "a-password-of-this-test"


def test_only_their_owner_may_read_the_files(desk: BackedUpDesk) -> None:
    """They hold what customers wrote; the directory is closed too."""
    made = make_backup(desk.database.engine, desk.plan, NOW)
    directory = Path(desk.plan.store.files.root)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (directory / made.id).iterdir()}
    assert modes == dict.fromkeys(("database.dump", "models.tar.gz", "inventory.json", "manifest.json"), 0o600)
    assert {stat.S_IMODE(path.stat().st_mode) for path in (directory, directory / made.id)} == {0o700}


def test_the_login_of_the_backups_makes_one(desk: BackedUpDesk) -> None:
    """The one that `demo` and `up` give to the nightly job reads everything that a backup has."""
    with desk.database.engine.begin() as connection:
        set_login(connection, ServiceLogin.BACKUP, PASSWORD)
    url = desk.database.url.set(username=str(ServiceLogin.BACKUP), password=PASSWORD)
    try:
        made = make_backup(create_engine_for(url, poolclass=sa.NullPool), desk.plan, NOW)
    finally:
        with desk.database.engine.begin() as connection:
            connection.exec_driver_sql(f"drop role {ServiceLogin.BACKUP}")
    assert made.inventory.tables["support.support_tickets"].rows == 200


def test_a_login_that_may_not_read_everything_is_told_so_and_leaves_nothing(desk: BackedUpDesk) -> None:
    """The message names the setting."""
    engine = desk.database.engine_as(DatabaseRole.ETL_WRITER)
    with pytest.raises(BackupToolError, match="SUPPORT_BACKUP_DATABASE_URL"):
        make_backup(engine, desk.plan, NOW)
    assert list_backups(desk.plan.store) == ()

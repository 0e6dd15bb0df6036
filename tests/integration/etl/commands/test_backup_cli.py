"""`db backup`, `backups`, `verify`, `restore` and `backup-key`, as they are typed, on a disk and in an object store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.classifier_service.registry.test_s3 import server, url
from tests.integration.standalone.commands import Shell
from warehouse.embedded.postgres import EmbeddedPostgres

__all__ = ["server", "url"]

_CUSTOMERS = "select count(*) as customers from support.customers"
_ADD = "insert into support.customers (customer_email) values ('one@example.com')"


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where a migrated embedded database runs as it does below `up`; each test has its own place for backups."""
    directory = tmp_path_factory.mktemp("desk") / "data"
    with EmbeddedPostgres(directory, settings={"fsync": "off"}):
        made = Shell.at(directory)
        made.asked("db", "migrate")
        made.psql(_ADD)
        yield directory


def test_a_backup_is_made_listed_proved_and_restored(data_dir: Path) -> None:
    """What was there before is kept under another name, and nothing is replaced without being asked for."""
    shell = Shell.at(data_dir)
    made = shell.json("db", "backup")
    assert made["outcome"] == "succeeded"
    assert str(made["backup"]) in shell.asked("db", "backups")
    assert shell.json("db", "verify")["backup"] == made["backup"]
    assert "restored once and found equal" in shell.asked("db", "backups")
    shell.psql("delete from support.customers")
    assert "--replace" in shell.refused("db", "restore")
    assert "0" in shell.psql(_CUSTOMERS)
    aside = shell.json("db", "restore", "--replace")["set_aside"]
    assert "1" in shell.psql(_CUSTOMERS)
    assert str(aside) in shell.psql("select datname from pg_database")


def test_an_encrypted_backup_comes_back_from_an_object_store_on_another_machine(
    url: str, data_dir: Path, tmp_path: Path
) -> None:
    """With the secret key, and not without it."""
    key = tmp_path / "backup.key"
    public = Shell.at(data_dir).asked("db", "backup-key", str(key)).strip()
    sealed = Shell.at(data_dir, SUPPORT_BACKUP_URL=url, SUPPORT_BACKUP_AGE_RECIPIENTS=public)
    assert sealed.json("db", "backup")["outcome"] == "succeeded"
    elsewhere = Shell.at(tmp_path / "another machine", SUPPORT_BACKUP_URL=url)
    assert "--identity" in elsewhere.refused("db", "restore")
    assert "Restored" in elsewhere.asked("db", "restore", "--identity", str(key))
    assert "1" in elsewhere.psql(_CUSTOMERS)


def test_without_any_backup_the_commands_say_so(data_dir: Path, tmp_path: Path) -> None:
    """And what to do."""
    new = Shell.at(data_dir, SUPPORT_BACKUP_URL=str(tmp_path / "new disk"))
    assert "There is no complete backup" in new.refused("db", "verify")
    assert "There is no complete backup" in new.refused("db", "restore")

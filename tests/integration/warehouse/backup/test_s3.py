"""Backups in an object store are made, read, refused and deleted as those on a disk."""

from dataclasses import replace

import fsspec
import pyrage
import pytest

from tests.integration.classifier_service.registry.test_s3 import server, url
from tests.integration.warehouse.backup.conftest import NOW, BackedUpDesk
from warehouse.backup.errors import BackupRefusedError, BackupStoreError
from warehouse.backup.making import make_backup
from warehouse.backup.manifest import MANIFEST
from warehouse.backup.opening import open_backup
from warehouse.backup.pruning import list_backups
from warehouse.backup.store import BackupStore

__all__ = ["server", "url"]

KEY = pyrage.x25519.Identity.generate()


def test_an_encrypted_backup_comes_back_whole(desk: BackedUpDesk, url: str) -> None:
    """Every file is there with its hash, a damaged one is refused, and a deleted backup is gone."""
    store = BackupStore.open(url)
    made = make_backup(desk.database.engine, replace(desk.plan, store=store, recipients=(KEY.to_public(),)), NOW)
    assert [(each.id, each.manifest) for each in list_backups(store)] == [(made.id, made.manifest)]
    backup = open_backup(BackupStore.open(url), made.id, (KEY,))
    backup.require_whole()
    assert backup.inventory() == made.inventory
    files = fsspec.filesystem("s3", skip_instance_cache=True)
    path = f"{url.removeprefix('s3://')}/{made.id}/database.dump.age"
    content = bytearray(files.cat_file(path))
    content[-1] ^= 1
    files.pipe_file(path, bytes(content))
    with pytest.raises(BackupRefusedError, match="damaged"):
        backup.require_whole()
    store.delete(made.id, MANIFEST)
    assert list_backups(store) == ()


def test_a_bucket_that_is_not_there_is_one_clear_error(desk: BackedUpDesk, url: str) -> None:
    """And nothing says that there is a backup."""
    store = BackupStore.open(url.replace("desk-", "none-"))
    with pytest.raises(BackupStoreError):
        make_backup(desk.database.engine, replace(desk.plan, store=store), NOW)

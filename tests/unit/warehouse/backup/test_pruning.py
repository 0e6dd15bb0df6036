"""Pruning a store deletes what is no longer kept, and never the last good backup."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from warehouse.backup.manifest import MANIFEST, FileEntry, Manifest
from warehouse.backup.pruning import list_backups, mark_verified, prune_backups
from warehouse.backup.retention import Retention
from warehouse.backup.store import BackupStore, new_id
from warehouse.backup.streams import Tally

NOW = datetime(2026, 12, 31, 0, 30, tzinfo=UTC)
ZONE = "Africa/Johannesburg"
SHORT = Retention(days=1, weeks=0, months=0)


def add_backup(store: BackupStore, made_at: datetime, *, is_finished: bool = True) -> str:
    """Write a backup of one small file; without its manifest it is one that was never finished."""
    backup_id, tally = new_id(made_at), Tally()
    tally.add(b"rows")
    with store.writing(backup_id, "database.dump") as file:
        file.write(b"rows")
    if is_finished:
        manifest = Manifest(made_at, 18, "0001", is_encrypted=False, files={"database.dump": FileEntry.of(tally)})
        with store.writing(backup_id, MANIFEST) as file:
            file.write(manifest.to_json())
    return backup_id


def test_a_year_of_nights_on_a_disk(tmp_path: Path) -> None:
    """A backup every night, each followed by pruning: after a year 50 are left of 365."""
    store = BackupStore.open(str(tmp_path / "backups"))
    for day in range(365):
        now = datetime(2026, 1, 1, 0, 30, tzinfo=UTC) + timedelta(days=day)
        newest = add_backup(store, now)
        prune_backups(store, Retention(), now, ZONE)
    assert len(store.ids()) == 50
    assert store.ids()[-1] == newest


def test_the_last_good_one_stays_when_all_newer_ones_are_broken(tmp_path: Path) -> None:
    """Neither an unfinished backup nor one with a file cut short stands for a good one."""
    store = BackupStore.open(str(tmp_path))
    add_backup(store, NOW - timedelta(days=300))
    good = add_backup(store, NOW - timedelta(days=200))
    cut = add_backup(store, NOW - timedelta(days=100))
    (tmp_path / cut / "database.dump").write_bytes(b"row")
    add_backup(store, NOW - timedelta(days=50), is_finished=False)
    prune_backups(store, SHORT, NOW, ZONE)
    assert store.ids() == (good,)


def test_the_last_verified_one_stays_beside_the_last_whole_one(tmp_path: Path) -> None:
    """A backup that was once restored is worth more than newer ones of which nobody knows."""
    store = BackupStore.open(str(tmp_path))
    verified = add_backup(store, NOW - timedelta(days=300))
    mark_verified(store, verified, NOW)
    add_backup(store, NOW - timedelta(days=200))
    newest = add_backup(store, NOW - timedelta(days=100))
    assert [each.is_verified for each in list_backups(store)] == [True, False, False]
    prune_backups(store, SHORT, NOW, ZONE)
    assert store.ids() == (verified, newest)


def test_a_backup_that_is_being_made_is_left_alone(tmp_path: Path) -> None:
    """Unfinished ones go after two days."""
    store = BackupStore.open(str(tmp_path))
    good = add_backup(store, NOW - timedelta(hours=1))
    under_way = add_backup(store, NOW - timedelta(hours=2), is_finished=False)
    add_backup(store, NOW - timedelta(days=3), is_finished=False)
    prune_backups(store, SHORT, NOW, ZONE)
    assert set(store.ids()) == {good, under_way}


def test_other_files_in_the_directory_are_no_backups(tmp_path: Path) -> None:
    """What somebody else keeps there is neither listed nor deleted."""
    store = BackupStore.open(str(tmp_path))
    (tmp_path / "holiday pictures").mkdir()
    (tmp_path / "20200101T000000Z").mkdir()
    good = add_backup(store, NOW)
    prune_backups(store, SHORT, NOW, ZONE)
    assert [each.id for each in list_backups(store)] == [good]
    assert {path.name for path in tmp_path.iterdir()} == {"holiday pictures", "20200101T000000Z", good}

"""Lists backups, and deletes those that are no longer kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import orjson

from warehouse.backup.errors import BackupRefusedError
from warehouse.backup.manifest import MANIFEST, Manifest, read_manifest
from warehouse.backup.retention import Retention
from warehouse.backup.store import BackupStore, made_at

VERIFIED: Final = "verified.json"
"""File in a backup which says that it was restored into a scratch database and found equal."""

_UNFINISHED_FOR: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Listed:
    """One backup in the list.

    Attributes:
        id: Name of the backup.
        made_at: When the backup was begun.
        manifest: List of its files; None if the backup is unfinished or damaged, or a file has another size.
        is_verified: Whether the backup was restored once and found equal.
    """

    id: str
    made_at: datetime
    manifest: Manifest | None
    is_verified: bool


def list_backups(store: BackupStore) -> tuple[Listed, ...]:
    """Return all backups, oldest first."""
    return tuple(
        Listed(each, made_at(each), _whole_manifest(store, each), store.size(each, VERIFIED) is not None)
        for each in store.ids()
    )


def _whole_manifest(store: BackupStore, backup_id: str) -> Manifest | None:
    try:
        manifest = read_manifest(store, backup_id)
    except BackupRefusedError:
        return None
    sizes_agree = all(store.size(backup_id, name) == entry.size for name, entry in manifest.files.items())
    return manifest if sizes_agree else None


def mark_verified(store: BackupStore, backup_id: str, now: datetime) -> None:
    """Record that a backup was restored into a scratch database and found equal."""
    if store.size(backup_id, VERIFIED) is None:
        with store.writing(backup_id, VERIFIED) as file:
            file.write(orjson.dumps({"verified_at": now}))


def prune_backups(store: BackupStore, retention: Retention, now: datetime, time_zone: str) -> tuple[str, ...]:
    """Delete the backups that are no longer kept, and return their names.

    The newest complete backup and the newest verified backup always stay, however old they are. An incomplete backup is
    deleted only two days after its begin, because it may still be in the making.
    """
    listed = list_backups(store)
    gone = superfluous(listed, retention, now, time_zone)
    for backup_id in gone:
        store.delete(backup_id, MANIFEST)
    return gone


def superfluous(listed: Iterable[Listed], retention: Retention, now: datetime, time_zone: str) -> tuple[str, ...]:
    """Return the names of the backups that are no longer kept."""
    backups = sorted(listed, key=lambda each: each.id)
    whole = [each for each in backups if each.manifest is not None]
    kept = retention.kept((each.made_at for each in whole), now, time_zone)
    last_verified = [each.id for each in whole if each.is_verified][-1:]
    last_good = [each.id for each in whole][-1:]
    return tuple(
        each.id
        for each in backups
        if each.id not in {*last_verified, *last_good}
        and (each.made_at not in kept if each.manifest is not None else now - each.made_at > _UNFINISHED_FOR)
    )

"""Delete the backups that nobody wants any more."""

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
"""Written beside a backup once it has been restored into a scratch database and found equal."""

_UNFINISHED_FOR: Final = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Listed:
    """One backup in the list.

    Attributes:
        id: Its name.
        made_at: When it was begun.
        manifest: Its files; None if it is not whole: unfinished, damaged, or a file of it has another size.
        is_verified: Whether it was once restored and found equal.
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
    """Write down that a backup was restored into a scratch database and found equal."""
    if store.size(backup_id, VERIFIED) is None:
        with store.writing(backup_id, VERIFIED) as file:
            file.write(orjson.dumps({"verified_at": now}))


def prune_backups(store: BackupStore, retention: Retention, now: datetime, time_zone: str) -> tuple[str, ...]:
    """Delete the backups that are no longer kept, and return their names.

    The newest whole backup stays, and so does the newest that was verified, however old they are. Those that are not
    whole go two days after they were begun: a backup may be being made at this moment.
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

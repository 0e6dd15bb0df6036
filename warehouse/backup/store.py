"""The store of backups: a directory, `s3://` or `gs://`, with one directory for each backup."""

import re
import secrets
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Final, Self

from storage.store import Purpose, Store
from warehouse.backup.errors import BackupStoreError

_BACKUPS: Final = Purpose("the place of the backups", "SUPPORT_BACKUP_URL", BackupStoreError)
_ID: Final = re.compile(r"(\d{8}T\d{6}Z)-[0-9a-f]{8}")
_STAMP: Final = "%Y%m%dT%H%M%SZ"


def new_id(now: datetime) -> str:
    """Return a name that sorts by time and is unique even if two backups begin at the same moment."""
    return f"{now.astimezone(UTC):{_STAMP}}-{secrets.token_hex(4)}"


def made_at(backup_id: str) -> datetime:
    """Return when a backup was begun, from its name.

    Raises:
        BackupStoreError: If this is not the name of a backup.
    """
    match = _ID.fullmatch(backup_id)
    if match is None:
        message = f"{backup_id!r} is not the name of a backup."
        raise BackupStoreError(message, "`support-analytics db backups` lists them.")
    return datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class BackupStore:
    """The files of all backups below one address.

    Attributes:
        files: All of them, each named by its backup and its own name.
    """

    files: Store

    @classmethod
    def open(cls, url: str) -> Self:
        """Open a directory, `s3://bucket/path` or `gs://bucket/path`; nothing is read yet.

        Raises:
            BackupStoreError: If the address cannot be used.
        """
        return cls(Store.open(url, _BACKUPS))

    def ids(self) -> tuple[str, ...]:
        """Return the names of all backups, whole or not, oldest first."""
        return tuple(name for name in self.files.names() if _ID.fullmatch(name))

    def writing(self, backup_id: str, name: str) -> AbstractContextManager[IO[bytes]]:
        """Yield a new file; on a disk it is safe there afterwards, and only its owner may read it."""
        return self.files.writing(_name(backup_id, name))

    def reading(self, backup_id: str, name: str) -> AbstractContextManager[IO[bytes]]:
        """Yield a file, read a piece at a time."""
        return self.files.reading(_name(backup_id, name))

    def read(self, backup_id: str, name: str, limit: int) -> bytes | None:
        """Return the content of a small file, up to a number of bytes; None if there is no such file."""
        if self.size(backup_id, name) is None:
            return None
        with self.reading(backup_id, name) as file, self.files.reaching():
            return file.read(limit)

    def size(self, backup_id: str, name: str) -> int | None:
        """Return the size of a file in bytes; None if it is not there."""
        return self.files.size(_name(backup_id, name))

    def delete(self, backup_id: str, first: str) -> None:
        """Delete a backup, one file of it before all others: without that one it is none any more."""
        self.files.delete(_name(backup_id, first))
        self.files.delete(backup_id)


def _name(backup_id: str, name: str) -> str:
    made_at(backup_id)
    return f"{backup_id}/{name}"

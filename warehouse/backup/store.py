"""The store of backups: a directory, `s3://` or `gs://`, with one directory for each backup."""

import contextlib
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final, Self

import fsspec
from fsspec.implementations.local import LocalFileSystem

from warehouse.backup.errors import BackupStoreError
from warehouse.backup.streams import CHUNK_BYTES

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
        filesystem: fsspec file system.
        root: Path of the backups in the file system.
    """

    filesystem: Any
    root: str

    @classmethod
    def open(cls, url: str) -> Self:
        """Open a directory, `s3://bucket/path` or `gs://bucket/path`; nothing is read yet.

        Raises:
            BackupStoreError: If the address cannot be used.
        """
        try:
            filesystem, root = fsspec.core.url_to_fs(url, use_listings_cache=False, skip_instance_cache=True)
        except ImportError as error:
            message = "The address of the backups needs a package that is not installed."
            raise BackupStoreError(message, "Run `./run extra s3` for s3://, `./run extra gcs` for gs://.") from error
        except ValueError as error:
            message = "SUPPORT_BACKUP_URL is not an address."
            raise BackupStoreError(message, "Use a directory, s3://bucket/path or gs://bucket/path.") from error
        return cls(filesystem, root.rstrip("/"))

    def ids(self) -> tuple[str, ...]:
        """Return the names of all backups, complete or not, oldest first."""
        with reaching():
            try:
                entries = self.filesystem.ls(self.root, detail=False)
            except FileNotFoundError:
                return ()
        names = {str(entry).rstrip("/").rpartition("/")[2] for entry in entries}
        return tuple(sorted(name for name in names if _ID.fullmatch(name)))

    @contextlib.contextmanager
    def writing(self, backup_id: str, name: str) -> Iterator[IO[bytes]]:
        """Yield a new file. On a disk it is synced when the block ends, and only its owner may read it."""
        path = self._path(backup_id, name)
        if isinstance(self.filesystem, LocalFileSystem):
            with reaching():
                _make_private(Path(self.root))
                _make_private(Path(path).parent)
                descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
        else:
            with reaching():
                file = self.filesystem.open(path, "wb")
            yield file
            # On an error the object is not closed, so it never appears: an object store shows only complete objects.
            with reaching():
                file.close()

    @contextlib.contextmanager
    def reading(self, backup_id: str, name: str) -> Iterator[IO[bytes]]:
        """Yield a file, read a piece at a time."""
        with reaching():
            file = self.filesystem.open(self._path(backup_id, name), "rb", block_size=CHUNK_BYTES * 16)
        with file:
            yield file

    def read(self, backup_id: str, name: str, limit: int) -> bytes | None:
        """Return the content of a small file, up to a number of bytes; None if there is no such file."""
        if self.size(backup_id, name) is None:
            return None
        with self.reading(backup_id, name) as file, reaching():
            return file.read(limit)

    def size(self, backup_id: str, name: str) -> int | None:
        """Return the size of a file in bytes; None if there is no such file."""
        with reaching():
            try:
                return int(self.filesystem.info(self._path(backup_id, name))["size"])
            except (FileNotFoundError, NotADirectoryError):
                return None

    def delete(self, backup_id: str, first: str) -> None:
        """Delete a backup. The file `first` goes first: without it the rest no longer counts as a backup."""
        with reaching():
            with contextlib.suppress(FileNotFoundError):
                self.filesystem.rm_file(self._path(backup_id, first))
            with contextlib.suppress(FileNotFoundError):
                self.filesystem.rm(f"{self.root}/{backup_id}", recursive=True)

    def _path(self, backup_id: str, name: str) -> str:
        made_at(backup_id)
        return f"{self.root}/{backup_id}/{name}"


def _make_private(directory: Path) -> None:
    if not directory.exists():
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)


@contextlib.contextmanager
def reaching() -> Iterator[None]:
    """Turn any error of a store's client into a BackupStoreError; the clients' errors have no common base class."""
    try:
        yield
    except BackupStoreError:
        raise
    except Exception as error:
        message = f"The backups' directory or bucket cannot be reached or written ({type(error).__name__})."
        raise BackupStoreError(
            message, "Check SUPPORT_BACKUP_URL, the network, the free space and the permissions."
        ) from error

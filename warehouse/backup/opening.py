"""A backup that is there: checked whole before anything is done with it."""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, Final

from warehouse.backup.encryption import decrypt
from warehouse.backup.errors import BackupError, BackupRefusedError
from warehouse.backup.inventory import Inventory
from warehouse.backup.making import INVENTORY, stored_name
from warehouse.backup.manifest import FileEntry, Manifest, read_manifest
from warehouse.backup.store import BackupStore
from warehouse.backup.streams import Tally, TallyingReader, copy
from warehouse.migrations import revisions

_INVENTORY_LIMIT_BYTES: Final = 50_000_000


@dataclass(frozen=True, slots=True)
class StoredBackup:
    """One backup of a store.

    Attributes:
        store: Where it is.
        id: Its name.
        manifest: Its files.
        identities: Secret keys of age; none where it is not encrypted.
    """

    store: BackupStore
    id: str
    manifest: Manifest
    identities: Sequence[Any] = ()

    def has(self, name: str) -> bool:
        """Say whether it has a file of that plain name."""
        return stored_name(name, is_encrypted=self.manifest.is_encrypted) in self.manifest.files

    def require_version(self, major: int) -> None:
        """Check that a server and this version of the product can take it in.

        Raises:
            BackupRefusedError: If not.
        """
        if self.manifest.postgresql != major:
            message = f"The backup is of PostgreSQL {self.manifest.postgresql}, and this server is PostgreSQL {major}."
            raise BackupRefusedError(message, "Restore it to a server of its own version.")
        if self.manifest.revision not in revisions():
            message = f"The backup's schema is revision {self.manifest.revision}, which this version does not know."
            raise BackupRefusedError(message, "Install the version of the product that made it, or a later one.")

    def require_whole(self) -> None:
        """Read every file to its end, and compare it with the manifest.

        Raises:
            BackupRefusedError: If one is missing, cut short, altered, or not to be opened with the keys given.
        """
        for stored, entry in self.manifest.files.items():
            size = self.store.size(self.id, stored)
            if size != entry.size:
                how = "is missing" if size is None else "is cut short" if size < entry.size else "was added to"
                message = f"{stored} of the backup {self.id} {how}."
                raise BackupRefusedError(message, "Take another backup.")
        for stored in self.manifest.files:
            self._pass_on(stored, _nowhere)

    def inventory(self) -> Inventory:
        """Return what its database held."""
        pieces: list[bytes] = []
        self.pass_on(INVENTORY, pieces.append)
        return Inventory.from_json(b"".join(pieces))

    def content(self, name: str) -> bytes:
        """Return a small file."""
        pieces: list[bytes] = []
        self.pass_on(name, pieces.append)
        return b"".join(pieces)

    def pass_on(self, name: str, write: Callable[[bytes], object]) -> None:
        """Pass a file's plain bytes on as they are read.

        Raises:
            BackupRefusedError: At its end, if it was not what the manifest says.
        """
        self._pass_on(stored_name(name, is_encrypted=self.manifest.is_encrypted), write)

    @contextmanager
    def reading(self, name: str) -> Iterator[IO[bytes]]:
        """Yield a file's plain bytes to read; leave the block only when all has been read.

        Raises:
            BackupRefusedError: On leaving, if it was not what the manifest says.
        """
        read_descriptor, write_descriptor = os.pipe()
        failures: list[BackupError | OSError] = []

        def feed() -> None:
            try:
                with os.fdopen(write_descriptor, "wb") as target:
                    self.pass_on(name, target.write)
            except (BackupError, OSError) as error:
                failures.append(error)

        thread = threading.Thread(target=feed)
        thread.start()
        try:
            with os.fdopen(read_descriptor, "rb") as source:
                yield source
                copy(source.read, _nowhere)
        finally:
            thread.join()
        if failures:
            raise failures[0]

    def _pass_on(self, stored: str, write: Callable[[bytes], object]) -> None:
        tally = Tally()
        with self.store.reading(self.id, stored) as file:
            reader = TallyingReader(file, tally)
            try:
                decrypt(reader, self.identities if self.manifest.is_encrypted else (), write)
            except BackupRefusedError:
                # A damaged file is damaged, whatever the key; only a whole one tells about the key.
                copy(reader.read, _nowhere)
                self._require_unchanged(stored, tally)
                raise
            copy(reader.read, _nowhere)
        self._require_unchanged(stored, tally)

    def _require_unchanged(self, stored: str, tally: Tally) -> None:
        if self.manifest.files.get(stored) != FileEntry.of(tally):
            message = f"{stored} of the backup {self.id} is damaged: its SHA-256 is another."
            raise BackupRefusedError(message, "Take another backup.")


def open_backup(store: BackupStore, backup_id: str, identities: Sequence[Any]) -> StoredBackup:
    """Open a backup; only its list of files is read.

    Raises:
        BackupRefusedError: If it is not whole, or is encrypted and no key was given.
    """
    manifest = read_manifest(store, backup_id)
    if manifest.is_encrypted and not identities:
        message = f"The backup {backup_id} is encrypted, and no key was given."
        raise BackupRefusedError(message, "Give the file with its secret key: --identity FILE.")
    return StoredBackup(store, backup_id, manifest, identities)


def _nowhere(_piece: bytes) -> None:
    return None

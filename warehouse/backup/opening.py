"""Opens a stored backup, checks that it is complete, and reads its files."""

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
    """One backup in a store.

    Attributes:
        store: The store it is in.
        id: Name of the backup.
        manifest: List of its files.
        identities: Secret keys of age; empty if the backup is not encrypted.
    """

    store: BackupStore
    id: str
    manifest: Manifest
    identities: Sequence[Any] = ()

    def has(self, name: str) -> bool:
        """Say whether the backup has a file of this name (without the suffix of encrypted files)."""
        return stored_name(name, is_encrypted=self.manifest.is_encrypted) in self.manifest.files

    def require_version(self, major: int) -> None:
        """Check that the backup fits a server and this version of the product.

        Raises:
            BackupRefusedError: If the backup does not fit.
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
            BackupRefusedError: If a file is missing, cut short, altered, or cannot be decrypted with the keys given.
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
        """Return the inventory of the backup's database."""
        pieces: list[bytes] = []
        self.pass_on(INVENTORY, pieces.append)
        return Inventory.from_json(b"".join(pieces))

    def content(self, name: str) -> bytes:
        """Return the content of a small file, decrypted."""
        pieces: list[bytes] = []
        self.pass_on(name, pieces.append)
        return b"".join(pieces)

    def pass_on(self, name: str, write: Callable[[bytes], object]) -> None:
        """Pass a file's decrypted bytes on as they are read.

        Raises:
            BackupRefusedError: At the end of the file, if its size or hash differs from the manifest.
        """
        self._pass_on(stored_name(name, is_encrypted=self.manifest.is_encrypted), write)

    @contextmanager
    def reading(self, name: str) -> Iterator[IO[bytes]]:
        """Yield a file's decrypted bytes to read; leave the block only when all bytes have been read.

        Raises:
            BackupRefusedError: When the block is left, if the file's size or hash differs from the manifest.
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
                # A damaged file cannot be decrypted with any key. Only if the file is undamaged is the key to blame.
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
    """Open a backup; this reads only its list of files.

    Raises:
        BackupRefusedError: If the backup is not complete, or is encrypted and no key was given.
    """
    manifest = read_manifest(store, backup_id)
    if manifest.is_encrypted and not identities:
        message = f"The backup {backup_id} is encrypted, and no key was given."
        raise BackupRefusedError(message, "Give the file with its secret key: --identity FILE.")
    return StoredBackup(store, backup_id, manifest, identities)


def _nowhere(_piece: bytes) -> None:
    return None

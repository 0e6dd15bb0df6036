"""The list of a backup's files. It is written last, so a backup without it does not count."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final, Self

import orjson

from warehouse.backup.errors import BackupRefusedError
from warehouse.backup.store import BackupStore
from warehouse.backup.streams import Tally

MANIFEST: Final = "manifest.json"
_FORMAT: Final = 1
_LIMIT_BYTES: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class FileEntry:
    """Size in bytes of one file as it is stored, and its SHA-256 in hex."""

    size: int
    sha256: str

    @classmethod
    def of(cls, tally: Tally) -> Self:
        """Return the entry of a file that was counted and hashed."""
        return cls(tally.size, tally.sha256)


@dataclass(frozen=True, slots=True)
class Manifest:
    """The list of a backup's files. It is not encrypted, so it holds none of the desk's numbers; the inventory does.

    Attributes:
        made_at: When the backup was begun.
        postgresql: Major version of the server.
        revision: Revision of the schema.
        is_encrypted: Whether the files are encrypted with age.
        files: Stored name -> size and hash.
    """

    made_at: datetime
    postgresql: int
    revision: str
    is_encrypted: bool
    files: Mapping[str, FileEntry]

    @property
    def size(self) -> int:
        """Size of all files together, in bytes."""
        return sum(entry.size for entry in self.files.values())

    def to_json(self) -> bytes:
        """Return the manifest as a JSON object, inside another one that holds its SHA-256."""
        content = orjson.dumps({"format": _FORMAT, **asdict(self)}, option=orjson.OPT_SORT_KEYS).decode()
        return orjson.dumps({"manifest": content, "sha256": hashlib.sha256(content.encode()).hexdigest()})

    @classmethod
    def from_json(cls, data: bytes) -> Self:
        """Read a manifest.

        Raises:
            BackupRefusedError: If the manifest is damaged, or of another version of the product.
        """
        try:
            sealed = orjson.loads(data)
            content = str(sealed["manifest"])
            is_whole = hashlib.sha256(content.encode()).hexdigest() == sealed["sha256"]
            fields = orjson.loads(content) if is_whole else {}
        except (ValueError, TypeError, KeyError) as error:
            message = "The list of the backup's files is damaged."
            raise BackupRefusedError(message, "Take another backup.") from error
        if not is_whole:
            message = "The list of the backup's files is damaged."
            raise BackupRefusedError(message, "Take another backup.")
        return cls._from_fields(fields)

    @classmethod
    def _from_fields(cls, fields: dict[str, object]) -> Self:
        if fields.pop("format", None) != _FORMAT:
            message = "The backup was made by another version of the product."
            raise BackupRefusedError(message, "Restore it with the version that made it, then migrate.")
        try:
            entries = orjson.loads(orjson.dumps(fields.pop("files")))
            files = {str(name): FileEntry(**entry) for name, entry in entries.items()}
            began = datetime.fromisoformat(str(fields.pop("made_at")))
            return cls(made_at=began, files=files, **fields)  # type: ignore[arg-type] # checked by the hash around it
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            message = "The list of the backup's files cannot be read."
            raise BackupRefusedError(message, "Take another backup.") from error


def read_manifest(store: BackupStore, backup_id: str) -> Manifest:
    """Read the manifest of a backup.

    Raises:
        BackupRefusedError: If the manifest is missing, or cannot be used.
    """
    content = store.read(backup_id, MANIFEST, _LIMIT_BYTES)
    if content is None:
        message = f"The backup {backup_id} was never finished, or is not there."
        raise BackupRefusedError(message, "`support-analytics db backups` lists those that are whole.")
    return Manifest.from_json(content)

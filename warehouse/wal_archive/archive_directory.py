"""The directory of the archive: its layout, and which files can be deleted.

Layout::

    system_identifier        identifier of the database server that it belongs to
    wal/                     segments of the write-ahead log; the last one still grows
    base/20261125T020311Z/   one base backup; base.json is written last, when it is complete
        files/               the server's files as tar, and PostgreSQL's own manifest
    until_20261125_090000/   an older archive, ended by a recovery or a gap in the log
"""

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Self

import orjson

from analytics.instants import instant_text
from warehouse.wal_archive.errors import ArchiveStoreError, NotRecoverableError

PARTIAL: Final = ".partial"
_SEGMENT: Final = re.compile(r"[0-9A-F]{24}(\.partial)?")
_ENTRY: Final = "base.json"
_IDENTIFIER: Final = "system_identifier"


@dataclass(frozen=True, slots=True, order=True)
class BaseBackup:
    """A copy of the server's files. A recovery starts from it and replays the log.

    Attributes:
        ended_at: The earliest instant that can be recovered to from this copy.
        first_segment: The first segment of the log that a recovery needs.
        directory: Directory of its files.
    """

    ended_at: datetime
    first_segment: str
    directory: Path

    @property
    def files(self) -> Path:
        """Directory of the files that `pg_basebackup` wrote."""
        return self.directory / "files"

    @classmethod
    def read(cls, directory: Path) -> Self | None:
        """Return a base backup; None if it was not finished."""
        try:
            fields = orjson.loads((directory / _ENTRY).read_bytes())
            return cls(datetime.fromisoformat(fields["ended_at"]), str(fields["first_segment"]), directory)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self) -> None:
        """Write base.json, which marks the base backup as finished."""
        staging = self.directory / f"{_ENTRY}.new"
        staging.write_bytes(orjson.dumps({"ended_at": self.ended_at, "first_segment": self.first_segment}))
        staging.replace(self.directory / _ENTRY)


@dataclass(frozen=True, slots=True)
class ArchiveDirectory:
    """An archive.

    Attributes:
        root: Its directory.
    """

    root: Path

    @property
    def wal(self) -> Path:
        """The log's segments."""
        return self.root / "wal"

    @property
    def base(self) -> Path:
        """The base backups."""
        return self.root / "base"

    def prepare(self, system_identifier: int) -> None:
        """Make the directories, and check that the archive belongs to this server.

        Args:
            system_identifier: PostgreSQL's own identifier of the server.

        Raises:
            ArchiveStoreError: If the directories cannot be made, or the archive belongs to another server.
        """
        path = self.root / _IDENTIFIER
        try:
            for directory in (self.root, self.wal, self.base):
                directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not path.exists():
                path.write_text(f"{system_identifier}\n", encoding="ascii")
            known = path.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError) as error:
            message = f"The archive {self.root} cannot be used: {error}."
            raise ArchiveStoreError(message, "Name another directory in SUPPORT_WAL_ARCHIVE.") from error
        if known != str(system_identifier):
            message = f"The archive {self.root} belongs to another database."
            raise ArchiveStoreError(message, "Name another directory in SUPPORT_WAL_ARCHIVE, or move this one away.")

    def bases(self) -> list[BaseBackup]:
        """Return the finished base backups, oldest first."""
        if not self.base.is_dir():
            return []
        return sorted(found for path in self.base.iterdir() if (found := BaseBackup.read(path)) is not None)

    def segments(self) -> list[Path]:
        """Return the log's segments in order; a segment that still grows comes last."""
        if not self.wal.is_dir():
            return []
        return sorted(path for path in self.wal.iterdir() if _SEGMENT.fullmatch(path.name))

    def histories(self) -> list[Path]:
        """Return the history files, which record where the log branched; each recovery begins a new branch."""
        return sorted(self.wal.glob("*.history"))

    def written_until(self) -> datetime | None:
        """Return when the log was last written to; None if there is no log."""
        last = max((path.stat().st_mtime for path in self.segments()), default=None)
        return None if last is None else datetime.fromtimestamp(last, UTC)

    def base_for(self, moment: datetime | None) -> BaseBackup:
        """Return the base backup that a recovery starts from.

        Args:
            moment: The moment to recover to; None means the end of the log.

        Raises:
            NotRecoverableError: If the archive begins after that moment, or has no base backup.
        """
        bases = self.bases()
        if not bases:
            message = f"The archive {self.root} has no finished base backup."
            raise NotRecoverableError(message, "Recover from a backup: support-analytics db restore.")
        usable = [base for base in bases if moment is None or base.ended_at <= moment]
        if not usable:
            begins = instant_text(bases[0].ended_at, moment.tzinfo if moment else None, "seconds")
            message = f"The archive begins at {begins}, after the moment asked for."
            raise NotRecoverableError(message, "Choose a later moment, or a backup: support-analytics db restore.")
        return usable[-1]

    def prune(self, keep: int) -> Sequence[str]:
        """Delete older base backups and the log that only they need; return the names of the deleted base backups.

        Args:
            keep: Number of base backups that stay.
        """
        bases = self.bases()
        for path in self.base.iterdir():
            if BaseBackup.read(path) is None:
                shutil.rmtree(path, ignore_errors=True)
        kept, gone = bases[-keep:], bases[:-keep]
        for base in gone:
            shutil.rmtree(base.directory, ignore_errors=True)
        for segment in self.segments():
            if kept and segment.name < kept[0].first_segment:
                segment.unlink(missing_ok=True)
        return [base.directory.name for base in gone]

    def set_aside(self, now: datetime) -> Path | None:
        """Move the archive into a directory of its own, and return that directory; None if the archive was empty.

        A new archive is needed after a gap in the log, and after a recovery, because the old log does not lead to the
        present database.
        """
        if not self.bases() and not self.segments():
            return None
        target = self.root / f"until_{now:%Y%m%d_%H%M%S_%f}"
        target.mkdir(mode=0o700)
        for path in (self.wal, self.base, self.root / _IDENTIFIER):
            if path.exists():
                path.rename(target / path.name)
        return target

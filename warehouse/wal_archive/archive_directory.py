"""The directory of the archive: what lies where, and which of it may go.

Layout::

    system_identifier        the database server it belongs to
    wal/                     segments of the write-ahead log, the last of them still growing
    base/20261125T020311Z/   one base backup; base.json, written last, says that it is whole
        files/               the server's files as tar, and PostgreSQL's own manifest
    until_20261125_090000/   what a recovery, or a gap in the log, has put an end to
"""

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Self

import orjson

from warehouse.wal_archive.errors import ArchiveStoreError, NotRecoverableError

PARTIAL: Final = ".partial"
_SEGMENT: Final = re.compile(r"[0-9A-F]{24}(\.partial)?")
_ENTRY: Final = "base.json"
_IDENTIFIER: Final = "system_identifier"


@dataclass(frozen=True, slots=True, order=True)
class BaseBackup:
    """A whole copy of the server's files, from which the log is played on.

    Attributes:
        ended_at: The first instant it can be recovered to.
        first_segment: The segment of the log it begins in.
        directory: Where its files are.
    """

    ended_at: datetime
    first_segment: str
    directory: Path

    @property
    def files(self) -> Path:
        """What `pg_basebackup` wrote."""
        return self.directory / "files"

    @classmethod
    def read(cls, directory: Path) -> Self | None:
        """Return a base backup; None if it never was finished."""
        try:
            fields = orjson.loads((directory / _ENTRY).read_bytes())
            return cls(datetime.fromisoformat(fields["ended_at"]), str(fields["first_segment"]), directory)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self) -> None:
        """Finish it: what has no such file does not count."""
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
        """Make the directories, and make sure that they are this server's.

        Args:
            system_identifier: PostgreSQL's own number of the server.

        Raises:
            ArchiveStoreError: If they cannot be made, or belong to another server.
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
        """Return the log's segments in order, a growing one last."""
        if not self.wal.is_dir():
            return []
        return sorted(path for path in self.wal.iterdir() if _SEGMENT.fullmatch(path.name))

    def histories(self) -> list[Path]:
        """Return the files that say where the log branched, as it does with each recovery."""
        return sorted(self.wal.glob("*.history"))

    def written_until(self) -> datetime | None:
        """Return when the log was last written to; None if there is none."""
        last = max((path.stat().st_mtime for path in self.segments()), default=None)
        return None if last is None else datetime.fromtimestamp(last, UTC)

    def base_for(self, moment: datetime | None) -> BaseBackup:
        """Return the base backup that a recovery starts from.

        Args:
            moment: What to recover to; None is the end of the log.

        Raises:
            NotRecoverableError: If the archive begins later, or has no base backup.
        """
        bases = self.bases()
        if not bases:
            message = f"The archive {self.root} has no finished base backup."
            raise NotRecoverableError(message, "Recover from a backup: support-analytics db restore.")
        usable = [base for base in bases if moment is None or base.ended_at <= moment]
        if not usable:
            message = f"The archive begins at {bases[0].ended_at:%Y-%m-%d %H:%M:%S} UTC, later than what was asked for."
            raise NotRecoverableError(message, "Choose a later moment, or a backup: support-analytics db restore.")
        return usable[-1]

    def prune(self, keep: int) -> Sequence[str]:
        """Delete what only recoveries from older base backups would need, and return the names of these.

        Args:
            keep: How many base backups stay.
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
        """Put what is there into a directory of its own, and return that; None if there was nothing.

        A log that has a gap, or that goes on another way after a recovery, is of no use for what comes next.
        """
        if not self.bases() and not self.segments():
            return None
        target = self.root / f"until_{now:%Y%m%d_%H%M%S_%f}"
        target.mkdir(mode=0o700)
        for path in (self.wal, self.base, self.root / _IDENTIFIER):
            if path.exists():
                path.rename(target / path.name)
        return target

"""Recovers the embedded server to a moment: restores a base backup, and replays the log from there."""

import gzip
import os
import shutil
import tarfile
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Final

import psycopg2
import sqlalchemy as sa

from analytics.instants import instant_text
from warehouse.embedded.cluster import ClusterFiles, write_private
from warehouse.embedded.directory_lock import DirectoryLock
from warehouse.embedded.errors import ServerInUseError, ServerStartError
from warehouse.embedded.postgres import EmbeddedPostgres
from warehouse.embedded.programs import server_account
from warehouse.engine import create_engine_for
from warehouse.wal_archive.archive_directory import PARTIAL, ArchiveDirectory, BaseBackup
from warehouse.wal_archive.errors import ArchiveStoreError, ArchiveToolError, NotRecoverableError
from warehouse.wal_archive.following import PASSWORD, run_program, segment_of

_POLL_SECONDS: Final = 0.1
_TIMELINE_DIGITS: Final = 8
_PIECE_BYTES: Final = 1 << 20
_DAMAGED_HINT: Final = "Try another moment, or a backup: support-analytics db restore."


@dataclass(frozen=True, slots=True)
class Recovered:
    """The result of a recovery.

    Attributes:
        base: The base backup that it started from.
        last_change: Instant of the last recovered change; None if the log had none.
        set_aside: Directory of the server's earlier files; None if there were none.
        archive_set_aside: Directory to which the archive was moved.
    """

    base: BaseBackup
    last_change: datetime | None
    set_aside: Path | None
    archive_set_aside: Path | None


def recover(
    data_dir: Path, archive: ArchiveDirectory, until: datetime | None, now: datetime, say: Callable[[str], None]
) -> Recovered:
    """Replace the present database by its state at an earlier moment; the present one is set aside.

    Args:
        data_dir: The data directory; its server must not run.
        archive: The archive.
        until: The moment, with a time zone; None means the end of the log.
        now: The present instant; what is set aside is named by it.
        say: Takes one short line of progress at a time.

    Raises:
        ServerInUseError: If the server runs.
        NotRecoverableError: If the archive does not reach the moment or is damaged. Nothing was changed.
        ArchiveStoreError: If there is no space to unpack the base backup. Nothing was changed.
    """
    files = ClusterFiles(data_dir.absolute() / "postgresql")
    files.prepare()
    with _stopped(files):
        base = archive.base_for(until)
        say("checking the base backup")
        _verify(base)
        scratch = files.root / "recovery"
        shutil.rmtree(scratch, ignore_errors=True)
        try:
            recovered = ClusterFiles(scratch / "postgresql")
            say("unpacking the base backup")
            _unpack(base, archive, recovered)
            say("playing the log")
            last_change = _play(scratch, archive, until)
            return Recovered(base, last_change, _swap(files, recovered, now), archive.set_aside(now))
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


@contextmanager
def _stopped(files: ClusterFiles) -> Iterator[None]:
    with DirectoryLock(files.lock) as lock:
        if not lock.acquire():
            message = "The database is running."
            raise ServerInUseError(message, "Stop `support-analytics up` first.")
        yield


def _verify(base: BaseBackup) -> None:
    try:
        # In tar format pg_verifybackup cannot check the log inside the base backup. Replaying the log checks it.
        run_program("pg_verifybackup", ("--no-parse-wal", "--quiet", str(base.files)), {"LC_ALL": "C"})
    except ArchiveToolError as error:
        message = f"The base backup {base.directory.name} is damaged."
        raise NotRecoverableError(message, _DAMAGED_HINT) from error


def _unpack(base: BaseBackup, archive: ArchiveDirectory, target: ClusterFiles) -> None:
    target.prepare()
    account = server_account(target.cluster)
    _extract(base.files / "base.tar.gz", target.cluster)
    wal = target.cluster / "pg_wal"
    _extract(base.files / "pg_wal.tar.gz", wal)
    for history in archive.histories():
        shutil.copyfile(history, wal / history.name)
    for segment in archive.segments():
        if segment.name >= base.first_segment:
            shutil.copyfile(segment, wal / segment.name.removesuffix(PARTIAL))
    (target.cluster / "recovery.signal").touch(mode=0o600)
    target.cluster.chmod(0o700)
    write_private(target.password, (base.directory / PASSWORD).read_text(encoding="ascii"))
    if account is not None:
        for path in (target.cluster, *target.cluster.rglob("*")):
            os.chown(path, account.uid, account.gid)


def _extract(packed: Path, target: Path) -> None:
    name = packed.parent.parent.name
    try:
        with gzip.open(packed) as plain, tarfile.open(fileobj=plain) as tar:
            for member in tar:
                _extract_member(tar, member, target)
            # The tar ends before the gzip file does. Reading to the very end makes gzip verify its checksum.
            while plain.read(_PIECE_BYTES):
                pass
    except (gzip.BadGzipFile, zlib.error, EOFError, tarfile.TarError) as error:
        message = f"The base backup {name} is damaged: {packed.name} cannot be read to its end."
        raise NotRecoverableError(message, _DAMAGED_HINT) from error
    except OSError as error:
        message = f"The base backup {name} cannot be unpacked: {error.strerror}."
        raise ArchiveStoreError(
            message, "Check the free space on the data directory's disk, and its permissions."
        ) from error


def _extract_member(tar: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    """Write one file or directory. Checks the path itself, because Debian's Python 3.11.2 has no tar filters."""
    path, content = PurePosixPath(member.name), tar.extractfile(member) if member.isreg() else None
    if path.is_absolute() or ".." in path.parts or (content is None and not member.isdir()):
        message = f"The base backup holds {member.name}, which is no file of a database."
        raise NotRecoverableError(message, _DAMAGED_HINT)
    if content is None:
        (target / path).mkdir(mode=0o700, parents=True, exist_ok=True)
        return
    (target / path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    (target / path).touch(mode=0o600)
    with (target / path).open("wb") as file:
        shutil.copyfileobj(content, file, _PIECE_BYTES)


def _play(scratch: Path, archive: ArchiveDirectory, until: datetime | None) -> datetime | None:
    """Replay the log in a server on the scratch directory, and return the instant of the last change."""
    target = {} if until is None else {"recovery_target_time": until.astimezone(UTC).isoformat(sep=" ")}
    # The whole log is in place already, so the command that would fetch more of it always fails.
    settings = {"restore_command": "false", "recovery_target_action": "promote", **target}
    try:
        with EmbeddedPostgres(scratch, settings=settings) as server:
            last_change, position = _wait_for_promotion(server)
    except (ServerStartError, psycopg2.OperationalError, sa.exc.OperationalError) as error:
        end = archive.written_until()
        zone = None if until is None else until.tzinfo
        ends = f"; it was last written at {instant_text(end, zone, 'seconds')}" if end else ""
        message = f"The archived log could not be replayed to that moment{ends}."
        raise NotRecoverableError(message, "Leave --until out to recover all that is archived.") from error
    if until is None:
        _require_end(archive, position, last_change)
    return last_change


def _wait_for_promotion(server: EmbeddedPostgres) -> tuple[datetime | None, str]:
    """Wait until the replay has ended; return the instant of the last change, and the last position in the log."""
    engine = create_engine_for(server.url("postgres"), poolclass=sa.NullPool)
    asked = "select pg_is_in_recovery(), pg_last_xact_replay_timestamp(), pg_last_wal_replay_lsn()::text"
    while True:
        with engine.connect() as connection:
            is_in_recovery, last_change, position = connection.exec_driver_sql(asked).one()
        if not is_in_recovery:
            return last_change, position
        time.sleep(_POLL_SECONDS)


def _require_end(archive: ArchiveDirectory, position: str, last_change: datetime | None) -> None:
    """Refuse a replay that ended before the archive ends: PostgreSQL takes a damaged segment for the end of the log."""
    played = segment_of(0, position)[_TIMELINE_DIGITS:]
    # A segment that still grows is left out: it may hold only the beginning of a record.
    whole = [path.name[_TIMELINE_DIGITS:] for path in archive.segments() if not path.name.endswith(PARTIAL)]
    if whole and played < whole[-1]:
        changed = instant_text(last_change, UTC, "seconds") if last_change else "the base backup"
        message = (
            f"The archived log is damaged: it can be replayed only until {changed}, although it goes on after that."
        )
        raise NotRecoverableError(message, "Recover until a moment before that with --until, or restore a backup.")


def _swap(files: ClusterFiles, recovered: ClusterFiles, now: datetime) -> Path | None:
    aside = None
    if files.cluster.exists():
        aside = files.cluster.with_name(f"cluster.until_{now:%Y%m%d_%H%M%S_%f}")
        files.cluster.rename(aside)
    recovered.cluster.rename(files.cluster)
    files.password.unlink(missing_ok=True)
    recovered.password.rename(files.password)
    return aside

"""Archives the write-ahead log while it is written, and makes a base backup every few days."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import orjson
import sqlalchemy as sa

from warehouse.embedded.child_process import ChildProcess, stop_process
from warehouse.embedded.cluster import write_private
from warehouse.embedded.programs import client_program
from warehouse.engine import create_engine_for
from warehouse.libpq import libpq_variables
from warehouse.wal_archive.archive_directory import ArchiveDirectory, BaseBackup
from warehouse.wal_archive.errors import ArchiveToolError

SLOT: Final = "support_archive"
_IS_KEPT: Final = sa.text(
    "select exists (select from pg_replication_slots where slot_name = :slot and wal_status <> 'lost')"
)
_DROP_SLOT: Final = sa.text(
    "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = :slot"
)
PASSWORD: Final = "superuser_password"  # noqa: S105 - a file's name
_KEPT_BASES: Final = 2
_STOP_GRACE_SECONDS: Final = 10.0


@dataclass(frozen=True, slots=True)
class Following:
    """Archives the log of one server.

    Attributes:
        url: Address of the server, with a log-in that may replicate.
        archive: The archive to write to.
        base_age: Largest age of the newest base backup; then the next one is made.
        say: Takes one line for the log.
    """

    url: sa.URL
    archive: ArchiveDirectory
    base_age: timedelta
    say: Callable[[str], None]

    def prepare(self, now: datetime) -> None:
        """Prepare the archive, and make the server keep its log until it has been archived.

        Raises:
            ArchiveStoreError: If the directory cannot be used, or belongs to another server.
            sqlalchemy.exc.DBAPIError: If the server does not allow replication.
        """
        engine = create_engine_for(self.url, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            identifier = connection.exec_driver_sql("select system_identifier from pg_control_system()").scalar_one()
            self.archive.prepare(int(identifier))
            if connection.execute(_IS_KEPT, {"slot": SLOT}).scalar():
                return
            if aside := self.archive.set_aside(now):
                self.say(f"The log has a gap; what was archived before is in {aside.name}")
                self.archive.prepare(int(identifier))
            connection.execute(_DROP_SLOT, {"slot": SLOT})
            # pg_receivewal could create the slot, but such a slot keeps no log until the first bytes were sent.
            connection.execute(sa.text("select pg_create_physical_replication_slot(:slot, true)"), {"slot": SLOT})

    def start(self) -> "subprocess.Popen[bytes]":
        """Start `pg_receivewal`, which writes every byte of the log as soon as the server sends it."""
        arguments = (f"--directory={self.archive.wal}", f"--slot={SLOT}", "--synchronous", "--no-loop", "--no-password")
        argv = [str(client_program("pg_receivewal")), *arguments]
        return ChildProcess(argv, self._environment(), sys.stderr.fileno()).start()

    def is_base_due(self, now: datetime) -> bool:
        """Say whether it is time for a base backup."""
        bases = self.archive.bases()
        return not bases or now - bases[-1].ended_at >= self.base_age

    def make_base(self, now: datetime) -> BaseBackup:
        """Make a base backup while everything else goes on working, and delete those that are no longer needed.

        Raises:
            ArchiveToolError: If `pg_basebackup` fails.
        """
        directory = self.archive.base / f"{now:%Y%m%dT%H%M%SZ}"
        shutil.rmtree(directory, ignore_errors=True)
        directory.mkdir(mode=0o700)
        files = directory / "files"
        self._run(
            "pg_basebackup",
            f"--pgdata={files}",
            "--format=tar",
            "--compress=gzip:1",
            "--wal-method=stream",
            "--checkpoint=fast",
        )
        manifest = orjson.loads((files / "backup_manifest").read_bytes())
        span = manifest["WAL-Ranges"][0]
        # Without the password nobody could log in to a database recovered on another machine.
        write_private(directory / PASSWORD, str(self.url.password))
        base = BaseBackup(self._server_time(), segment_of(span["Timeline"], span["Start-LSN"]), directory)
        base.write()
        self.archive.prune(_KEPT_BASES)
        return base

    def _server_time(self) -> datetime:
        with create_engine_for(self.url, poolclass=sa.NullPool).connect() as connection:
            ended_at: datetime = connection.execute(sa.text("select clock_timestamp()")).scalar_one()
            return ended_at

    def _environment(self) -> dict[str, str]:
        return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", **libpq_variables(self.url)}

    def _run(self, name: str, *arguments: str) -> None:
        run_program(name, arguments, self._environment())


def run_program(name: str, arguments: Sequence[str], environment: dict[str, str]) -> None:
    """Run one of PostgreSQL's own programs to its end.

    Raises:
        ArchiveToolError: If the program fails.
    """
    done = subprocess.run(  # noqa: S603 - a fixed program of the wheel
        [client_program(name), *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        said = done.stderr.strip().splitlines() or [f"code {done.returncode}"]
        message = f"{name} failed: {said[0]}"
        raise ArchiveToolError(message, "Check the free space on the disk, its permissions, and the server.")


def segment_of(timeline: int, position: str, segment_bytes: int = 16 * 1024 * 1024) -> str:
    """Return the name of the segment that holds a position of the log.

    Args:
        timeline: PostgreSQL's number of the log's branch.
        position: Position as PostgreSQL writes it, for example ``0/2000028``.
        segment_bytes: Size of a segment.
    """
    high, low = (int(part, 16) for part in position.split("/"))
    return f"{timeline:08X}{high:08X}{low // segment_bytes:08X}"


def follow(following: Following, clock: Callable[[], datetime], pause: Callable[[], bool]) -> None:
    """Archive until told to stop.

    Args:
        following: What to archive, and where to.
        clock: Returns the present instant.
        pause: Waits a little; returns false to end the archiving.

    Raises:
        ArchiveError: If the server or the directory cannot be used any more.
    """
    following.prepare(clock())
    process = following.start()
    try:
        while process.poll() is None:
            if following.is_base_due(clock()):
                began = time.monotonic()
                base = following.make_base(clock())
                following.say(f"Base backup {base.directory.name} made in {time.monotonic() - began:.0f} s")
            if not pause():
                return
    finally:
        with contextlib.suppress(ProcessLookupError):
            stop_process(process, (signal.SIGINT,), _STOP_GRACE_SECONDS)
    message = f"pg_receivewal ended with code {process.returncode}."
    raise ArchiveToolError(message, "Is the server still there? Its own message is above.")

"""The supervised group: it comes up, comes back, and leaves nothing behind."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from tests.integration.standalone.processes import WAIT_SECONDS, eventually, is_gone

CHECKOUT = Path(__file__).parents[3]
# The real supervisor, database and services of the command line; only what a service does is made simple:
# it waits inside the database, so it is there exactly while both live.
SERVE = """
import sys
from pathlib import Path
from rich.console import Console
from standalone import serve_cli
from standalone.installation import Installation, Kind
from standalone.services import ServiceDeclaration

serve_cli.SERVICES = tuple(
    ServiceDeclaration(name, lambda _machine: ("db", "shell", "--command", "SELECT pg_sleep(600)"))
    for name in ("first", "second")
)
Installation.prepare = lambda self, bookshop, template=False: None
installation = Installation(Kind.OWN, Path(sys.argv[1]), None, Console(stderr=True))
serve_cli.serve(installation, int(sys.argv[2]), opens_browser=False)
"""


@dataclass(frozen=True, slots=True)
class Group:
    """A running supervisor and every process below it."""

    supervisor: subprocess.Popen[bytes]
    log: Path

    def members(self) -> list[psutil.Process]:
        """Return the processes that live below the supervisor now."""
        return psutil.Process(self.supervisor.pid).children(recursive=True)

    def said(self, words: str) -> bool:
        """Say whether the supervisor has printed these words."""
        return words in self.log.read_text(encoding="utf-8")


@contextlib.contextmanager
def running_group(data_dir: Path, port: int) -> Iterator[Group]:
    """Start the group and wait until it says where to look."""
    log = data_dir.with_suffix(".out")
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT), "COLUMNS": "300"}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", SERVE, str(data_dir), str(port)],
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    group = Group(process, log)
    try:
        assert eventually(lambda: group.said("Open http://") or process.poll() is not None)
        assert process.poll() is None, log.read_text(encoding="utf-8")
        yield group
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_leaves_no_process_and_a_clean_database(tmp_path: Path, free_port: int, number: signal.Signals) -> None:
    """Ctrl-C, `kill` and a closed terminal all stop every process, the database cleanly."""
    with running_group(tmp_path / "my data", free_port) as group:
        members = group.members()
        group.supervisor.send_signal(number)
        assert group.supervisor.wait(WAIT_SECONDS) == 0
        assert all(is_gone(member) for member in members)
    assert "database system is shut down" in (tmp_path / "my data" / "postgresql" / "server.log").read_text()


def test_a_service_keeps_the_first_password_out_of_what_is_logged(tmp_path: Path, free_port: int) -> None:
    """Nobody sits before it: it says where the password is, as whoever may read the file may log in."""
    (tmp_path / "data").mkdir(mode=0o700)
    kept = tmp_path / "data" / "manager_password"
    kept.write_text("a secret of nobody else", encoding="ascii")
    with running_group(tmp_path / "data", free_port) as group:
        assert group.said(str(kept))
        assert not group.said("a secret of nobody else")


def test_a_killed_supervisor_leaves_no_orphan_and_the_next_start_recovers(tmp_path: Path, free_port: int) -> None:
    """SIGKILL of the parent ends services and server, and nothing stands in the way afterwards."""
    with running_group(tmp_path / "data", free_port) as group:
        members = group.members()
        assert len(members) > 4
        group.supervisor.kill()
        assert eventually(lambda: all(is_gone(member) for member in members))
    with running_group(tmp_path / "data", free_port):
        pass


def test_a_killed_service_and_a_killed_database_come_back(tmp_path: Path, free_port: int) -> None:
    """The supervisor restarts what dies, and the services find the database where it was."""
    with running_group(tmp_path / "data", free_port) as group:
        postmaster = next(
            member
            for member in group.members()
            if member.name() == "postgres" and member.ppid() == group.supervisor.pid
        )
        assert eventually(lambda: sum(is_named(member, "psql") for member in group.members()) == 2)
        postmaster.kill()
        assert eventually(lambda: group.said("The database stopped; restarting"))
        assert eventually(lambda: group.said("The second stopped; restarting"))
        assert eventually(lambda: sum(is_named(member, "psql") for member in group.members()) == 2)


def is_named(process: psutil.Process, name: str) -> bool:
    """Say whether a process, which may be ending just now, is this program."""
    with contextlib.suppress(psutil.Error):
        return process.name() == name
    return False


def test_a_port_in_use_is_said_before_anything_starts(tmp_path: Path, free_port: int) -> None:
    """A start whose port is taken names the way out and starts nothing."""
    with socket.create_server(("127.0.0.1", free_port)):
        second = subprocess.run(
            [sys.executable, "-P", "-m", "standalone.cli", "up", "--port", str(free_port), "--no-browser"],
            env={**os.environ, "PYTHONPATH": str(CHECKOUT), "SUPPORT_DATA_DIR": str(tmp_path / "other")},
            capture_output=True,
            text=True,
            check=False,
        )
    assert second.returncode == 1
    assert "--port" in second.stderr
    assert not (tmp_path / "other").exists()

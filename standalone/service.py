"""The services that can be supervised: a process, and the embedded database."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from standalone.probes import answers
from storage.private_files import make_private_directory, open_private
from warehouse.embedded.child_process import ChildProcess, stop_process
from warehouse.embedded.cluster import LOG_LIMIT_BYTES
from warehouse.embedded.postgres import EmbeddedPostgres

_STOP_GRACE_SECONDS: Final = 8.0


def command_line(*arguments: str) -> list[str]:
    """Return the argv that runs one `support-analytics` command in this environment."""
    return [sys.executable, "-P", "-m", "standalone.cli", *arguments]


@dataclass(slots=True)
class ServiceProcess:
    """A `support-analytics` command that runs until it is stopped.

    Attributes:
        name: Short name, which is also the name of its log file.
        arguments: The command and its arguments.
        environment: The whole environment.
        log_dir: Directory of ``<name>.log``; a long log becomes ``<name>.log.1``.
        ready_url: Address to ask whether it is ready, see `probes`; None means that it is ready while it is alive.
    """

    name: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    log_dir: Path
    ready_url: str | None = None
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def log(self) -> Path:
        """The file for the process's output."""
        return self.log_dir / f"{self.name}.log"

    def start(self) -> None:
        """Start the process."""
        make_private_directory(self.log_dir)
        with open_private(self.log, "ab") as output:
            self._process = ChildProcess(
                command_line(*self.arguments), self.environment, output, death_signal=signal.SIGKILL
            ).start()

    def is_alive(self) -> bool:
        """Say whether the process runs; shorten its log if it has grown too long."""
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT_BYTES:
            self._rotate_log()
        return self._process is not None and self._process.poll() is None

    def _rotate_log(self) -> None:
        """Copy the log and truncate it, because the process goes on appending to the file that it has open."""
        with self.log.open("rb") as log, open_private(self.log.with_suffix(".log.1"), "wb") as kept:
            shutil.copyfileobj(log, kept)
        with self.log.open("r+b") as file:
            file.truncate(0)

    def is_ready(self) -> bool:
        """Say whether the process is ready: ask its address, if it has one."""
        if self.ready_url is None or not self.is_alive():
            return self.is_alive()
        return answers(self.ready_url)

    def why_not(self) -> str:
        """Name the log."""
        return f"Its messages are in {self.log}."

    def stop(self) -> None:
        """Ask the process to stop, and kill it if it does not."""
        if self._process is not None:
            stop_process(self._process, (signal.SIGTERM,), _STOP_GRACE_SECONDS)
            self._process = None


@dataclass(slots=True)
class DatabaseService:
    """The embedded PostgreSQL, which is started before the supervisor and then supervised."""

    server: EmbeddedPostgres
    name: str = "database"

    def start(self) -> None:
        """Start the server again on the same port; do nothing while it runs."""
        if not self.server.is_alive():
            self.server.stop()
            self.server.start()

    def is_alive(self) -> bool:
        """Say whether the server process runs."""
        return self.server.is_alive()

    def is_ready(self) -> bool:
        """Say whether the server accepts connections."""
        return self.server.is_alive() and self.server.running.answers()

    def why_not(self) -> str:
        """Name the log."""
        return f"Its messages are in {self.server.files.log}."

    def stop(self) -> None:
        """Stop the server."""
        self.server.stop()

"""Finds and runs PostgreSQL's own programs, of the same major version as the server."""

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

import sqlalchemy as sa

from storage.full_disk import NO_SPACE, DiskFullError
from warehouse.backup.errors import BackupToolError, TablesBusyError
from warehouse.embedded.errors import ServerAccessError
from warehouse.embedded.programs import client_program
from warehouse.libpq import libpq_variables

_VERSION: Final = re.compile(r"\(PostgreSQL\) (\d+)")
# A server's message may quote a row after one of these words.
_SERVER_SAYS: Final = re.compile(r"(ERROR|FATAL|DETAIL|CONTEXT):.*")


def server_major(connection: sa.Connection) -> int:
    """Return the server's major version, for example 18."""
    return int(connection.exec_driver_sql("show server_version_num").scalar_one()) // 10_000


def program(name: str, major: int) -> Path:
    """Return a client program of a major version: the embedded server's, one on the PATH, or Debian's.

    Raises:
        BackupToolError: If no such program is found.
    """
    for path in _candidates(name, major):
        if path.exists() and _major_of(path) == major:
            return path
    message = f"The server is PostgreSQL {major}, and no {name} of that version was found."
    raise BackupToolError(message, f"Install postgresql-client-{major}, or put it on the PATH.")


def _candidates(name: str, major: int) -> Iterator[Path]:
    with suppress(ServerAccessError):
        yield client_program(name)
    for directory in os.environ.get("PATH", "").split(os.pathsep):
        yield Path(directory) / name
    yield Path(f"/usr/lib/postgresql/{major}/bin") / name


def _major_of(path: Path) -> int | None:
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 - found above
    except OSError:
        return None
    match = _VERSION.search(said.stdout)
    return int(match[1]) if match else None


@dataclass(slots=True)
class RunningProgram:
    """A client program that runs. The error for a failure leaves out any data that the program quotes.

    Attributes:
        name: Name of the program.
        process: Its process.
        messages: File with its messages.
    """

    name: str
    process: subprocess.Popen[bytes]
    messages: IO[bytes] = field(repr=False)

    @property
    def output(self) -> IO[bytes]:
        """The output of the program."""
        if self.process.stdout is None:
            message = f"{self.name} was started without an output."
            raise BackupToolError(message)
        return self.process.stdout

    @property
    def input(self) -> IO[bytes]:
        """The input of the program."""
        if self.process.stdin is None:
            message = f"{self.name} was started without an input."
            raise BackupToolError(message)
        return self.process.stdin

    def require_success(self) -> None:
        """Wait until the program ends.

        Raises:
            BackupToolError: If the program failed.
        """
        code = self.process.wait()
        if code != 0:
            self.messages.seek(0)
            said = self.messages.read(4_000).decode(errors="replace")
            if any(words in said for words in NO_SPACE):
                raise DiskFullError(None, is_database=True)
            if "timeout" in said:
                message = f"{self.name} could not lock the tables, which are being swapped."
                raise TablesBusyError(message, "Try again when no rebuild runs.")
            first = said.partition("\n")[0]
            message = f"{self.name} ended with code {code}: {_SERVER_SAYS.sub('(the server refused)', first)}"
            raise BackupToolError(
                message.strip(), "Check the rights of the log-in, the free space on the disk, and the server."
            )


@contextmanager
def running(
    path: Path, arguments: Sequence[str], url: sa.URL, *, reads: bool = False, role: str | None = None
) -> Iterator[RunningProgram]:
    """Start a program on a database; the program is stopped when the block is left.

    Args:
        path: Path of the program.
        arguments: Arguments without the address of the database. The address is passed in the environment, because
            other accounts can read arguments.
        url: Address of the database.
        reads: Whether the program gets input; else its output is read.
        role: Role that its session takes.
    """
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "LC_ALL": "C",
        **{name: value for name, value in os.environ.items() if name.startswith("PGSSL")},
        **libpq_variables(url),
    }
    options = [*arguments, "--no-password", *([f"--role={role}"] if role else [])]
    with tempfile.TemporaryFile() as messages:
        process = subprocess.Popen(  # noqa: S603 - found by `program`
            [path, *options],
            env=environment,
            stdin=subprocess.PIPE if reads else subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if reads else subprocess.PIPE,
            stderr=messages,
        )
        try:
            yield RunningProgram(path.name, process, messages)
        finally:
            process.kill()
            process.communicate()

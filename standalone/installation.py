"""What has to be there before the services can start: database, schema, demo data, a first user."""

import contextlib
import os
import secrets
import signal
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from rich.console import Console

from analytics.errors import SupportAnalyticsError
from standalone.service import DatabaseService, command_line
from warehouse.child_process import ChildProcess, stop_process
from warehouse.embedded import EmbeddedPostgres
from warehouse.embedded_cluster import write_private
from warehouse.engine import create_engine_for
from warehouse.migrations import migrate

FIRST_USER: Final = "manager"
_STOP_GRACE_SECONDS: Final = 5.0


class Kind(StrEnum):
    """Whose tickets a data directory holds; the two are never mixed."""

    DEMO = "demo"
    OWN = "own"


class StepFailedError(SupportAnalyticsError):
    """A command that the start needs has failed; it has said why itself."""


class PortInUseError(SupportAnalyticsError):
    """Another program listens on the portal's port."""


class MixedDataError(SupportAnalyticsError):
    """A demo was asked for where real tickets are, or the other way round."""


def check_port(port: int) -> None:
    """Make sure the portal can have its port, before anything is started.

    Raises:
        PortInUseError: If it cannot.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            message = f"Port {port} cannot be used: {error.strerror}."
            raise PortInUseError(message, "Choose another one with --port, or stop the program that has it.") from error


@dataclass(slots=True)
class Installation:
    """The product on one machine.

    Attributes:
        kind: Demo, or tickets of one's own.
        data_dir: Where everything is kept.
        database_url: A PostgreSQL of one's own; None for the embedded one.
        console: Takes progress and messages.
    """

    kind: Kind
    data_dir: Path
    database_url: sa.URL | None
    console: Console
    _url: sa.URL | None = field(default=None, init=False)

    @contextlib.contextmanager
    def database(self) -> Iterator[DatabaseService | None]:
        """Start the embedded database, unless a PostgreSQL of one's own is named."""
        self.data_dir.mkdir(parents=True, exist_ok=True)
        if self.database_url is not None:
            self._url = self.database_url
            yield None
            return
        with self.console.status("Starting the database"):
            server = EmbeddedPostgres(self.data_dir).start()
        try:
            self._url = server.url()
            yield DatabaseService(server)
        finally:
            server.stop()

    def environment(self) -> dict[str, str]:
        """Return the environment of every command and service: this process's, and where the data is."""
        url = self._address().render_as_string(hide_password=False)
        return os.environ | {"SUPPORT_DATA_DIR": str(self.data_dir), "DATABASE_URL": url}

    def _address(self) -> sa.URL:
        if self._url is None:
            message = "The database has not been started."
            raise StepFailedError(message)
        return self._url

    def prepare(self, bookshop: tuple[str, ...]) -> None:
        """Bring schema, demo data, rollups and the first user into place; what is there stays.

        Args:
            bookshop: Arguments of the bookshop's generator; empty for none.

        Raises:
            MixedDataError: If the directory holds the other kind of data.
            StepFailedError: If a step fails.
        """
        engine = create_engine_for(self._address(), poolclass=sa.NullPool)
        with self.console.status("Preparing the database"):
            migrate(engine)
        self._claim(engine)
        if self.kind is Kind.DEMO and self._lacks_demo(engine):
            self.run_step("bookshop", *bookshop, "--load")
            self._note("demo_loaded", "yes")
        self.run_step("etl", "run", "refresh_marts")
        self._create_first_user(engine)

    def _claim(self, engine: sa.Engine) -> None:
        """Write down whose data this is, or refuse when it is the other kind's."""
        claimed = self._read("kind")
        if claimed is None and self.kind is Kind.DEMO and _has_tickets(engine):
            claimed = Kind.OWN
        if claimed not in {None, self.kind}:
            message = f"{self.data_dir} holds {'demo data' if claimed == Kind.DEMO else 'tickets that are not a demo'}."
            raise MixedDataError(message, "Choose another place with --data-dir; the two are kept apart.")
        self._note("kind", self.kind)

    def _lacks_demo(self, engine: sa.Engine) -> bool:
        return self._read("demo_loaded") is None or not _has_tickets(engine)

    def _create_first_user(self, engine: sa.Engine) -> None:
        with engine.connect() as connection:
            if connection.scalar(sa.text("SELECT EXISTS (SELECT FROM support.users)")):
                return
        password = secrets.token_urlsafe(12)
        self._password_file.unlink(missing_ok=True)
        write_private(self._password_file, password)
        self.run_step("users", "add", FIRST_USER, "--role", "manager", "--password-file", str(self._password_file))

    def login(self) -> tuple[str, str]:
        """Return the first user and the password made for it, or where it was."""
        if not self._password_file.exists():
            return FIRST_USER, "you chose"
        return FIRST_USER, self._password_file.read_text(encoding="ascii")

    @property
    def _password_file(self) -> Path:
        return self.data_dir / "manager_password"

    def run_step(self, *arguments: str) -> None:
        """Run one command of ours to its end, showing what it shows.

        Raises:
            StepFailedError: If it fails.
        """
        process = ChildProcess(command_line(*arguments), self.environment(), sys.stderr.fileno()).start()
        try:
            exit_code = process.wait()
        finally:
            stop_process(process, (signal.SIGINT,), _STOP_GRACE_SECONDS)
        if exit_code != 0:
            message = f"The step `{' '.join(arguments[:2])}` failed."
            raise StepFailedError(message, "Its own message is above.")

    def _read(self, name: str) -> str | None:
        note = self.data_dir / name
        return note.read_text(encoding="ascii").strip() if note.exists() else None

    def _note(self, name: str, text: str) -> None:
        (self.data_dir / name).write_text(text, encoding="ascii")


def _has_tickets(engine: sa.Engine) -> bool:
    with engine.connect() as connection:
        return bool(connection.scalar(sa.text("SELECT EXISTS (SELECT FROM support.support_tickets)")))

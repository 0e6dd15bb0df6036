"""Prepares an installation before its services start: database, schema, demo data, a first user."""

import contextlib
import os
import secrets
import signal
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from rich.console import Console

from analytics.errors import SupportAnalyticsError
from analytics.instants import instant_text
from analytics.vocabulary import Role
from etl.classification.templates import want_template
from standalone.classifier_access import settle_access
from standalone.service import DatabaseService, command_line
from storage.private_files import make_private_directory, tighten_data_directory
from warehouse.embedded.child_process import ChildProcess, stop_process
from warehouse.embedded.cluster import write_private
from warehouse.embedded.postgres import EmbeddedPostgres
from warehouse.embedded.server import LOOPBACK
from warehouse.engine import create_engine_for
from warehouse.migrations import migrate
from warehouse.service_logins import ServiceLogin, set_login

FIRST_USER: Final = "manager"
_COMMENT: Final = "support-analytics: "
_STOP_GRACE_SECONDS: Final = 5.0


class Kind(StrEnum):
    """Whose tickets a data directory holds; the two are never mixed."""

    DEMO = "demo"
    OWN = "own"


class Template(StrEnum):
    """Categories that come with the product."""

    BOOKSHOP = "bookshop"


class StepFailedError(SupportAnalyticsError):
    """A command that the start needs has failed; it has printed the reason itself."""


class PortInUseError(SupportAnalyticsError):
    """Another program listens on the portal's port."""


class MixedDataError(SupportAnalyticsError):
    """A demo was requested where there are real tickets, or the other way round."""


def check_port(port: int) -> None:
    """Check that the portal's port is free, before anything is started.

    Raises:
        PortInUseError: If the port cannot be used.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            message = f"Port {port} cannot be used: {error.strerror}."
            raise PortInUseError(message, "Choose another one with --port, or stop the program that has it.") from error


@dataclass(slots=True)
class Installation:
    """The product on one machine.

    Attributes:
        kind: A demo, or the user's own tickets.
        data_dir: Where everything is kept.
        database_url: URL of the user's own PostgreSQL; None for the embedded one.
        console: Console for progress and messages.
    """

    kind: Kind
    data_dir: Path
    database_url: sa.URL | None
    console: Console
    _url: sa.URL | None = field(default=None, init=False)
    _passwords: dict[ServiceLogin, str] = field(default_factory=dict, init=False)
    _classifier: dict[str, str] = field(default_factory=dict, init=False)

    @contextlib.contextmanager
    def database(self) -> Iterator[DatabaseService | None]:
        """Start the embedded database, unless the user's own PostgreSQL is used."""
        make_private_directory(self.data_dir)
        tighten_data_directory(self.data_dir)
        self._classifier = settle_access(self.data_dir)
        if self.database_url is not None:
            self._url = self.database_url
            yield None
            return
        with self.console.status("Starting the database"):
            server = EmbeddedPostgres(self.data_dir).start()
        try:
            self._url = server.url()
            # These passwords are for this run only and are stored nowhere; services get them in their environment.
            self._passwords = {login: secrets.token_urlsafe(24) for login in ServiceLogin}
            yield DatabaseService(server)
        finally:
            server.stop()

    def environment(self, login: ServiceLogin | None = None) -> dict[str, str]:
        """Return the environment of a command or service: this process's environment, and where the data is.

        Args:
            login: Login in the embedded database, which decides its rights; None is the installation's own login. The
                user's own PostgreSQL is always used with the login in its URL.
        """
        return os.environ | {
            **self._classifier,
            "SUPPORT_DATA_DIR": str(self.data_dir),
            "DATABASE_URL": self._address_for(login),
        }

    def backup_environment(self) -> dict[str, str]:
        """Return further environment variables for the service that runs jobs, so that the backup job works.

        A backup holds the users of the portal too, which the jobs' own login may not read.
        """
        if ServiceLogin.BACKUP not in self._passwords:
            return {}
        return {"SUPPORT_BACKUP_DATABASE_URL": self._address_for(ServiceLogin.BACKUP)}

    def _address_for(self, login: ServiceLogin | None) -> str:
        url = self._address()
        if login in self._passwords:
            url = url.set(username=str(login), password=self._passwords[login])
        return url.render_as_string(hide_password=False)

    @property
    def classifier_address(self) -> str:
        """``host:port`` of the classifier."""
        return self._classifier["CLASSIFIER_ADDRESS"]

    def _address(self) -> sa.URL:
        url = self._url or self.database_url
        if url is None:
            message = "The database has not been started."
            raise StepFailedError(message)
        return url

    def prepare(self, bookshop: tuple[str, ...], *, template: Template | None = None, makes_user: bool = True) -> None:
        """Make schema, demo data, rollups, the first model and the first user; existing ones stay.

        Only the demo starts with a model that has learnt: from the bookshop's texts, which say nothing of other desks.

        Args:
            bookshop: Arguments of the bookshop's generator; () makes no demo data.
            template: Template whose categories become the desk's own.
            makes_user: Whether to make the first user too.

        Raises:
            MixedDataError: If the directory holds the other kind of data.
            StepFailedError: If a step fails.
        """
        engine = create_engine_for(self._address(), poolclass=sa.NullPool)
        with self.console.status("Preparing the database"):
            before, after = migrate(engine)
            self._set_logins(engine)
        if before not in {None, after}:
            self.note(f"The database was migrated from {before} to {after}.")
        self._claim(engine)
        if self.kind is Kind.DEMO and not _has_tickets(engine):
            self.run_step("bookshop", *bookshop, "--load")
        if template is not None:
            with engine.begin() as connection:
                want_template(connection, template)
        if not _has_marts(engine):
            self.run_step("etl", "run", "refresh_marts")
        if os.environ.get("CLASSIFIER_REGISTRY_URL") or not (self.data_dir / "models" / "champion.json").exists():
            with self.console.status("Teaching the classifier"):
                self.run_step("etl", "run", "publish_rules")
                self.run_step("classifier", "first-model", *(() if self.kind is Kind.DEMO else ("--blank",)))
        if makes_user:
            self._create_first_user(engine)

    def note(self, line: str) -> None:
        """Print what happened, and when: in UTC, as in the logs."""
        now = instant_text(datetime.now(UTC), UTC, "seconds")
        self.console.print(f"{now}  {line}", highlight=False, soft_wrap=True)

    def _set_logins(self, engine: sa.Engine) -> None:
        with engine.begin() as connection:
            for login, password in self._passwords.items():
                set_login(connection, login, password)

    def _claim(self, engine: sa.Engine) -> None:
        """Record in the database which kind of tickets it holds; raise an error if it holds the other kind."""
        with engine.begin() as connection:
            kind = claimed_kind(connection)
            if kind is None and _has_tickets(engine):
                kind = Kind.OWN
            if kind not in {None, self.kind}:
                holds = "a demo" if kind is Kind.DEMO else "tickets of your own"
                message = f"The database of {self.data_dir} holds {holds}."
                hint = "Choose another place with --data-dir, or another DATABASE_URL; the two are kept apart."
                raise MixedDataError(message, hint)
            name = connection.dialect.identifier_preparer.quote(str(engine.url.database))
            connection.execute(sa.text(f"COMMENT ON DATABASE {name} IS '{_COMMENT}{self.kind}'"))

    def _create_first_user(self, engine: sa.Engine) -> None:
        with engine.connect() as connection:
            if connection.scalar(sa.text("SELECT EXISTS (SELECT FROM support.users)")):
                return
        password = secrets.token_urlsafe(12)
        self._password_file.unlink(missing_ok=True)
        write_private(self._password_file, password)
        self.run_step("users", "add", FIRST_USER, "--role", Role.MANAGER, "--password-file", str(self._password_file))

    def login(self) -> tuple[str, str]:
        """Return the first user's name and its password, or "you chose" when no password was made here."""
        if not self._password_file.exists():
            return FIRST_USER, "you chose"
        return FIRST_USER, self._password_file.read_text(encoding="ascii")

    def login_kept(self) -> tuple[str, str]:
        """Return the first user's name, and where its password is kept."""
        user, password = self.login()
        return user, f"in {self._password_file}" if self._password_file.exists() else password

    @property
    def _password_file(self) -> Path:
        return self.data_dir / "manager_password"

    def run_step(self, *arguments: str) -> None:
        """Run one `support-analytics` command to its end and show its output.

        Raises:
            StepFailedError: If the command fails.
        """
        process = ChildProcess(command_line(*arguments), self.environment(), sys.stderr.fileno()).start()
        try:
            exit_code = process.wait()
        finally:
            stop_process(process, (signal.SIGINT,), _STOP_GRACE_SECONDS)
        if exit_code != 0:
            message = f"The step `{' '.join(arguments[:2])}` failed."
            raise StepFailedError(message, "Its own message is above.")


def claimed_kind(connection: sa.Connection) -> Kind | None:
    """Return which kind of tickets the database holds, from the database's comment; None for a new database."""
    comment = connection.scalar(
        sa.text("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()")
    )
    return next((kind for kind in Kind if comment == f"{_COMMENT}{kind}"), None)


def _has_tickets(engine: sa.Engine) -> bool:
    with engine.connect() as connection:
        return bool(connection.scalar(sa.text("SELECT EXISTS (SELECT FROM support.support_tickets)")))


def _has_marts(engine: sa.Engine) -> bool:
    """Say whether the marts were ever built; keeping them up to date is the refresher's work."""
    with engine.connect() as connection:
        return bool(connection.scalar(sa.text("SELECT version > 0 FROM ops.data_version")))

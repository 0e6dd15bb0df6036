"""The embedded PostgreSQL 18: a real server for one machine, with nothing to install.

Layout below a data directory::

    postgresql/
        cluster/              the server's own files
        superuser_password    random, readable by its owner only
        server.json           port of the last start
        server.log            the server's messages; never statements or values
        server.lock           locked by this process *and* the server, so if it is free no server runs
        users.lock            locked, shared, by every command that uses the server
"""

import contextlib
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import psycopg2
import sqlalchemy as sa

from warehouse.embedded.child_process import Account, ChildProcess, stop_process
from warehouse.embedded.cluster import SUPERUSER, ClusterFiles, create_cluster, open_directory, server_environment
from warehouse.embedded.directory_lock import DirectoryLock
from warehouse.embedded.errors import ServerInUseError, ServerStartError
from warehouse.embedded.programs import programs_for, server_account
from warehouse.embedded.server import LOOPBACK, ServerAddress, remove_left_directories, server_arguments

DATABASE_NAME: Final = "support_analytics"
_READY_SECONDS: Final = 300.0
_POLL_SECONDS: Final = 0.03
_START_ATTEMPTS: Final = 3
_STOP_GRACE_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class RunningServer:
    """The values for connecting to a running server."""

    address: ServerAddress
    password: str

    def url(self, database: str = DATABASE_NAME, role: str | None = None) -> sa.URL:
        """Return an SQLAlchemy psycopg2 URL.

        Args:
            database: Name of the database.
            role: Database role that every session takes; None stays superuser.
        """
        return sa.URL.create(
            "postgresql+psycopg2",
            username=SUPERUSER,
            password=self.password,
            host=LOOPBACK,
            port=self.address.port,
            database=database,
            query={"options": f"-crole={role}"} if role else {},
        )

    def answers(self) -> bool:
        """Say whether the server accepts this password; a server of somebody else would not."""
        try:
            connect(self).close()
        except psycopg2.OperationalError:
            return False
        return True


def connect(server: RunningServer, database: str = "postgres") -> "psycopg2.extensions.connection":
    """Open one autocommit connection as the superuser.

    Raises:
        psycopg2.OperationalError: If the server does not answer.
    """
    connection = psycopg2.connect(
        host=LOOPBACK,
        port=server.address.port,
        user=SUPERUSER,
        password=server.password,
        dbname=database,
        connect_timeout=5,
    )
    connection.autocommit = True
    return connection


@dataclass(slots=True)
class EmbeddedPostgres:
    """One server on one data directory, as a context manager.

    The server ends when this process ends, even if this process is killed. A second server on the same directory is
    refused; use `connect_or_start` to share one.

    Attributes:
        data_dir: Data directory, created if it is missing. Its path may hold spaces.
        settings: PostgreSQL settings that replace the defaults of `server_arguments`.
        wait_seconds: How long a start waits for another process to release the directory.
    """

    data_dir: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    wait_seconds: float = 10.0
    _running: RunningServer | None = field(default=None, init=False)
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _lock: DirectoryLock | None = field(default=None, init=False)

    @property
    def files(self) -> ClusterFiles:
        """Paths below the data directory."""
        return ClusterFiles(self.data_dir.absolute() / "postgresql")

    @property
    def running(self) -> RunningServer:
        """The values for connecting to the server.

        Raises:
            ServerStartError: If the server has not been started.
        """
        if self._running is None:
            message = "The embedded PostgreSQL has not been started."
            raise ServerStartError(message)
        return self._running

    def url(self, database: str = DATABASE_NAME, role: str | None = None) -> sa.URL:
        """Return an SQLAlchemy psycopg2 URL; see `RunningServer.url`."""
        return self.running.url(database, role)

    def is_alive(self) -> bool:
        """Say whether the server process lives."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> Self:
        """Start the server; if need be, create its files first, or recover from a crash.

        Raises:
            ServerInUseError: If another process holds the directory.
            ServerStartError: If the server does not come up.
            ServerAccessError: If files cannot be reached.
        """
        self.files.prepare()
        lock = DirectoryLock(self.files.lock)
        if not lock.acquire(wait_seconds=self.wait_seconds):
            message = f"Another support-analytics process is using the data in {self.data_dir}."
            hint = "Its database may be starting again: try in a minute. Else stop it, or choose another --data-dir."
            raise ServerInUseError(message, hint)
        self._lock = lock
        try:
            self._launch(lock)
        except BaseException:
            self.stop()
            raise
        return self

    def _launch(self, lock: DirectoryLock) -> None:
        account = server_account(self.files.cluster)
        programs = programs_for(account)
        if not self.files.cluster.exists():
            create_cluster(self.files, programs, account, [lock.descriptor])
        remove_left_directories()
        password = self.files.read_password()
        for attempt in range(_START_ATTEMPTS):
            self.files.forget_dead_server()
            # The port of the last start is used again if it is free, so that URLs stay valid.
            address = ServerAddress.choose(self.files.server, keep_port=attempt == 0)
            self._running = RunningServer(address, password)
            self._process = self._spawn(programs, account, lock)
            if self._becomes_ready():
                create_database(self._running)
                address.write(self.files.server)
                return
            stop_process(self._process, (signal.SIGINT,), _STOP_GRACE_SECONDS)
        self.files.require_room()
        message = "The embedded PostgreSQL did not start."
        raise ServerStartError(message, f"Its messages are in {self.files.log}; the last: {self.files.last_message()}")

    def _spawn(self, programs: Path, account: Account | None, lock: DirectoryLock) -> subprocess.Popen[bytes]:
        with self.files.open_log() as log, open_directory(self.files.cluster, account) as cluster:
            arguments = server_arguments(cluster.path, self.running.address, self.settings)
            return ChildProcess(
                argv=[str(programs / "bin" / "postgres"), *arguments],
                environment=server_environment(programs),
                output=log,
                death_signal=signal.SIGINT,
                account=account,
                kept_descriptors=[*cluster.descriptors, lock.descriptor],
                directory=Path("/"),
            ).start()

    def _becomes_ready(self) -> bool:
        give_up_at = time.monotonic() + _READY_SECONDS
        while self.is_alive() and time.monotonic() < give_up_at:
            if self.running.answers():
                return True
            time.sleep(_POLL_SECONDS)
        return False

    def stop(self) -> None:
        """Stop the server cleanly and release the directory; stopping twice does nothing."""
        if self._process is not None:
            stop_process(self._process, (signal.SIGINT, signal.SIGQUIT), _STOP_GRACE_SECONDS)
            self._process = None
        if self._running is not None:
            self._running = None
            self.files.forget_dead_server()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        """Start the server."""
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the server."""
        self.stop()


def create_database(server: RunningServer, name: str = DATABASE_NAME) -> None:
    """Create a database unless it exists."""
    with contextlib.closing(connect(server)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,))
        if cursor.fetchone() is None:
            cursor.execute(f'CREATE DATABASE "{name}"')


def attach(data_dir: Path) -> RunningServer | None:
    """Return the server that runs on this data directory, after connecting to it; None if no server answers."""
    files = ClusterFiles(data_dir.absolute() / "postgresql")
    address = ServerAddress.read(files.server)
    if address is None:
        return None
    server = RunningServer(address, files.read_password())
    return server if server.answers() else None


@contextlib.contextmanager
def connect_or_start(data_dir: Path, wait_seconds: float = 30.0) -> Iterator[RunningServer]:
    """Use the running server, or start one and keep it until the last command that uses it has ended.

    Raises:
        ServerInUseError: If another process holds the directory and its server does not answer.
        ServerStartError: If the new server does not start.
    """
    files = ClusterFiles(data_dir.absolute() / "postgresql")
    files.prepare()
    give_up_at = time.monotonic() + wait_seconds
    while True:
        with DirectoryLock(files.users) as users:
            if users.acquire(shared=True) and (running := attach(data_dir)) is not None:
                yield running
                return
        owned = EmbeddedPostgres(data_dir, wait_seconds=0.0)
        try:
            owned.start()
        except ServerInUseError:
            if time.monotonic() >= give_up_at:
                raise
            time.sleep(_POLL_SECONDS)
            continue
        yield from _until_unused(owned, DirectoryLock(files.users))
        return


def _until_unused(owned: EmbeddedPostgres, users: DirectoryLock) -> Iterator[RunningServer]:
    """Yield this process's server; stop it when no command uses it any more, or at once on Ctrl-C."""
    with contextlib.ExitStack() as stack:
        stack.callback(owned.stop)
        stack.enter_context(users)
        try:
            yield owned.running
        except Exception:
            users.acquire(wait_seconds=None)
            raise
        users.acquire(wait_seconds=None)

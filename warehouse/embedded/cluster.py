"""The files of the embedded server: their paths, and how they are created."""

import contextlib
import os
import secrets
import shutil
import signal
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from storage.full_disk import NO_SPACE, DiskFullError
from storage.private_files import make_private_directory, open_private, tighten_data_directory
from warehouse.embedded.child_process import Account, ChildProcess
from warehouse.embedded.errors import ServerAccessError, ServerStartError
from warehouse.embedded.operating_system import path_of_descriptor

SUPERUSER: Final = "support_admin"
LOG_LIMIT_BYTES: Final = 10_000_000


@dataclass(frozen=True, slots=True)
class OpenCluster:
    """A cluster directory, with a path that the server's account can use.

    Attributes:
        path: Path to pass as ``-D``.
        descriptors: File descriptors that the child must inherit, because the path refers to them.
    """

    path: str
    descriptors: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ClusterFiles:
    """Paths of one embedded server below ``root``."""

    root: Path

    @property
    def cluster(self) -> Path:
        """The server's own directory."""
        return self.root / "cluster"

    @property
    def password(self) -> Path:
        """The superuser's password."""
        return self.root / "superuser_password"

    @property
    def server(self) -> Path:
        """Port of the running server."""
        return self.root / "server.json"

    @property
    def log(self) -> Path:
        """The server's messages."""
        return self.root / "server.log"

    @property
    def lock(self) -> Path:
        """Lock file, locked while a server lives."""
        return self.root / "server.lock"

    @property
    def users(self) -> Path:
        """Lock file, shared by all commands that use the server."""
        return self.root / "users.lock"

    def prepare(self) -> None:
        """Make the directory.

        Raises:
            ServerAccessError: If the directory cannot be created or written.
        """
        try:
            make_private_directory(self.root)
        except OSError as error:
            message = f"The data directory {self.root.parent} cannot be made: {error.strerror}."
            raise ServerAccessError(message, "Choose another one with --data-dir or SUPPORT_DATA_DIR.") from error
        if not os.access(self.root, os.R_OK | os.W_OK | os.X_OK):
            if os.statvfs(self.root).f_flag & os.ST_RDONLY:
                message = f"The data directory {self.root.parent} is on a disk that can only be read."
                raise ServerAccessError(message, "Mount it to be written, or choose another one with --data-dir.")
            message = f"The data directory {self.root.parent} belongs to another account."
            raise ServerAccessError(message, "Run as that account, or choose another one with --data-dir.")
        tighten_data_directory(self.root.parent)

    def read_password(self) -> str:
        """Return the superuser's password.

        Raises:
            ServerAccessError: If this account may not read the password's file, or the file is missing.
        """
        try:
            return self.password.read_text(encoding="ascii").strip()
        except OSError as error:
            message = f"The database password in {self.password} cannot be read: {error.strerror}."
            raise ServerAccessError(message, "Run as the account that made the data directory.") from error

    def open_log(self) -> IO[bytes]:
        """Open the log to append; a long one becomes ``server.log.1`` first."""
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        return open_private(self.log, "ab")

    def last_message(self) -> str:
        """Return the last fatal line of the log, or the last line."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-20:]
        fatal = [line for line in lines if "FATAL" in line or "PANIC" in line]
        return (fatal or lines or [""])[-1]

    def require_room(self) -> None:
        """Check whether the server's last messages are of a full disk.

        Raises:
            DiskFullError: If they are.
        """
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-20:]
        if any(words in line for line in lines for words in NO_SPACE):
            raise DiskFullError(self.root.parent, is_database=True)

    def forget_dead_server(self) -> None:
        """Remove the files that a killed server left behind; only the holder of the lock may call this."""
        (self.cluster / "postmaster.pid").unlink(missing_ok=True)


@contextlib.contextmanager
def open_directory(directory: Path, account: Account | None) -> Iterator[OpenCluster]:
    """Yield a path of the directory that the server's account can use.

    That account may not be allowed to enter the parent directories, for example ``/root``. It then gets the directory
    as an open file descriptor, which needs no access to the parents.
    """
    if account is None:
        yield OpenCluster(str(directory), ())
        return
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield OpenCluster(path_of_descriptor(descriptor, directory), (descriptor,))
    finally:
        os.close(descriptor)


def server_environment(programs: Path) -> dict[str, str]:
    """Return the whole environment of a server program. It has no variable of this process, so no ``PG*`` either."""
    return {"PATH": f"{programs / 'bin'}:/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


def create_cluster(files: ClusterFiles, programs: Path, account: Account | None, kept: Sequence[int]) -> None:
    """Run initdb: UTF-8, SCRAM, data checksums, a random superuser password.

    Args:
        files: Where to create the cluster.
        programs: The PostgreSQL installation.
        account: Account that will own the cluster; None means the present account.
        kept: File descriptors that initdb inherits, so that the lock is held even if this process is killed.

    Raises:
        ServerStartError: If initdb fails.
    """
    staging = files.cluster.with_suffix(".new")
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(mode=0o700)
    password = secrets.token_urlsafe(32)
    files.password.unlink(missing_ok=True)
    write_private(files.password, password)
    # A file without a name, so that a kill leaves no folder with a password behind.
    with tempfile.TemporaryFile() as secret, files.open_log() as log:
        secret.write(password.encode("ascii"))
        secret.seek(0)
        if account is not None:
            os.fchown(secret.fileno(), account.uid, account.gid)
            os.chown(staging, account.uid, account.gid)
        with open_directory(staging, account) as cluster:
            process = ChildProcess(
                argv=[str(programs / "bin" / "initdb"), *_initdb_arguments(cluster.path, secret.fileno())],
                environment=server_environment(programs),
                output=log,
                death_signal=signal.SIGTERM,
                account=account,
                kept_descriptors=[secret.fileno(), *cluster.descriptors, *kept],
                directory=Path("/"),
            ).start()
            exit_code = process.wait()
    if exit_code != 0:
        files.require_room()
        message = "The embedded PostgreSQL could not create its database."
        raise ServerStartError(message, f"Its messages are in {files.log}; the last: {files.last_message()}")
    staging.rename(files.cluster)


def _initdb_arguments(path: str, password_descriptor: int) -> list[str]:
    return [
        f"--pgdata={path}",
        f"--username={SUPERUSER}",
        f"--pwfile=/dev/fd/{password_descriptor}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--data-checksums",
    ]


def write_private(path: Path, text: str) -> None:
    """Write a new file that only its owner may read; the file is synced to disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())

"""Where the embedded server listens, and the settings it runs with."""

import contextlib
import json
import os
import socket
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, Self

from storage.private_files import open_private

LOOPBACK: Final = "127.0.0.1"
_SOCKET_PREFIX: Final = "support-analytics-pg-"
_LEFT_SECONDS: Final = 3600.0
_ROOMY_SHARED_MEMORY_BYTES: Final = 512 * 1024 * 1024

_SETTINGS: Final[Mapping[str, str]] = {
    "shared_buffers": "256MB",
    "work_mem": "64MB",
    "maintenance_work_mem": "256MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "max_connections": "100",
    "max_parallel_workers_per_gather": "2",
    # JIT compilation costs more than it saves in queries of a few milliseconds.
    "jit": "off",
    "wal_compression": "pglz",
    "max_wal_size": "2GB",
    # If nobody reads the archive's slot any more, the kept log must not fill the disk.
    "max_slot_wal_keep_size": "4GB",
    "checkpoint_completion_target": "0.9",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    # Statements and error details may hold what customers wrote, so they are not logged.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_checkpoints": "off",
}


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """Where one server listens.

    Attributes:
        port: TCP port on the loopback address. There is no Unix socket, whose directory a kill would leave behind.
    """

    port: int

    @classmethod
    def choose(cls, record: Path, *, keep_port: bool) -> Self:
        """Choose a free port.

        Args:
            record: File in which the last start was recorded.
            keep_port: Prefer the last start's port, so that a URL stays valid after a restart.
        """
        last = cls.read(record)
        return cls(last.port if last is not None and keep_port and _is_free(last.port) else _free_port())

    @classmethod
    def read(cls, record: Path) -> Self | None:
        """Return the recorded address; None if there is no valid one."""
        try:
            fields = json.loads(record.read_text(encoding="utf-8"))
            return cls(int(fields["port"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, record: Path) -> None:
        """Record the address for `read`; the file is replaced in one step."""
        staging = record.with_suffix(".new")
        with open_private(staging, "wb") as file:
            file.write(json.dumps(asdict(self)).encode("ascii"))
        staging.replace(record)


def server_arguments(cluster: str, address: ServerAddress, settings: Mapping[str, str]) -> list[str]:
    """Return the arguments of ``postgres``.

    Args:
        cluster: Path of the cluster directory.
        address: Where to listen.
        settings: PostgreSQL settings that replace the defaults.
    """
    chosen = {
        **_SETTINGS,
        "dynamic_shared_memory_type": _shared_memory_type(),
        **settings,
        "listen_addresses": LOOPBACK,
        "port": str(address.port),
        "unix_socket_directories": "",
    }
    return ["-D", cluster, *(part for name, value in chosen.items() for part in ("-c", f"{name}={value}"))]


def remove_left_directories() -> None:
    """Remove what earlier versions left for their Unix sockets when they were killed: what is empty, ours and old."""
    for directory in Path("/tmp").glob(f"{_SOCKET_PREFIX}*"):  # noqa: S108 - where they made them
        with contextlib.suppress(OSError):
            if time.time() - directory.stat().st_mtime > _LEFT_SECONDS:
                directory.rmdir()


def _shared_memory_type() -> str:
    """Return ``mmap`` if /dev/shm is small, as in a container, because parallel queries would fill it."""
    try:
        room = os.statvfs("/dev/shm")  # noqa: S108 - asked for its size only
    except OSError:
        return "mmap"
    return "posix" if room.f_bavail * room.f_frsize >= _ROOMY_SHARED_MEMORY_BYTES else "mmap"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True

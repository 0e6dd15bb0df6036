"""Files and directories that only their owner may enter, whatever the umask."""

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_OURS: Final = (
    "artefacts",
    "postgresql",
    "models",
    "backups",
    "logs",
    "demo",
    "classifier_",
    "manager_password",
    "portal_secret_key",
)
"""How the names of what the product keeps in its data directory begin."""
_OF_SERVER: Final = "cluster"
"""The server's own directories, which have an account and permissions of their own."""


def make_private_directory(directory: Path) -> None:
    """Make a directory, and those above it that are missing; one that is there stays as it is.

    Raises:
        OSError: If it cannot be made.
    """
    for each in reversed((directory, *directory.parents)):
        if not each.is_dir():
            each.mkdir(mode=0o700, exist_ok=True)


def private_opener(path: str, flags: int) -> int:
    """Open a file for `open(..., opener=...)`; a new one is its owner's only."""
    return os.open(path, flags | os.O_CLOEXEC, 0o600)


def open_private(path: Path, mode: str) -> IO[bytes]:
    """Open a file of bytes; a new one is its owner's only.

    Raises:
        OSError: If it cannot be opened.
    """
    return open(path, mode, opener=private_opener)


def tighten_data_directory(data_dir: Path) -> None:
    """Take from others what an earlier version let them read; what the system refuses to change stays as it is.

    A mounted volume may belong to another account, which then has to see to it. The directory itself is left alone if
    there is anything in it that is not the product's: a person may have named a directory of theirs.
    """
    with contextlib.suppress(OSError):
        entries = list(data_dir.iterdir())
        ours = [each for each in entries if each.name.startswith(_OURS)]
        for path in (each for entry in ours for each in _tree(entry)):
            _tighten(path)
        if ours and len(ours) == len(entries):
            _tighten(data_dir)


def _tree(path: Path) -> Iterator[Path]:
    yield path
    if path.is_dir() and not path.is_symlink() and not path.name.startswith(_OF_SERVER):
        with contextlib.suppress(OSError):
            for each in path.iterdir():
                yield from _tree(each)


def _tighten(path: Path) -> None:
    with contextlib.suppress(OSError):
        status = path.lstat()
        is_plain = stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)
        if is_plain and status.st_uid == os.geteuid() and status.st_mode & _OTHERS:
            path.chmod(stat.S_IMODE(status.st_mode) & ~_OTHERS)

"""Packs the files below an address into a tar stream, and unpacks them, with only a few megabytes in memory."""

import os
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, Any, Final, Self, cast

import fsspec

from warehouse.backup.encryption import Writable
from warehouse.backup.errors import BackupRefusedError
from warehouse.backup.store import reaching
from warehouse.backup.streams import copy

_LAST: Final = "models/"
"""Pointers are listed before the models they name. So if a pointer is in the list, its model exists already."""


@dataclass(frozen=True, slots=True)
class FileTree:
    """Files below one fsspec address.

    Attributes:
        filesystem: fsspec file system.
        root: Path of the tree in the file system.
    """

    filesystem: Any
    root: str

    @classmethod
    def open(cls, url: str) -> Self:
        """Open the tree at an address; the directory need not exist."""
        with reaching():
            filesystem, root = fsspec.core.url_to_fs(url, use_listings_cache=False, skip_instance_cache=True)
        return cls(filesystem, root.rstrip("/"))

    def names(self) -> tuple[str, ...]:
        """Return the paths of all files; files that point to others come first."""
        with reaching():
            try:
                found = self.filesystem.find(self.root)
            except FileNotFoundError:
                return ()
        names = [str(path)[len(self.root) :].lstrip("/") for path in found]
        return tuple(sorted((n for n in names if not PurePosixPath(n).name.startswith(".")), key=_pointers_first))

    def pack(self, target: Writable) -> int:
        """Write all files as a gzipped tar, and return the number of files."""
        names = self.names()
        with tarfile.open(fileobj=cast("IO[bytes]", target), mode="w|gz") as archive:
            for name in names:
                path = f"{self.root}/{name}"
                member = tarfile.TarInfo(name)
                with self.filesystem.open(path, "rb") as file:
                    # The size of the open file, because the path may be given to another file meanwhile.
                    member.size = file.seek(0, os.SEEK_END)
                    file.seek(0)
                    archive.addfile(member, file)
        return len(names)

    def unpack(self, source: IO[bytes]) -> int:
        """Write the files of a tar made by `pack` below this address, and return the number of files.

        Raises:
            BackupRefusedError: If a member is not a file, or its path leads outside the address.
        """
        count = 0
        for name, content in _members(source):
            path = f"{self.root}/{name}"
            with reaching():
                self.filesystem.makedirs(path.rpartition("/")[0], exist_ok=True)
                with self.filesystem.open(path, "wb") as file:
                    copy(content.read, file.write)
            count += 1
        return count


def _pointers_first(name: str) -> tuple[int, str]:
    return (2 if name.startswith(_LAST) else 1 if "/" in name else 0), name


def _members(source: IO[bytes]) -> Iterator[tuple[str, IO[bytes]]]:
    try:
        with tarfile.open(fileobj=source, mode="r|gz") as archive:
            for member in archive:
                path = PurePosixPath(member.name)
                content = archive.extractfile(member) if member.isreg() else None
                if content is None or path.is_absolute() or ".." in path.parts:
                    message = "The backup's models hold something that is no file of a registry."
                    raise BackupRefusedError(message, "Take another backup.")
                yield str(path), content
    except (tarfile.TarError, EOFError) as error:
        message = "The backup's models cannot be read."
        raise BackupRefusedError(message, "Take another backup.") from error

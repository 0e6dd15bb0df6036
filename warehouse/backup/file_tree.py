"""Packs the files below an address into a tar stream, and unpacks them, with only a few megabytes in memory."""

import os
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Final, Self, cast

from storage.private_files import make_private_directory, open_private
from storage.store import Purpose, Store
from warehouse.backup.encryption import Writable
from warehouse.backup.errors import BackupRefusedError, BackupStoreError
from warehouse.backup.streams import copy

_MODELS: Final = Purpose("the registry of models", "CLASSIFIER_REGISTRY_URL", BackupStoreError)
_LAST: Final = "models/"
"""Pointers are listed before the models they name. So if a pointer is in the list, its model exists already."""


@dataclass(frozen=True, slots=True)
class FileTree:
    """Files below one address.

    Attributes:
        files: All of them.
    """

    files: Store

    @classmethod
    def open(cls, url: str) -> Self:
        """Open the tree at an address; it need not be there.

        Raises:
            BackupStoreError: If the address cannot be used.
        """
        return cls(Store.open(url, _MODELS))

    def names(self) -> tuple[str, ...]:
        """Return the paths of all files, those that point to others first."""
        kept = (name for name in self.files.all_names() if not PurePosixPath(name).name.startswith("."))
        return tuple(sorted(kept, key=_pointers_first))

    def pack(self, target: Writable) -> int:
        """Write all files as a gzipped tar, and return the number of files."""
        names = self.names()
        with tarfile.open(fileobj=cast("IO[bytes]", target), mode="w|gz") as archive:
            for name in names:
                member = tarfile.TarInfo(name)
                with self.files.reading(name) as file:
                    # Of the open file: another may be put in its place meanwhile.
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
            path, filesystem = self.files.path(name), self.files.filesystem
            with self.files.reaching():
                if self.files.is_directory:
                    make_private_directory(Path(path).parent)
                with open_private(Path(path), "wb") if self.files.is_directory else filesystem.open(path, "wb") as file:
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

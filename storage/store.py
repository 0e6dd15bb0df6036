"""Files below one address: a directory, `s3://bucket/path` or `gs://bucket/path`."""

import contextlib
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, Self

import fsspec
from fsspec.implementations.local import LocalFileSystem

from analytics.errors import SupportAnalyticsError
from storage.full_disk import disk_full
from storage.private_files import make_private_directory, open_private

_ABSENT: Final = (FileNotFoundError, NotADirectoryError)
_BLOCK_BYTES: Final = 1 << 22
"""How much of an object is fetched at a time."""


@dataclass(frozen=True, slots=True)
class Purpose:
    """What files are kept for, in the words of what is said when they cannot be.

    Attributes:
        noun: Such as "the registry".
        setting: Where the address is set, such as "CLASSIFIER_REGISTRY_URL".
        error: What is raised.
    """

    noun: str
    setting: str
    error: type[SupportAnalyticsError]


@dataclass(frozen=True, slots=True)
class Store:
    """Files below one address. Each method raises the purpose's error if the address cannot be reached.

    Attributes:
        filesystem: fsspec's.
        root: Path in it that all names are below.
        purpose: What the files are kept for.
    """

    filesystem: Any
    root: str
    purpose: Purpose

    @classmethod
    def open(cls, url: str, purpose: Purpose) -> Self:
        """Open an address; nothing is read yet, and nothing need be there.

        Raises:
            SupportAnalyticsError: The purpose's error, if the address cannot be used.
        """
        try:
            # Other processes write here too, so a remembered listing would be a wrong one.
            filesystem, root = fsspec.core.url_to_fs(url, use_listings_cache=False, skip_instance_cache=True)
        except ImportError as error:
            message = f"The address of {purpose.noun} needs a package that is not installed."
            raise purpose.error(message, "Run `./run extra s3` for s3://, `./run extra gcs` for gs://.") from error
        except ValueError as error:
            message = f"{purpose.setting} is not an address."
            raise purpose.error(message, "Use a directory, s3://bucket/path or gs://bucket/path.") from error
        return cls(filesystem, root.rstrip("/"), purpose)

    @property
    def is_directory(self) -> bool:
        """Whether the address is a directory on this machine."""
        return isinstance(self.filesystem, LocalFileSystem)

    def path(self, name: str) -> str:
        """Return the path of a name in the file system; of "", the root."""
        return f"{self.root}/{name}" if name else self.root

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a file; None if there is no such file."""
        with self.reaching():
            try:
                content: bytes = self.filesystem.cat_file(self.path(name))
            except _ABSENT:
                return None
        return content

    def size(self, name: str) -> int | None:
        """Return the size of a file in bytes, without reading it; None if there is no such file."""
        with self.reaching():
            try:
                return int(self.filesystem.info(self.path(name))["size"])
            except _ABSENT:
                return None

    def names(self, directory: str = "") -> tuple[str, ...]:
        """Return the names directly below a directory, sorted; none if it is not there."""
        with self.reaching():
            try:
                entries = self.filesystem.ls(self.path(directory), detail=False)
            except _ABSENT:
                return ()
        return tuple(sorted({str(entry).rstrip("/").rpartition("/")[2] for entry in entries}))

    def all_names(self) -> tuple[str, ...]:
        """Return the names of all files, those in directories too, sorted."""
        with self.reaching():
            try:
                found = self.filesystem.find(self.root)
            except _ABSENT:
                return ()
        return tuple(sorted(str(path)[len(self.root) :].lstrip("/") for path in found))

    def write(self, name: str, content: bytes) -> None:
        """Put a file in place over the one that may be there. Readers see the one or the other, each whole."""
        with self.reaching():
            if self.is_directory:
                _replace_file(Path(self.path(name)), content)
            else:
                # An object appears only once its upload is complete.
                self.filesystem.pipe_file(self.path(name), content)

    @contextlib.contextmanager
    def writing(self, name: str) -> Iterator[IO[bytes]]:
        """Yield a new file; on a disk it is safe there afterwards, and only its owner may read it."""
        path = self.path(name)
        if self.is_directory:
            with self.reaching():
                make_private_directory(Path(path).parent)
                made = open_private(Path(path), "xb")
            with self._filling(), made as file:
                yield file
                _make_safe(file)
        else:
            with self.reaching():
                file = self.filesystem.open(path, "wb")
            yield file
            # What is never closed is never completed: an object appears with its whole content or not at all.
            with self.reaching():
                file.close()

    @contextlib.contextmanager
    def reading(self, name: str) -> Iterator[IO[bytes]]:
        """Yield a file, read a piece at a time."""
        with self.reaching():
            file = self.filesystem.open(self.path(name), "rb", block_size=_BLOCK_BYTES)
        with file:
            yield file

    def delete(self, name: str) -> None:
        """Delete a file, or a directory with all that is in it; one that is gone stays gone."""
        with self.reaching(), contextlib.suppress(FileNotFoundError):
            self.filesystem.rm(self.path(name), recursive=True)

    @contextlib.contextmanager
    def _filling(self) -> Iterator[None]:
        """Turn a full disk into the purpose's error; whatever else happens meanwhile is not the store's."""
        try:
            yield
        except OSError as error:
            if (full := disk_full(error, [Path(self.root)])) is None:
                raise
            raise self.purpose.error(full.message, full.hint) from full

    @contextlib.contextmanager
    def reaching(self) -> Iterator[None]:
        """Turn whatever a store's client raises into the purpose's error; their classes have no common base."""
        try:
            yield
        except SupportAnalyticsError:
            raise
        except Exception as error:
            if (full := disk_full(error, [Path(self.root)] if self.is_directory else [])) is not None:
                raise self.purpose.error(full.message, full.hint) from full
            noun, setting = self.purpose.noun, self.purpose.setting
            message = f"{noun[:1].upper()}{noun[1:]} cannot be reached or written ({type(error).__name__})."
            raise self.purpose.error(message, f"Check {setting}, the network, the room and the permissions.") from error


def _replace_file(path: Path, content: bytes) -> None:
    make_private_directory(path.parent)
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with open_private(unfinished, "xb") as file:
            file.write(content)
            _make_safe(file)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _make_safe(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())

"""Named files in a directory or an object store."""

import contextlib
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import fsspec
from fsspec.implementations.local import LocalFileSystem

from classifier_service.errors import RegistryError


@dataclass(frozen=True, slots=True)
class Store:
    """Files below one address. A file either exists whole or does not exist.

    Attributes:
        filesystem: The fsspec file system.
        root: Path of the registry in it.
    """

    filesystem: Any
    root: str

    @classmethod
    def open(cls, url: str) -> Self:
        """Open a directory, `s3://bucket/path` or `gs://bucket/path`; nothing is read yet.

        Raises:
            RegistryError: If the address cannot be used.
        """
        try:
            # Other processes write here too, so a cached listing would be out of date.
            filesystem, root = fsspec.core.url_to_fs(url, use_listings_cache=False, skip_instance_cache=True)
        except ImportError as error:
            message = "The registry's address needs a package that is not installed."
            raise RegistryError(message, "Run `./run extra s3` for s3://, `./run extra gcs` for gs://.") from error
        except ValueError as error:
            message = "The address of the registry (CLASSIFIER_REGISTRY_URL or --registry) cannot be used."
            raise RegistryError(message, "Use a directory, s3://bucket/path or gs://bucket/path.") from error
        return cls(filesystem, root.rstrip("/"))

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a file; None if there is no such file."""
        with _reaching():
            try:
                content: bytes = self.filesystem.cat_file(self._path(name))
            except (FileNotFoundError, NotADirectoryError):
                return None
        return content

    def size(self, name: str) -> int | None:
        """Return the size of a file in bytes, without reading it; None if there is no such file."""
        with _reaching():
            try:
                return int(self.filesystem.info(self._path(name))["size"])
            except (FileNotFoundError, NotADirectoryError):
                return None

    def write(self, name: str, content: bytes) -> None:
        """Write a whole file at once, replacing a file of the same name."""
        with _reaching():
            if isinstance(self.filesystem, LocalFileSystem):
                _replace_file(Path(self._path(name)), content)
            else:
                # An object appears only once its upload is complete.
                self.filesystem.pipe_file(self._path(name), content)

    def names(self, directory: str) -> tuple[str, ...]:
        """Return the sorted names directly below a directory; () if the directory does not exist."""
        with _reaching():
            try:
                entries = self.filesystem.ls(self._path(directory), detail=False)
            except (FileNotFoundError, NotADirectoryError):
                return ()
        return tuple(sorted({str(entry).rstrip("/").rpartition("/")[2] for entry in entries}))

    def _path(self, name: str) -> str:
        return f"{self.root}/{name}"


@contextlib.contextmanager
def _reaching() -> Iterator[None]:
    """Turn any error of a store's client into RegistryError; the clients' error classes have no common base."""
    try:
        yield
    except Exception as error:
        message = f"The registry cannot be reached ({type(error).__name__})."
        raise RegistryError(message, "Check CLASSIFIER_REGISTRY_URL, the network and the permissions.") from error


def _replace_file(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with unfinished.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)

"""Backups that only the holder of a key can read, in the format of age (https://age-encryption.org/v1).

The machine that makes backups knows only public keys, so whoever takes it over cannot read older backups.
"""

import contextlib
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, Protocol

import pyrage

from analytics.errors import SettingsError
from storage.full_disk import disk_full
from storage.given_file import GivenFileError, read_given_text
from warehouse.backup.errors import BackupRefusedError, BackupStoreError
from warehouse.backup.streams import copy
from warehouse.embedded.cluster import write_private

_SECRET_PREFIX: Final = "AGE-SECRET-KEY-"  # noqa: S105 - how every such key begins
_FAILURES: Final = (pyrage.EncryptError, pyrage.DecryptError, OSError, ValueError)


class Readable(Protocol):
    """A source of bytes that can be read a piece at a time."""

    def read(self, size: int = ..., /) -> bytes:
        """Return the next piece; empty at the end."""
        ...


class Writable(Protocol):
    """A target that bytes can be written to."""

    def write(self, content: bytes, /) -> int:
        """Write a piece."""
        ...


def parse_recipients(text: str) -> tuple[pyrage.x25519.Recipient, ...]:
    """Return the public keys in a text, separated by commas or spaces.

    Raises:
        SettingsError: If one is not the public key of an age identity.
    """
    try:
        return tuple(pyrage.x25519.Recipient.from_str(word) for word in text.replace(",", " ").split())
    except pyrage.RecipientError as error:
        message = "SUPPORT_BACKUP_AGE_RECIPIENTS holds something that is not a public key of age."
        raise SettingsError(
            message, "Such a key begins with age1; `support-analytics db backup-key` makes one."
        ) from error


def read_identities(path: Path) -> tuple[pyrage.x25519.Identity, ...]:
    """Return the secret keys in a file, one a line; lines with # are comments.

    Raises:
        SettingsError: If the file has no secret key. The message never repeats the file's content.
    """
    hint = "Check --identity or SUPPORT_BACKUP_AGE_IDENTITY_FILE; `support-analytics db backup-key` makes such a file."
    try:
        lines = [line.strip() for line in read_given_text(path).splitlines()]
        keys = [pyrage.x25519.Identity.from_str(line) for line in lines if line.startswith(_SECRET_PREFIX)]
    except (GivenFileError, pyrage.IdentityError):
        keys = []
    if not keys:
        message = f"{path} holds no secret key of age that can be read."
        raise SettingsError(message, hint) from None
    return tuple(keys)


def make_identity(path: Path) -> str:
    """Write a new secret key to a file that only its owner may read, and return its public key.

    Raises:
        BackupStoreError: If the file exists already, or cannot be written.
    """
    identity = pyrage.x25519.Identity.generate()
    public = str(identity.to_public())
    try:
        write_private(path, f"# public key: {public}\n{identity}\n")
    except OSError as error:
        message = f"{path} cannot be written: {error.strerror}."
        raise BackupStoreError(message, "An existing key is never replaced; choose another file.") from error
    return public


@contextlib.contextmanager
def encrypted(target: Writable, recipients: Sequence[pyrage.x25519.Recipient]) -> Iterator[Writable]:
    """Yield a writer that encrypts into the target; without recipients, yield the target itself.

    Raises:
        BackupStoreError: If the target cannot be written.
    """
    if not recipients:
        yield target
        return
    with _pump(lambda source: pyrage.encrypt_io(source, target, list(recipients))) as (write_end, failures):
        try:
            with write_end:
                yield write_end
        except BrokenPipeError:
            _raise_store_error(failures)
    _raise_store_error(failures)


def decrypt(source: Readable, identities: Sequence[pyrage.x25519.Identity], write: Callable[[bytes], object]) -> None:
    """Decrypt a file, and pass its bytes on piece by piece; without identities the file is not encrypted.

    Every piece is authenticated before it is passed on. Whether the file is complete is known only at the end.

    Raises:
        BackupRefusedError: If none of the keys opens the file, or the file is damaged.
    """
    if not identities:
        copy(source.read, write)
        return
    passing = _Passing(source, write)
    try:
        pyrage.decrypt_io(passing, passing, list(identities))
    except (pyrage.DecryptError, OSError) as error:
        if passing.failure is not None:
            raise passing.failure from None
        if isinstance(error, pyrage.DecryptError):
            message = "The backup cannot be opened with the key that was given."
            hint = "Give the file with the secret key it was made for: --identity."
            raise BackupRefusedError(message, hint) from error
        message = "A file of the backup is damaged: it does not decrypt to its end."
        raise BackupRefusedError(message, "Take another backup.") from error


@dataclass(slots=True)
class _Passing:
    """A file object for pyrage that passes bytes on, and remembers an error of the source or target."""

    source: Readable
    target: Callable[[bytes], object]
    failure: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        with self._remembering():
            return self.source.read(size)

    def write(self, content: bytes) -> int:
        with self._remembering():
            self.target(content)
        return len(content)

    def flush(self) -> None:
        """Do nothing: every write is passed on at once."""

    @contextlib.contextmanager
    def _remembering(self) -> Iterator[None]:
        try:
            yield
        except BaseException as error:
            self.failure = error
            raise


@contextlib.contextmanager
def _pump(work: Callable[[IO[bytes]], Any]) -> Iterator[tuple[IO[bytes], list[BaseException]]]:
    """Yield the write end of a pipe, and a list; a thread works on the read end and adds its error to the list."""
    read_descriptor, write_descriptor = os.pipe()
    read_end, write_end = os.fdopen(read_descriptor, "rb"), os.fdopen(write_descriptor, "wb")
    failures: list[BaseException] = []

    def run() -> None:
        with read_end:
            try:
                work(read_end)
            except _FAILURES as error:
                failures.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield write_end, failures
    finally:
        with contextlib.suppress(OSError):
            write_end.close()
        thread.join()


def _raise_store_error(failures: Sequence[BaseException]) -> None:
    if failures:
        if (full := disk_full(failures[0])) is not None:
            raise BackupStoreError(full.message, full.hint) from full
        message = "The backups' directory or bucket could not be written."
        raise BackupStoreError(message, "Check its free space, the network and the permissions.") from failures[0]

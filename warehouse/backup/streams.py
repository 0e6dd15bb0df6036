"""Bytes that are counted and hashed while they pass by."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO, Final

CHUNK_BYTES: Final = 1 << 18
"""How much of a file is in memory at a time."""


@dataclass(slots=True)
class Tally:
    """How many bytes have passed, and their SHA-256."""

    size: int = 0
    _hash: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def add(self, content: bytes) -> None:
        """Count a piece."""
        self.size += len(content)
        self._hash.update(content)

    @property
    def sha256(self) -> str:
        """In hex, of all that has passed."""
        return self._hash.hexdigest()


@dataclass(slots=True)
class TallyingWriter:
    """Passes what is written on to a file."""

    target: IO[bytes]
    tally: Tally

    def write(self, content: bytes) -> int:
        """Write a piece whole."""
        piece = bytes(content)
        self.tally.add(piece)
        self.target.write(piece)
        return len(piece)

    def flush(self) -> None:
        """Do nothing: the file is flushed when it is closed."""


@dataclass(slots=True)
class TallyingReader:
    """Passes on what is read from a file."""

    source: IO[bytes]
    tally: Tally

    def read(self, size: int = -1) -> bytes:
        """Return the next piece; empty at the end."""
        piece = self.source.read(size)
        self.tally.add(piece)
        return piece


def copy(read: Callable[[int], bytes], write: Callable[[bytes], object]) -> None:
    """Copy to the end, a piece at a time."""
    while piece := read(CHUNK_BYTES):
        write(piece)

"""Counts and hashes bytes while they are read or written."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO, Final

CHUNK_BYTES: Final = 1 << 18
"""Number of bytes of a file that are in memory at a time."""


@dataclass(slots=True)
class Tally:
    """Number of bytes so far, and their SHA-256."""

    size: int = 0
    _hash: "hashlib._Hash" = field(default_factory=hashlib.sha256)

    def add(self, content: bytes) -> None:
        """Count a piece."""
        self.size += len(content)
        self._hash.update(content)

    @property
    def sha256(self) -> str:
        """SHA-256 of all bytes so far, in hex."""
        return self._hash.hexdigest()


@dataclass(slots=True)
class TallyingWriter:
    """Writes to a file, and counts and hashes what it writes."""

    target: IO[bytes]
    tally: Tally

    def write(self, content: bytes) -> int:
        """Write all bytes of a piece."""
        piece = bytes(content)
        self.tally.add(piece)
        self.target.write(piece)
        return len(piece)

    def flush(self) -> None:
        """Do nothing: the file is flushed when it is closed."""


@dataclass(slots=True)
class TallyingReader:
    """Reads from a file, and counts and hashes what it reads."""

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

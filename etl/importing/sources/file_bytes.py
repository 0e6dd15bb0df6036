"""The bytes of a file, inflated on the way when it is gzipped, within limits and with progress."""

import io
import os
import zlib
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final

from etl.importing.sources.errors import FileDamagedError, FileTooLargeError, FileUnreadableError
from etl.importing.sources.file_input import open_input
from etl.importing.sources.limits import ImportLimits

_GZIP_MAGIC: Final = b"\x1f\x8b"
_CHUNK: Final = 256 * 1024


class FileBytes(io.RawIOBase):
    """A readable stream over one file that counts and hashes the bytes it reads from the disk.

    Attributes:
        size: Bytes on disk.
        bytes_read: Bytes read from the disk so far; divided by `size` this is the progress.
        is_gzipped: Whether the content is inflated on the way.
    """

    def __init__(self, path: Path, limits: ImportLimits) -> None:
        """Open the file.

        Raises:
            FileUnreadableError: If it is missing or may not be read.
        """
        super().__init__()
        self._file = open_input(path, limits)
        self._limits = limits
        self._hash = sha256()
        self._plain = memoryview(b"")
        self._inflated = 0
        self._state = _state_of(self._file)
        self.size = self._state[0]
        self.bytes_read = 0
        self.is_gzipped = self._file.read(2) == _GZIP_MAGIC
        self._file.seek(0)
        self._inflater = zlib.decompressobj(wbits=31) if self.is_gzipped else None

    @property
    def sha256(self) -> str:
        """Hash of the file on disk, complete once everything has been read."""
        return self._hash.hexdigest()

    def readable(self) -> bool:
        """Say that this stream can be read."""
        return True

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]  # typeshed wants any buffer
        """Fill a buffer.

        Raises:
            FileDamagedError: If the compressed data is corrupt or ends early.
            FileTooLargeError: If it inflates beyond the limits.
        """
        filled = 0
        while filled < len(buffer):
            if not self._plain:
                self._plain = memoryview(self._next_plain())
            if not self._plain:
                break
            count = min(len(buffer) - filled, len(self._plain))
            buffer[filled : filled + count] = self._plain[:count]
            self._plain = self._plain[count:]
            filled += count
        return filled

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()

    def _next_plain(self) -> bytes:
        if self._inflater is None:
            return self._take()
        while True:
            plain = self._inflate(self._inflater)
            if plain is None:
                return b""
            if plain:
                return plain

    def _inflate(self, inflater: "zlib._Decompress") -> bytes | None:
        """Return some inflated bytes, perhaps none; None at the end."""
        if inflater.eof:
            rest = inflater.unused_data.lstrip(b"\0") or self._take().lstrip(b"\0")
            if not rest:
                return None
            # A gzip file may consist of several gzip streams, one after the other.
            inflater = self._inflater = zlib.decompressobj(wbits=31)
        else:
            rest = inflater.unconsumed_tail or self._take()
            if not rest:
                message = "The compressed file ends too early: it was cut off on the way."
                raise FileDamagedError(message, "Get the file again, then import it; nothing was imported.")
        try:
            plain = inflater.decompress(rest, _CHUNK)
        except zlib.error as error:
            message = "The compressed file is damaged and cannot be unpacked."
            raise FileDamagedError(message, "Get the file again, then import it; nothing was imported.") from error
        self._guard(len(plain))
        return plain

    def _guard(self, count: int) -> None:
        self._inflated += count
        limits = self._limits
        is_bomb = self._inflated > max(limits.free_inflated_bytes, self.bytes_read * limits.inflation_ratio)
        if is_bomb or self._inflated > limits.inflated_bytes:
            message = f"The compressed file inflates to more than {self._inflated // 2**20} MiB, which no table does."
            hint = "If it is genuine, unpack it first or raise inflation_ratio in the profile's [limits]."
            raise FileTooLargeError(message, hint)

    def _take(self) -> bytes:
        """Return the next bytes up to the size that the file had when it was opened.

        Raises:
            FileUnreadableError: If the disk fails, or somebody has written to the file since it was opened.
        """
        try:
            taken = self._file.read(min(_CHUNK, self.size - self.bytes_read))
            is_changed = not taken and _state_of(self._file) != self._state
        except OSError as error:
            message = f"The file could be read only in part: {(error.strerror or 'unknown reason').lower()}."
            raise FileUnreadableError(message, "Copy it to this machine and import the copy.") from error
        if is_changed or (not taken and self.bytes_read < self.size):
            message = "The file was written to while it was read."
            raise FileUnreadableError(message, "Wait until it is complete, or copy it and import the copy.")
        self._hash.update(taken)
        self.bytes_read += len(taken)
        return taken


def _state_of(file: BinaryIO) -> tuple[int, int]:
    """Return the size of an open file and when it was last written to."""
    found = os.fstat(file.fileno())
    return found.st_size, found.st_mtime_ns

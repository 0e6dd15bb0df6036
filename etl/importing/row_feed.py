"""Converts rows into text for COPY, in a thread, while PostgreSQL loads the rows before them."""

import threading
from collections import deque
from collections.abc import Callable, Iterable
from typing import Final

from etl.importing.source_row import SourceRow

_CHUNK_CHARACTERS: Final = 1_000_000
_CHUNK_ROWS: Final = 2_000
_AHEAD_BYTES: Final = 32_000_000
_BATCH_CHARACTERS: Final = 100_000_000

Convert = Callable[[SourceRow], str]


class _Stopped(Exception):  # noqa: N818 - not an error: the reader has stopped
    """Stops the thread, because nobody reads the rows any more."""


class RowFeed:
    """Rows of a file as batches that COPY can read, converted ahead of the reader.

    `read` returns the bytes of one batch, piece by piece, and then nothing. The call after that begins the next batch.
    The converted text that waits is limited in bytes, so that a few huge rows take no more memory than many small ones.

    Attributes:
        is_exhausted: Whether the last batch has been read.
        error: The error that stopped the reading of the file; the batch ends there.
    """

    def __init__(
        self, rows: Iterable[SourceRow], convert: Convert, on_rows: Callable[[int], None], batch_rows: int
    ) -> None:
        """Start the thread that converts the rows.

        Args:
            rows: The rows.
            convert: Returns a row's line for COPY.
            on_rows: Called in the thread, with the number of rows converted since the last call.
            batch_rows: Number of rows in a batch.
        """
        self._rows = rows
        self._convert = convert
        self._on_rows = on_rows
        self._batch_rows = batch_rows
        self._ahead: deque[bytes] = deque()
        self._ahead_bytes = 0
        self._changed = threading.Condition()
        self._is_done = False
        self._is_stopped = False
        self.is_exhausted = False
        self.error: BaseException | None = None
        self._thread = threading.Thread(target=self._work, name="row feed", daemon=True)
        self._thread.start()

    def read(self, _size: int = -1) -> bytes:
        """Return the next part of the batch; empty at its end."""
        with self._changed:
            self._changed.wait_for(lambda: self._ahead or self._is_done)
            if not self._ahead:
                self.is_exhausted = True
                return b""
            chunk = self._ahead.popleft()
            self._ahead_bytes -= len(chunk)
            self._changed.notify_all()
            return chunk

    def close(self) -> None:
        """Stop converting and wait for the thread."""
        with self._changed:
            self._is_stopped = True
            self._changed.notify_all()
        self._thread.join()

    def _work(self) -> None:
        try:
            self._convert_all()
        except _Stopped:
            pass
        except BaseException as error:  # noqa: BLE001 - it is raised again where the batch is read
            self.error = error
        finally:
            with self._changed:
                self._is_done = True
                self._changed.notify_all()

    def _convert_all(self) -> None:
        lines: list[str] = []
        characters = in_batch = batch_characters = 0
        convert = self._convert
        for row in self._rows:
            line = convert(row)
            lines.append(line)
            characters += len(line)
            if characters < _CHUNK_CHARACTERS and len(lines) < _CHUNK_ROWS:
                continue
            in_batch += len(lines)
            batch_characters += characters
            self._send(lines)
            lines, characters = [], 0
            if in_batch >= self._batch_rows or batch_characters >= _BATCH_CHARACTERS:
                self._put(b"")
                in_batch = batch_characters = 0
        if lines:
            self._send(lines)
        self._put(b"")

    def _send(self, lines: list[str]) -> None:
        self._put("".join(lines).encode())
        self._on_rows(len(lines))

    def _put(self, chunk: bytes) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._is_stopped or self._ahead_bytes < _AHEAD_BYTES)
            if self._is_stopped:
                raise _Stopped
            self._ahead.append(chunk)
            self._ahead_bytes += len(chunk)
            self._changed.notify_all()

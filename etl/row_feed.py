"""Converts rows in a thread while PostgreSQL takes in the ones before: batches of text for COPY."""

import threading
from collections.abc import Callable, Iterable
from queue import Empty, Full, Queue
from typing import Final

from etl.source_row import SourceRow

_CHUNK_CHARACTERS: Final = 1_000_000
_CHUNK_ROWS: Final = 2_000
_QUEUE_CHUNKS: Final = 8
_BATCH_CHARACTERS: Final = 200_000_000
_POLL_SECONDS: Final = 0.2

Convert = Callable[[SourceRow], str]


class _Stopped(Exception):  # noqa: N818 - not an error: the reader has gone
    """Nobody reads any more."""


class RowFeed:
    """Rows of a file as batches that COPY can read, made one ahead.

    `read` gives the bytes of one batch and then nothing; the next call begins the next batch.

    Attributes:
        is_exhausted: Whether the last batch has been read.
        error: What broke off the reading of the file; the batch ends there.
    """

    def __init__(
        self, rows: Iterable[SourceRow], convert: Convert, on_rows: Callable[[int], None], batch_rows: int
    ) -> None:
        """Begin to convert.

        Args:
            rows: The rows.
            convert: Returns a row's line for COPY.
            on_rows: Is told how many rows have been converted more; called in the thread.
            batch_rows: Rows of a batch.
        """
        self._rows = rows
        self._convert = convert
        self._on_rows = on_rows
        self._batch_rows = batch_rows
        self._queue: Queue[bytes | None] = Queue(_QUEUE_CHUNKS)
        self._stop = threading.Event()
        self.is_exhausted = False
        self.error: BaseException | None = None
        self._thread = threading.Thread(target=self._work, name="row feed", daemon=True)
        self._thread.start()

    def read(self, _size: int = -1) -> bytes:
        """Return a part of the batch; nothing at its end."""
        while True:
            try:
                return self._queue.get(timeout=_POLL_SECONDS) or b""
            except Empty:
                if not self._thread.is_alive() and self._queue.empty():
                    self.is_exhausted = True
                    return b""

    def close(self) -> None:
        """Stop converting and wait for the thread."""
        self._stop.set()
        self._thread.join()

    def _work(self) -> None:
        try:
            self._convert_all()
        except _Stopped:
            pass
        except BaseException as error:  # noqa: BLE001 - it is raised again where the batch is read
            self.error = error

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
                self._put(None)
                in_batch = batch_characters = 0
        if lines:
            self._send(lines)
        self._put(None)

    def _send(self, lines: list[str]) -> None:
        self._put("".join(lines).encode())
        self._on_rows(len(lines))

    def _put(self, chunk: bytes | None) -> None:
        while not self._stop.is_set():
            try:
                self._queue.put(chunk, timeout=_POLL_SECONDS)
            except Full:
                continue
            return
        raise _Stopped

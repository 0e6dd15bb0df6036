"""Where files of queued work lie: a directory, or an object store that several machines share."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import orjson

from analytics.errors import ErrorKind, SupportAnalyticsError
from storage.store import Purpose, Store

LARGEST_UPLOAD: Final = 200 * 10**6
"""Bytes of a file that is imported in the browser."""
PIECE: Final = 1 << 19
"""Bytes of each piece that such a file arrives in, but for the last."""
_NAME: Final = re.compile(r"[a-z0-9_.]+")


class ArtefactsError(SupportAnalyticsError):
    """The files of queued work cannot be reached."""

    kind = ErrorKind.UNAVAILABLE


_PURPOSE: Final = Purpose("the store of files", "SUPPORT_ARTEFACTS_URL", ArtefactsError)


class Artefacts:
    """The files of all works; each work has a folder, and its names are ours, never a person's."""

    def __init__(self, url: str) -> None:
        """Open the store; nothing is read yet."""
        self._store = Store.open(url, _PURPOSE)

    def write_answer(self, work: int, answer: object) -> None:
        """Keep what a work has to tell its owner."""
        self._store.write(_path(work, "answer.json"), orjson.dumps(answer))

    def answer(self, work: int) -> dict[str, object]:
        """Return what a work has to tell its owner; {} when it has said nothing."""
        kept = self._store.read(_path(work, "answer.json"))
        return orjson.loads(kept) if kept else {}

    def write_piece(self, work: int, number: int, content: bytes) -> None:
        """Keep a piece of an upload; sent again, it takes the place of the first."""
        self._store.write(_path(work, f"piece_{number:06}"), content)

    def arrived_bytes(self, work: int, pieces: int) -> int:
        """Return how much of an upload has arrived, or -1 when a piece is missing."""
        sizes = [self._store.size(_path(work, f"piece_{number:06}")) for number in range(pieces)]
        return -1 if None in sizes else sum(size or 0 for size in sizes)

    def fetch_upload(self, work: int, pieces: int, path: Path) -> None:
        """Put the pieces of an upload together in a file of this machine.

        Raises:
            ArtefactsError: If one is missing.
        """
        with path.open("xb") as file:
            for number in range(pieces):
                piece = self._store.read(_path(work, f"piece_{number:06}"))
                if piece is None:
                    message = "Some of the uploaded file is not there."
                    raise ArtefactsError(message, "The portal and etl watch have to reach one SUPPORT_ARTEFACTS_URL.")
                file.write(piece)

    @contextmanager
    def writing(self, work: int) -> Iterator[IO[bytes]]:
        """Yield the file that a work makes; one that an earlier attempt left is gone."""
        self._store.delete(_path(work, "result"))
        with self._store.writing(_path(work, "result")) as file:
            yield file

    def reading(self, work: int) -> Iterator[bytes]:
        """Yield the file that a work made, piece by piece."""
        with self._store.reading(_path(work, "result")) as file:
            while piece := file.read(PIECE):
                yield piece

    def forget(self, work: int) -> None:
        """Delete all files of a work."""
        self._store.delete(f"{work}")


def _path(work: int, name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(name)
    return f"{work}/{name}"

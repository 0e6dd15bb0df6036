"""The texts of a workbook, kept on disk: a workbook of any size needs little memory."""

import tempfile
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import IO, Final, Self

from etl.importing.sources.errors import FileDamagedError, FileTooLargeError
from etl.importing.sources.limits import ImportLimits
from etl.importing.sources.xml_elements import NAMESPACE, elements, text_of

_CACHED: Final = 4096
_MOST_CACHED_CHARACTERS: Final = 4096
_MOST_TEXTS: Final = 10_000_000


class SharedStrings:
    """Texts by number, in a temporary file."""

    def __init__(self, store: IO[bytes]) -> None:
        """Begin without any text."""
        self._store = store
        self._ends = array("Q", [0])
        self._cached = lru_cache(maxsize=_CACHED)(self._read)

    @classmethod
    @contextmanager
    def of(cls, xml: IO[bytes] | None, limits: ImportLimits) -> Iterator[Self]:
        """Read ``xl/sharedStrings.xml``; a workbook may have none.

        Raises:
            FileTooLargeError: If there are more texts than in any table, or one is too long.
        """
        with tempfile.TemporaryFile() as store:
            strings = cls(store)
            for item in elements(xml, f"{NAMESPACE}si", limits) if xml is not None else ():
                strings._append(text_of(item))
            store.flush()
            yield strings

    def __getitem__(self, number: int) -> str:
        """Return a text by its number.

        Raises:
            FileDamagedError: If there is none of that number.
        """
        count = len(self._ends) - 1
        if not 0 <= number < count:
            message = f"A cell of the workbook refers to text {number}, and the workbook has {count:,} texts."
            raise FileDamagedError(message, "Save it again as XLSX or CSV; nothing was imported.")
        is_short = self._ends[number + 1] - self._ends[number] <= _MOST_CACHED_CHARACTERS
        return self._cached(number) if is_short else self._read(number)

    def _append(self, text: str) -> None:
        if len(self._ends) > _MOST_TEXTS:
            message = f"The workbook has more than {_MOST_TEXTS:,} texts."
            raise FileTooLargeError(message, "If it is genuine, save the sheet as CSV and import that.")
        encoded = text.encode("utf-8", errors="surrogatepass")
        self._store.write(encoded)
        self._ends.append(self._ends[-1] + len(encoded))

    def _read(self, number: int) -> str:
        begin, end = self._ends[number], self._ends[number + 1]
        self._store.seek(begin)
        return self._store.read(end - begin).decode("utf-8", errors="surrogatepass")

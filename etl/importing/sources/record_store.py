"""Records whose columns are known only when all have been read: kept in a temporary file until then."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from itertools import islice
from typing import Final

from etl.importing.source_row import SourceRow
from etl.importing.sources.errors import HeaderError
from etl.importing.sources.limits import ImportLimits

_SAMPLE_ROWS: Final = 100


class RecordStore:
    """Records with names of their own, which become the rows of one table.

    Attributes:
        count: Number of records.
        lists: Names of the columns in which a cell was a list.
    """

    def __init__(self, stack: ExitStack, limits: ImportLimits) -> None:
        """Begin without a record.

        Args:
            stack: Closes the temporary file.
            limits: How many columns there may be.
        """
        self._file = tempfile.TemporaryFile("w+", encoding="ascii")  # noqa: SIM115 - the stack closes it
        stack.callback(self._file.close)
        self._places: dict[str, int] = {}
        self._limits = limits
        self.count = 0
        self.lists: set[str] = set()

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, in the order in which they came first."""
        return tuple(self._places)

    def add(self, line_number: int, cells: Mapping[str, str]) -> None:
        """Keep a record.

        Raises:
            HeaderError: If the records have more different names than a table may have columns.
        """
        places = [self._places.setdefault(name, len(self._places)) for name in cells]
        if len(self._places) > self._limits.columns:
            message = f"The records have more than {self._limits.columns} different names (record {line_number})."
            raise HeaderError(message, "Export fewer fields, or raise columns in the profile's [limits].")
        self._file.write(json.dumps([line_number, places, list(cells.values())]) + "\n")
        self.count += 1

    def sample(self) -> list[list[str]]:
        """Return the cells of the first rows."""
        return [row.cells for row in islice(self.rows(), _SAMPLE_ROWS)]

    def rows(self) -> Iterator[SourceRow]:
        """Yield the records as rows; blank ones are left out."""
        self._file.flush()
        self._file.seek(0)
        for line in self._file:
            number, places, texts = json.loads(line)
            cells = [""] * len(self._places)
            for place, text in zip(places, texts, strict=True):
                cells[place] = text
            if any(cells):
                yield SourceRow(number, cells)

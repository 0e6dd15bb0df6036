"""The first rows of a file, looked at column by column."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import Final

from etl.importing.transforms.column_places import shared_name
from etl.importing.vocabulary.spelling import column_key

_BLANKS: Final = frozenset({"", "NULL", "\\N"})


class Sample:
    """The columns of a file's first rows.

    Attributes:
        header: Names of the columns.
        usable: Names that only one column has.
        keys: `column_key` of a usable name -> the name; of several names with one key the first.
        lists: The same for names that several columns have: together they may be one list.
        row_count: Rows that were looked at.
    """

    def __init__(self, header: Sequence[str], rows: Sequence[Sequence[str]], repeated: Collection[str] = ()) -> None:
        """Keep the rows.

        Args:
            header: Names of the columns.
            rows: Cells of some rows.
            repeated: Names that several columns of the file have.
        """
        self.header = tuple(header)
        self._places = {name: place for place, name in reversed(list(enumerate(header)))}
        for name in repeated:
            self._places[f"{name} (1)"] = self._places[name]
        self._rows = list(dict.fromkeys(map(tuple, rows)))
        self.row_count = len(rows)
        numbered = {name for name in header if shared_name(name) != name and shared_name(name) in repeated}
        self.usable = tuple(name for name in header if name not in repeated and name not in numbered)
        self.keys = {column_key(name): name for name in reversed(self.usable)}
        self.lists = {column_key(name): name for name in reversed(self.header) if name in repeated}
        self._filled: dict[str, list[str]] = {}

    def alike(self, name: str) -> tuple[str, ...]:
        """Return the columns that share a name, as a profile tells them apart: "Name (1)", "Name (2)"."""
        return (f"{name} (1)", *(each for each in self.header if each != name and shared_name(each) == name))

    def cells(self, column: str) -> list[str]:
        """Return a column's trimmed cells, blank ones too; rows that repeat another exactly are left out."""
        place = self._places[column]
        return [row[place].strip() if place < len(row) else "" for row in self._rows]

    def filled(self, column: str) -> list[str]:
        """Return a column's cells that are not blank."""
        if column not in self._filled:
            self._filled[column] = [cell for cell in self.cells(column) if cell not in _BLANKS]
        return self._filled[column]

    def counts(self, column: str) -> Counter[str]:
        """Return how often each value of a column comes."""
        return Counter(self.filled(column))

    def share(self, column: str, fits: Callable[[str], bool]) -> float:
        """Return which part of the filled cells fits; 0 when none is filled."""
        counts = self.counts(column)
        total = counts.total()
        return sum(count for value, count in counts.items() if fits(value)) / total if total else 0.0

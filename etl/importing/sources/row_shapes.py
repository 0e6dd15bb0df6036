"""Tells a line that is a row of its own from a line of a cell, by the shape of its keys and dates."""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

_DIGITS: Final = re.compile(r"\d+")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_DATE: Final = re.compile(r"9(\D{1,3})9\1(9|a)|9[ .-]*a[ .-]*9|a 9,? 9")
_SHAPE_LENGTH: Final = 40
_ROWS_LEARNT: Final = 200
_SHAPES_OF_A_COLUMN: Final = 6


def shape_of(cell: str) -> str:
    """Return a cell with each number as 9 and each word as a: "T-17" is "a-9"."""
    return _LETTERS.sub("a", _DIGITS.sub("9", cell.strip()[:_SHAPE_LENGTH]))


class RowShapes:
    """The shape of a file's rows: how many cells they have, and what stands in the columns with keys and dates.

    Attributes:
        is_learning: Whether more rows help.
    """

    def __init__(self, delimiter: str) -> None:
        """Begin without having seen a row."""
        self._delimiter = delimiter
        cell = rf'(?:"(?:[^"]|"")*+"|[^"\r\n{re.escape(delimiter)}]*+)'
        self._whole_cells = re.compile(rf"(?:{cell}{re.escape(delimiter)})*+")
        self._well_formed = re.compile(rf"(?:{cell}{re.escape(delimiter)})*+{cell}[\r\n]*+")
        self._rows: list[list[str]] = []
        self._widths: Counter[int] = Counter()
        self._width = 0
        self.is_learning = True

    def learn(self, cells: Sequence[str]) -> None:
        """Remember the shape of a row that stands on one line."""
        self._widths[len(cells)] += 1
        widths = [(count, width) for width, count in self._widths.items() if width > 1]
        self._width = max(widths)[1] if widths else 0
        self.is_learning = self._widths.total() < _ROWS_LEARNT
        shapes = [shape_of(cell) for cell in cells]
        if any(shape[:1] == "9" for shape in shapes):
            self._rows.append(shapes)

    def is_well_formed(self, record: str) -> bool:
        """Say whether the quotes of a record open and close as they have to."""
        return self._well_formed.fullmatch(record) is not None

    def width(self, line: str) -> int:
        """Return the number of cells that most rows have; `line` counts if none was seen."""
        return self._width or line.count(self._delimiter) + 1

    def has_candidates(self, lines: Sequence[str]) -> bool:
        """Say whether any line below the first may be a row."""
        delimiter = self._delimiter
        least = (self._width or self.width(lines[0])) - 1
        for line in lines[1:]:
            quote = line.find('"')
            if line.count(delimiter) >= least or (quote > 0 and line[quote - 1] == delimiter):
                return True
        return False

    def candidates(self, lines: Sequence[str]) -> list[int]:
        """Return the places of those lines below the first that have enough delimiters, or open a quote."""
        return [place for place in range(1, len(lines)) if self.has_candidates(["", lines[place]])]

    def telling(self, lines: Sequence[str], candidates: Sequence[int]) -> dict[int, frozenset[str]]:
        """Return the columns that hold keys and dates, with the shapes seen there.

        Args:
            lines: The lines of the record in question. Where no row was seen, the cells of its first line before the
                quote count, else those of the candidates if they agree.
            candidates: Places of lines that may be rows.
        """
        width = self.width(lines[0])
        known = [row for row in self._rows if len(row) == width]
        if columns := _telling(known):
            return columns
        before = [shape_of(cell) for cell in self._prefix(lines[0])]
        if columns := _telling([before] if before else []):
            return columns
        whole = [self._cells(lines[place]) for place in candidates[:_ROWS_LEARNT]]
        alike = [[shape_of(cell) for cell in cells] for cells in whole if len(cells) == width]
        columns = _telling(alike) if len(alike) > 1 else {}
        return columns if any(_DATE.match(each) for shapes in columns.values() for each in shapes) else {}

    def is_row(self, line: str, telling: dict[int, frozenset[str]], width: int) -> bool:
        """Say whether a line is a whole row of its own."""
        cells = self._cells(line)
        return len(cells) == width and self._agrees(cells, telling)

    def starts_row(self, line: str, telling: dict[int, frozenset[str]], width: int) -> bool:
        """Say whether a line with a quote too many begins as rows begin."""
        if self.is_well_formed(line):
            return False
        cells = self._prefix(line)
        has_date = any(_DATE.match(shape_of(cell)) for cell in cells)
        has_width = line.count(self._delimiter) >= width - 1
        return (has_date or has_width) and self._agrees(cells, telling)

    def _agrees(self, cells: Sequence[str], telling: dict[int, frozenset[str]]) -> bool:
        places = [place for place in telling if place < len(cells)]
        shapes = {place: shape_of(cells[place]) for place in places}
        if any(shape and shape not in telling[place] for place, shape in shapes.items()):
            return False
        return sum(map(bool, shapes.values())) >= max(1, min(2, len(places)))

    def _cells(self, line: str) -> list[str]:
        """Return the cells of a line; none if it is not well formed by itself."""
        return next(csv.reader([line], delimiter=self._delimiter), []) if self.is_well_formed(line) else []

    def _prefix(self, line: str) -> list[str]:
        """Return the cells before the one in which the quotes go wrong."""
        match = self._whole_cells.match(line)
        whole = line[: match.end()] if match else ""
        return next(csv.reader([whole], delimiter=self._delimiter), [])[:-1]


def _telling(rows: Sequence[Sequence[str]]) -> dict[int, frozenset[str]]:
    """Return the columns in which every shape has a number and only few shapes occur."""
    found = {}
    for place in range(max(map(len, rows), default=0)):
        shapes = {row[place] for row in rows if place < len(row)} - {""}
        if 0 < len(shapes) <= _SHAPES_OF_A_COLUMN and all("9" in shape for shape in shapes):
            found[place] = frozenset(shapes)
    return found

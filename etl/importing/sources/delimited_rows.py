"""The records of a CSV text; where a quote never closes, the rows that it would swallow come out all the same."""

import csv
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import Final

from analytics.notices import Notice
from etl.importing.source_row import SourceRow
from etl.importing.sources.errors import FileTooLargeError
from etl.importing.sources.row_shapes import RowShapes
from etl.importing.sources.stray_quotes import StrayQuotes
from etl.importing.sources.text_lines import TextLines

UNCLOSED_QUOTE: Final = "unclosed_quote"
HOLDS_ROWS: Final = "holds_rows"
_LINES_NAMED: Final = 10


@dataclass(slots=True)
class _Found:
    """Records of one kind that were found on the way.

    Attributes:
        record_count: How many.
        first_lines: On which lines the first of them start.
        row_count: Lines inside them that look like rows of their own.
        line_count: Lines that they span.
    """

    record_count: int = 0
    first_lines: list[int] = field(default_factory=list)
    row_count: int = 0
    line_count: int = 0

    def add(self, line_number: int, row_count: int, line_count: int) -> None:
        """Count a record."""
        self.record_count += 1
        self.row_count += row_count
        self.line_count += line_count
        if len(self.first_lines) < _LINES_NAMED:
            self.first_lines.append(line_number)

    def notice(self, slug: str) -> Notice:
        """Return what a report says of them."""
        counts = {"record_count": self.record_count, "row_count": self.row_count, "line_count": self.line_count}
        return Notice(slug, {**counts, "first_lines": ", ".join(map(str, self.first_lines))})


class DelimitedRows:
    """Reads the records of a text, each with the line on which it starts."""

    def __init__(self, lines: TextLines, delimiter: str, limit: int) -> None:
        """Begin.

        Args:
            lines: The lines of the text.
            delimiter: One character.
            limit: Most characters of a cell.
        """
        self._lines = lines
        self._delimiter = delimiter
        self._limit = limit
        self._shapes = RowShapes(delimiter)
        self._line_number = 1
        self._counted_to = 0
        self._found: dict[str, _Found] = {}
        self._quotes = StrayQuotes(delimiter)
        lines.mend_first(self._quotes.found_in, self._mended)

    def notices(self) -> tuple[Notice, ...]:
        """Return what is odd about the quotes of the lines that were read so far."""
        return tuple(found.notice(slug) for slug, found in self._found.items())

    def read(self) -> Iterator[SourceRow]:
        """Yield the rows; blank ones are left out.

        A row with a quote that never closes comes with a problem and without the rows that it would swallow.

        Raises:
            FileTooLargeError: If a line or a cell is longer than the limit.
            FileDamagedError: If the quotes are in such disorder that the rows cannot be told apart.
        """
        csv.field_size_limit(self._limit)
        is_unfinished = True
        while is_unfinished:
            is_unfinished = yield from self._records()

    def _records(self) -> Generator[SourceRow, None, bool]:
        """Yield rows up to a quote that never closes or to the end, and return whether lines are left."""
        lines, taken, shapes = self._lines, self._lines.taken, self._shapes
        try:
            for cells in csv.reader(lines.read(), delimiter=self._delimiter):
                number = self._line_number
                # The reader asks for more after the last line only while it looks for the end of a quoted cell.
                if lines.has_ended or (len(taken) > 1 and shapes.has_candidates(taken)):
                    row = self._looked_through(cells)
                    yield row
                    if row.problem == UNCLOSED_QUOTE and not lines.has_ended:
                        self._next_record()
                        return True
                elif any(cells):
                    yield SourceRow(number, cells)
                    if shapes.is_learning:
                        shapes.learn(cells)
                self._line_number = number + len(taken)
                taken.clear()
        except csv.Error as error:
            yield self._cut_or_refused(error)
            self._next_record()
            return True
        return False

    def _mended(self, line: str) -> str:
        """Return the first line of a record with the quotes kept that a cell has inside."""
        return self._quotes.mended(line, self._shapes.width(line))

    def _next_record(self) -> None:
        self._line_number += len(self._lines.taken)
        self._lines.taken.clear()

    def _looked_through(self, cells: list[str]) -> SourceRow:
        """Return a record of several lines, or its beginning if the lines below are rows of their own."""
        taken, number, is_open = self._lines.taken, self._line_number, self._lines.has_ended
        candidates = self._shapes.candidates(taken)
        rows = self._rows_inside(candidates) if candidates else []
        if not rows:
            if is_open:
                self._note("quote_unclosed", 0, len(taken))
            return SourceRow(number, cells, UNCLOSED_QUOTE if is_open else "")
        if is_open or not self._shapes.is_well_formed("".join(taken)):
            return self._cut(rows)
        telling = self._shapes.telling(taken, candidates)
        width = self._shapes.width(taken[0])
        if self._shapes.starts_row(taken[-1], telling, width):
            # The last line begins as a row does: either a cell full of rows, or two rows with a quote too many each.
            self._note("rows_in_quotes", len(rows), len(taken))
            return SourceRow(number, cells, HOLDS_ROWS)
        self._note("rows_in_cell", len(rows), len(taken))
        return SourceRow(number, cells)

    def _rows_inside(self, candidates: list[int]) -> list[int]:
        """Return the places of the lines that are rows of their own or begin as such."""
        taken, shapes = self._lines.taken, self._shapes
        telling = shapes.telling(taken, candidates)
        if not telling:
            return []
        width = shapes.width(taken[0])
        return [
            place
            for place in candidates
            if shapes.is_row(taken[place], telling, width) or shapes.starts_row(taken[place], telling, width)
        ]

    def _cut(self, rows: list[int]) -> SourceRow:
        """Return the broken beginning of a record, and give the lines from the first row on back."""
        taken, first, number = self._lines.taken, rows[0], self._line_number
        is_new = [number + place > self._counted_to for place in rows]
        self._note("quote_unclosed", sum(is_new), first)
        self._counted_to = max(self._counted_to, number + rows[-1])
        self._lines.give_back(first, number + first)
        self._lines.has_ended = False
        try:
            cells = next(csv.reader(taken, delimiter=self._delimiter))
        except csv.Error:
            cells = ["".join(taken)]
        return SourceRow(number, cells, UNCLOSED_QUOTE)

    def _cut_or_refused(self, error: csv.Error) -> SourceRow:
        taken, number = self._lines.taken, self._line_number
        candidates = self._shapes.candidates(taken)
        if rows := self._rows_inside(candidates) if candidates else []:
            return self._cut(rows)
        message = f"The cell that starts on line {number} is longer than {self._limit} characters."
        hint = "A quote that never closes does this. Correct that line, or raise line_characters in [limits]."
        raise FileTooLargeError(message, hint) from error

    def _note(self, slug: str, row_count: int, line_count: int) -> None:
        self._found.setdefault(slug, _Found()).add(self._line_number, row_count, line_count)

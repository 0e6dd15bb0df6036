"""Keeps quotes that stand undoubled inside a quoted cell, as in `"12" monitor broken"`; the CSV reader drops one."""

import re
from typing import Final

_QUOTE: Final = '"'
_LINE_END: Final = "\r\n"


class StrayQuotes:
    """Mends the lines of one file.

    Attributes:
        found_in: Finds a quote between two other characters of a line; in a good file only an unquoted cell has one.
    """

    def __init__(self, delimiter: str) -> None:
        """Prepare for a delimiter of one character."""
        mark = re.escape(delimiter)
        # The quote comes first in the pattern, so that a line without one is passed over at the speed of memory.
        self.found_in = re.compile(rf'"(?<=[^"\r\n{mark}]")[^"\r\n{mark}]').search
        self._delimiter = delimiter

    def mended(self, line: str, width: int) -> str:
        """Return a line in which such quotes are doubled, so that the cells come out as they stand there.

        A cell ends at the first quote with a delimiter or the end behind it. If that does not give the number of cells
        of the other rows, it ends at the first delimiter, and all its quotes are its own. If neither does, the line
        stays as it is.

        Args:
            line: The first line of a record.
            width: How many cells the rows have.
        """
        bare = line.rstrip(_LINE_END)
        for is_closed in (True, False):
            cells = self._cells(bare, is_closed=is_closed)
            if cells is not None and len(cells) == width:
                return self._delimiter.join(cells) + line[len(bare) :]
        return line

    def _cells(self, line: str, *, is_closed: bool) -> list[str] | None:
        """Return the cells as they have to be written; None where a quoted cell goes on in the next line."""
        cells, start = [], 0
        while start <= len(line):
            if line.startswith(_QUOTE, start):
                end, is_stray = self._end_of_quoted(line, start)
                if is_stray and not is_closed:
                    end = self._next_delimiter(line, start)
                    cells.append(_quoted(line[start:end]))
                elif end < 0:
                    return None
                else:
                    cells.append(_quoted(line[start + 1 : end - 1].replace('""', _QUOTE)))
            else:
                end = self._next_delimiter(line, start)
                cells.append(line[start:end])
            start = end + 1
        return cells

    def _end_of_quoted(self, line: str, start: int) -> tuple[int, bool]:
        """Return the place behind a quoted cell, -1 if it does not end, and whether a quote inside it is stray."""
        place, is_stray = start + 1, False
        while (place := line.find(_QUOTE, place)) >= 0:
            if line.startswith(_QUOTE, place + 1):
                place += 2
            elif place + 1 == len(line) or line[place + 1] == self._delimiter:
                return place + 1, is_stray
            else:
                is_stray = True
                place += 1
        return -1, is_stray

    def _next_delimiter(self, line: str, start: int) -> int:
        place = line.find(self._delimiter, start)
        return len(line) if place < 0 else place


def _quoted(text: str) -> str:
    return f'"{text.replace(_QUOTE, _QUOTE * 2)}"'

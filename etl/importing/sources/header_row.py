"""Finds the row with the names of the columns below the titles of a report."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Final

from analytics.notices import Notice
from etl.importing.source_row import SourceRow

TITLE_ROWS: Final = 20


def split_header(rows: Iterator[SourceRow]) -> tuple[SourceRow, tuple[Notice, ...], Iterator[SourceRow]]:
    """Return the row of column names, what to say about rows above it, and the rows below.

    Of the rows above the first row of data it is the one with the most cells that hold words. A row without any cells
    is returned for a table without rows.
    """
    top = list(islice(rows, TITLE_ROWS))
    if not top:
        return SourceRow(1, []), (), rows
    place = _place(top)
    notices = (Notice("rows_skipped", {"row_count": place}),) if place else ()
    return top[place], notices, chain(top[place + 1 :], rows)


def _place(top: Sequence[SourceRow]) -> int:
    filled = [sum(1 for cell in row.cells if cell.strip()) for row in top]
    enough = max(2, (max(filled) + 1) // 2) if max(filled) > 1 else 1
    full = [place for place, count in enumerate(filled) if count >= enough]
    data = next((place for place in full if any(map(_is_value, top[place].cells))), len(top))
    words = [sum(1 for cell in row.cells if cell.strip() and not _is_value(cell)) for row in top[:data]]
    above = [place for place in full if place < data]
    return max(above, key=lambda place: words[place]) if above else next(iter(full), 0)


def _is_value(cell: str) -> bool:
    return any(map(str.isdigit, cell))

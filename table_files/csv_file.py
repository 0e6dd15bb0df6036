"""CSV files that a spreadsheet opens as they are meant: their encoding is known, and no cell is run as a formula."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Final

from table_files.table import Cell, Table

MEDIA_TYPE: Final = "text/csv; charset=utf-8"
BYTE_ORDER_MARK: Final = "\ufeff"
"""Begins a file, so that Excel knows that it is UTF-8."""
_LINE_END: Final = "\r\n"
_ROWS_A_CHUNK: Final = 500
_RISKY: Final = "=+\\-@＝＋－＠"
_UNSEEN: Final = r"\ufeff\u00a0\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u3000 "
_FORMULA: Final = re.compile(rf"(\A(?=[\t\r\n])|(?:\A|[;\t\r\n])(?=[{_UNSEEN}]*[{_RISKY}]))")
"""Where a spreadsheet may take what follows for a formula: at the beginning of a text, and, as some spreadsheets read
semicolons or tabs as the ends of cells, after each of these; what stands between may be unseen.

https://owasp.org/www-community/attacks/CSV_Injection
"""


def csv_chunks(table: Table) -> Iterator[bytes]:
    """Yield a file in UTF-8, some hundred rows at a time."""
    mark = BYTE_ORDER_MARK
    for text in csv_texts(table, _LINE_END):
        yield f"{mark}{text}".encode()
        mark = ""


def csv_texts(table: Table, line_end: str = "\n") -> Iterator[str]:
    """Yield a file as text without a byte order mark, some hundred rows at a time; for other programs."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=line_end)
    writer.writerow(map(inert, table.headings()))
    for place, row in enumerate(table.cells(), start=1):
        writer.writerow(map(csv_cell, row))
        if place % _ROWS_A_CHUNK == 0:
            yield _taken(text)
    yield _taken(text)


def _taken(text: io.StringIO) -> str:
    chunk = text.getvalue()
    text.seek(0)
    text.truncate()
    return chunk


def csv_cell(value: Cell) -> str | int | float | None:
    """Return what is written for a cell: texts inert, numbers as numbers, dates and instants as ISO 8601."""
    if isinstance(value, str):
        return inert(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, time):
        return value.isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, date) else value


def inert(text: str) -> str:
    """Return a text that no spreadsheet runs: what looks like a formula gets an apostrophe before it."""
    return _FORMULA.sub(r"\1'", text)

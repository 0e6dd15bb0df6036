"""CSV files that a spreadsheet opens as they are meant: their encoding is known, and no cell is run as a formula."""

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

Value = str | int | float | date | None
"""What a cell of a file holds; an instant is a naive time of the reporting zone."""

MEDIA_TYPE: Final = "text/csv; charset=utf-8"
BYTE_ORDER_MARK: Final = "\ufeff"
"""Begins a file, so that Excel knows that it is UTF-8."""
LINE_END: Final = "\r\n"
_RISKY: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters by which a spreadsheet takes a text of a CSV file for a formula.

https://owasp.org/www-community/attacks/CSV_Injection
"""


def csv_file(headings: Iterable[str], rows: Iterable[Iterable[Value]]) -> bytes:
    """Return a whole file of one table; for what is short enough to be made at once."""
    text = io.StringIO()
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text, lineterminator=LINE_END)
    writer.writerow(headings)
    for row in rows:
        writer.writerow([csv_cell(value) for value in row])
    return text.getvalue().encode()


def csv_cell(value: Value) -> str | int | float | None:
    """Return what is written for a value: texts inert, numbers as numbers, dates and instants as ISO 8601."""
    if isinstance(value, str):
        return inert(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value


def inert(text: str) -> str:
    """Return a text that no spreadsheet runs: one that looks like a formula gets an apostrophe before it."""
    return f"'{text}" if text.lstrip(" ").startswith(_RISKY) else text

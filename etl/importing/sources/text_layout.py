"""Detects the delimiter of a text file from its beginning."""

import csv
import io
import re
from collections import Counter
from typing import Final

_DELIMITERS: Final = (",", ";", "\t", "|")
_ROWS_LOOKED_AT: Final = 50
_NAMED: Final = re.compile(r'\ufeff?"?sep=(.)"?[,;\t|]*[\r\n]', re.IGNORECASE)


def named_delimiter(text: str) -> str | None:
    """Return the delimiter that the first line names, as spreadsheets do with "sep=;"; None if it is no such line."""
    match = _NAMED.match(text)
    return match[1] if match else None


def detect_delimiter(text: str) -> str:
    """Return the delimiter with which the most rows have the same number of cells; a comma if none fits.

    Args:
        text: The beginning of the file.
    """
    return max(_DELIMITERS, key=lambda delimiter: _agreement(text, delimiter))


def _agreement(text: str, delimiter: str) -> tuple[float, int]:
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        widths = [len(row) for row, _ in zip(rows, range(_ROWS_LOOKED_AT), strict=False) if row]
    except csv.Error:
        return 0.0, 0
    # The sample may end in the middle of its last row.
    found = Counter(widths[:-1] or widths)
    width, agreeing = max(found.items(), key=lambda each: (each[0] > 1, each[1], each[0]), default=(1, 0))
    return (agreeing / found.total(), width) if width > 1 else (0.0, 0)

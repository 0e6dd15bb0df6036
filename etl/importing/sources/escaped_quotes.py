"""Tells files in which a backslash stands before a quote in a cell from those in which it is doubled; reads both."""

import csv
import io
import re
from itertools import islice
from typing import Final

_ESCAPED: Final = re.compile(r'(?<!\\)((?:\\\\)*+)\\"')
_MARK: Final = '\\"'
_ROWS_LOOKED_AT: Final = 1_000


def doubled(text: str) -> str:
    """Return a text with each quote that a backslash escapes doubled, as CSV has it."""
    return _ESCAPED.sub(r'\1""', text) if _MARK in text else text


def are_escaped(text: str, delimiter: str) -> bool:
    """Say whether a backslash stands before the quotes inside the cells of a text.

    Args:
        text: The beginning of the file.
        delimiter: One character.
    """
    if _MARK not in text:
        return False
    plain, changed = _whole_rows(text, delimiter), _whole_rows(doubled(text), delimiter)
    if plain != changed:
        return changed > plain
    edge = rf'\\"\r\n{re.escape(delimiter)}'
    return re.search(rf'[^{edge}]""[^{edge}]', text) is None


def _whole_rows(text: str, delimiter: str) -> int:
    """Return how many of a text's first rows have as many cells as the row of names; the last may be cut off."""
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        widths = [len(row) for row in islice(rows, _ROWS_LOOKED_AT) if row]
    except csv.Error:
        return 0
    return widths[:-1].count(widths[0]) if widths else 0

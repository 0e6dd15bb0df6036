"""Workbooks: the cells of a table as what they are. No cell is a formula, and what Excel cannot hold is said."""

import re
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Final

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from table_files.table import Cell, Table

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS_A_SHEET: Final = 1_048_576
LONGEST_CELL: Final = 32_767
"""Code units of UTF-16 that a cell holds.

https://support.microsoft.com/en-us/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3
"""
_BYTES_A_CHUNK: Final = 64 * 1024
_LARGEST_NUMBER: Final = 10**15
"""Excel keeps 15 digits of a number; longer ones are written as text, so that none is lost."""
_FIRST_YEAR: Final = 1900
"""Before this year Excel has no dates."""
_NOT_IN_XML: Final = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REPLACED: Final = "\ufffd"
_LINE_ENDS: Final = re.compile(r"\r\n?")
_CUT_TEXT: Final = " … (cut here: Excel holds 32,767 characters in a cell; the CSV file has all {length:,})"
_CUT_ROWS: Final = "Cut here: Excel holds 1,048,576 rows in a sheet. The CSV file has all of them."
_FORMATS: Final[dict[type, str]] = {
    datetime: "yyyy-mm-dd hh:mm:ss",
    date: "yyyy-mm-dd",
    time: "hh:mm",
}

Write = Callable[[int, int, Cell], None]


def xlsx_chunks(table: Table, most_rows: int = ROWS_A_SHEET) -> Iterator[bytes]:
    """Yield a workbook. It is written to disk row by row first, as its index stands at its end.

    Args:
        table: What it holds.
        most_rows: Of its sheet, with the headings; a table that has more says so in the last.
    """
    with tempfile.TemporaryDirectory(prefix="support-export-") as folder:
        path = Path(folder) / "table.xlsx"
        # A sheet of a million rows is larger than the older kind of archive holds.
        options = {"constant_memory": True, "tmpdir": folder, "use_zip64": True}
        with xlsxwriter.Workbook(path, options) as workbook:
            _write_sheet(workbook, table, most_rows)
        with path.open("rb") as file:
            while chunk := file.read(_BYTES_A_CHUNK):
                yield chunk


def _write_sheet(workbook: xlsxwriter.Workbook, table: Table, most_rows: int) -> None:
    sheet = workbook.add_worksheet(table.name)
    sheet.freeze_panes(1, 0)
    # A number that is a name, as 00017, stays a text, and Excel need not wonder at it.
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    bold = workbook.add_format({"bold": True})
    for place, (column, heading) in enumerate(zip(table.columns, table.headings(), strict=True)):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, fitting(heading), bold)
    write, cells = _writer(workbook, sheet), table.cells()
    for line, row in enumerate(islice(cells, most_rows - 2), start=1):
        for place, cell in enumerate(row):
            write(line, place, cell)
    rest = list(islice(cells, 2))
    for place, cell in enumerate(rest[0] if len(rest) == 1 else [_CUT_ROWS] if rest else []):
        write(most_rows - 1, place, cell)


def _writer(workbook: xlsxwriter.Workbook, sheet: Worksheet) -> Write:
    formats = {kind: workbook.add_format({"num_format": code}) for kind, code in _FORMATS.items()}

    def write(line: int, place: int, cell: Cell) -> None:
        value = kept(cell)
        if isinstance(value, str):
            # As a string a cell never runs, whatever it begins with.
            sheet.write_string(line, place, value)
        elif isinstance(value, date | time):
            sheet.write_datetime(line, place, value, formats[type(value)])
        elif value is not None:
            sheet.write_number(line, place, value)

    return write


def kept(cell: Cell) -> Cell:
    """Return a cell as a workbook can keep it: what is no number, date or text there becomes a text that says it."""
    if isinstance(cell, str):
        return fitting(cell) or None
    if isinstance(cell, int | float):
        return str(cell) if abs(cell) >= _LARGEST_NUMBER else cell
    if isinstance(cell, date) and cell.year < _FIRST_YEAR:
        return str(cell)
    return cell


def fitting(text: str) -> str:
    """Return a text that fits a cell and that XML can hold; where it is cut, it ends with a word of that."""
    clean = _NOT_IN_XML.sub(_REPLACED, _LINE_ENDS.sub("\n", text))
    if len(clean) <= LONGEST_CELL // 2:
        return clean
    units = clean.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_CELL:
        return clean
    said = _CUT_TEXT.format(length=len(text))
    # Half of a character of two units is left out.
    return units[: 2 * (LONGEST_CELL - len(said))].decode("utf-16-le", "ignore") + said

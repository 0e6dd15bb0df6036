"""Turns the cells of one sheet into text: what a person sees in them, but dates in ISO form."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import IO, Final
from xml.etree.ElementTree import Element

from openpyxl.utils.datetime import from_excel

from etl.importing.source_row import SourceRow
from etl.importing.sources.errors import FileDamagedError, FileTooLargeError, HeaderError
from etl.importing.sources.limits import ImportLimits
from etl.importing.sources.shared_strings import SharedStrings
from etl.importing.sources.workbook_parts import DURATION, WorkbookParts
from etl.importing.sources.xml_elements import NAMESPACE, elements, text_of

NO_FORMULA_RESULT: Final = "formula_without_result"
CELL_ERROR: Final = "cell_error"
_COLUMN: Final = re.compile(r"[A-Z]{1,4}(?![A-Z])")
_LAST_ROW: Final = 1_048_576
_DAY_SECONDS: Final = 86_400
_EXPONENT: Final = re.compile(r"(-?)([1-9])\.(\d+)[eE]\+?(\d{1,2})$")
_MOST_BLANK_CELLS: Final = 5_000_000
_BLANK_TO_FILLED: Final = 20


class SheetRows:
    """Reads the rows of sheets."""

    def __init__(self, parts: WorkbookParts, strings: SharedStrings, limits: ImportLimits) -> None:
        """Keep what the cells refer to."""
        self._parts = parts
        self._strings = strings
        self._limits = limits

    def read(self, xml: IO[bytes]) -> Iterator[SourceRow]:
        """Yield the rows that are not blank.

        Raises:
            ImportFileError: If the sheet is damaged or beyond the limits.
        """
        number = filled = blank = 0
        for row in elements(xml, f"{NAMESPACE}row", self._limits, f"{NAMESPACE}sheetData"):
            number = _row_number(row.get("r"), number)
            cells, problem = self._cells(row, number)
            count = sum(map(bool, cells))
            filled += count
            blank += len(row) - count
            if blank > _MOST_BLANK_CELLS and blank > filled * _BLANK_TO_FILLED:
                message = f"The sheet has more than {_MOST_BLANK_CELLS:,} blank cells (up to row {number})."
                raise FileTooLargeError(message, "Copy the cells with data to a new sheet, or save it as CSV.")
            if count or problem:
                yield SourceRow(number, cells, problem)

    def _cells(self, row: Element, number: int) -> tuple[list[str], str]:
        cells: list[str] = []
        problem = ""
        for cell in row:
            place = _place(cell.get("r", ""), len(cells))
            text, wrong = self._text(cell)
            if place >= self._limits.columns:
                if text:
                    message = f"Row {number} has a cell in column {place + 1:,}; {self._limits.columns} are allowed."
                    raise HeaderError(message, "Delete what is not part of the table, or raise columns in [limits].")
                continue
            cells.extend([""] * (place + 1 - len(cells)))
            cells[place] = _once(cells[place], text, number, place)
            problem = problem or wrong
        return cells, problem

    def _text(self, cell: Element) -> tuple[str, str]:
        """Return the cell's text, and a reason code, empty if the cell is fine."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = cell.find(f"{NAMESPACE}is")
            return (text_of(inline) if inline is not None else ""), ""
        value = cell.findtext(f"{NAMESPACE}v")
        if not value:
            formula = cell.findtext(f"{NAMESPACE}f")
            return (f"={formula}", NO_FORMULA_RESULT) if formula is not None else ("", "")
        if kind == "s":
            return self._strings[int(value)], ""
        if kind == "b":
            return ("true" if value == "1" else "false"), ""
        if kind == "e":
            return value, CELL_ERROR
        return (self._number(value, cell.get("s", "")) if kind == "n" else value), ""

    def _number(self, value: str, style: str) -> str:
        shown = self._parts.date_styles.get(style)
        if shown is None:
            return _plain_number(value) if "E" in value or "e" in value else value.removesuffix(".0")
        if shown == DURATION:
            return _duration(value)
        return _moment(value, shown, self._parts.epoch)


def _once(there: str, text: str, number: int, place: int) -> str:
    """Return the text of a cell that may come only once."""
    if there and text:
        message = f"The sheet has the cell in row {number}, column {place + 1} twice."
        raise FileDamagedError(message, "Save the workbook again as XLSX or CSV; nothing was imported.")
    return there or text


def _row_number(reference: str | None, before: int) -> int:
    number = int(reference) if reference and reference.isdecimal() else before + 1
    if (reference and not reference.isdecimal()) or not 1 <= number <= _LAST_ROW:
        message = f"The sheet has a row numbered {(reference or str(number))[:20]!r}; rows go from 1 to {_LAST_ROW:,}."
        raise FileDamagedError(message, "Save the workbook again as XLSX or CSV; nothing was imported.")
    return number


def _moment(value: str, shown: str, epoch: datetime) -> str:
    """Return a serial date as ISO text. An impossible one stays as it is, and the validation refuses it."""
    try:
        moment = from_excel(float(value), epoch)
    except (ValueError, OverflowError):
        return value
    if isinstance(moment, datetime):
        is_date = shown == "date" and moment.time() == time()
        return moment.date().isoformat() if is_date else moment.isoformat(sep=" ", timespec="seconds")
    return str(moment) if isinstance(moment, date | time | timedelta) else value


def _duration(value: str) -> str:
    """Return a duration in days as hours, minutes and seconds; what is no number stays as it is."""
    try:
        seconds = round(float(value) * _DAY_SECONDS)
    except (ValueError, OverflowError):
        return value
    minutes, rest = divmod(abs(seconds), 60)
    return f"{'-' if seconds < 0 else ''}{minutes // 60}:{minutes % 60:02d}:{rest:02d}"


def _plain_number(value: str) -> str:
    """Return a number with an exponent in plain digits if the file has all of them, as a long key needs them.

    Where the file itself is rounded, as by a spreadsheet after 15 digits, the number stays as it is.
    """
    match = _EXPONENT.match(value)
    if match is None or len(match[3]) < int(match[4]):
        return value
    sign, whole, digits, places = match[1], match[2], match[3], int(match[4])
    rest = digits[places:].rstrip("0")
    return f"{sign}{whole}{digits[:places]}" + (f".{rest}" if rest else "")


def _place(reference: str, following: int) -> int:
    """Return the column, from 0, of a reference such as AB12."""
    letters = _COLUMN.match(reference)
    if letters is None:
        return following
    place = 0
    for letter in letters.group():
        place = place * 26 + ord(letter) - 64
    return place - 1

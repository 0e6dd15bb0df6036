"""Reads XLSX workbooks row by row: the text that a person sees in the cells, but dates in ISO form."""

import contextlib
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import IO, Final
from xml.etree.ElementTree import Element, ParseError, parse

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_datetime
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from etl.importing.source_row import SourceRow
from etl.importing.sources.errors import FileDamagedError, FileKindError, FileTooLargeError
from etl.importing.sources.file_bytes import FileBytes
from etl.importing.sources.header_row import split_header
from etl.importing.sources.limits import ImportLimits
from etl.importing.sources.shared_strings import NAMESPACE, SharedStrings, elements, text_of
from etl.importing.sources.source_table import SourceTable, header_of

NO_FORMULA_RESULT: Final = "formula_without_result"
CELL_ERROR: Final = "cell_error"
_RELATIONS: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE_RELATIONS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_COLUMN: Final = re.compile(r"[A-Z]+")


@contextlib.contextmanager
def open_workbook(content: IO[bytes], file: FileBytes, limits: ImportLimits, sheet: str) -> Iterator[SourceTable]:
    """Open one sheet of a workbook as a table.

    Titles above the column names, merged or not, are skipped. For a formula the result stored in the workbook is read;
    without a stored result the row goes to quarantine.

    Args:
        content: The workbook, seekable.
        file: The file, for progress and hash.
        limits: Bounds on what is read.
        sheet: Name of the sheet; "" is the first.

    Raises:
        ImportFileError: If this is not a workbook that can be read.
    """
    with contextlib.ExitStack() as stack:
        try:
            archive = stack.enter_context(zipfile.ZipFile(content))
            _guard(archive, file.size, limits)
            book = _Book(archive)
            texts = "xl/sharedStrings.xml"
            xml = stack.enter_context(archive.open(texts)) if texts in archive.namelist() else None
            strings = stack.enter_context(SharedStrings.of(xml))
            reader = _SheetReader(book, strings, limits)
            name, path = book.sheet(sheet)
            rows = reader.rows(stack.enter_context(archive.open(path)))
            header, skipped, rest = split_header(rows)
        except (zipfile.BadZipFile, ParseError, KeyError, ValueError, EOFError) as error:
            raise _damaged() from error
        names = header_of(header.cells, limits).saying(skipped)
        yield SourceTable(names, _guarded(rest, len(names.names)), f"XLSX, sheet {name!r}", file)


def _damaged() -> FileDamagedError:
    message = "The workbook is damaged and cannot be read."
    return FileDamagedError(message, "Save it again as XLSX or CSV; nothing was imported.")


def _guarded(rows: Iterator[SourceRow], width: int) -> Iterator[SourceRow]:
    """Yield rows of the header's width; a workbook leaves out blank cells at the end of a row."""
    try:
        for row in rows:
            row.cells.extend([""] * (width - len(row.cells)))
            yield row
    except (zipfile.BadZipFile, ParseError, EOFError) as error:
        raise _damaged() from error


def _guard(archive: zipfile.ZipFile, packed: int, limits: ImportLimits) -> None:
    inflated = sum(entry.file_size for entry in archive.infolist())
    is_bomb = inflated > max(limits.free_inflated_bytes * 4, packed * limits.inflation_ratio)
    if is_bomb or inflated > limits.inflated_bytes:
        message = f"The workbook inflates to {inflated // 2**20} MiB, which no table of its size does."
        raise FileTooLargeError(message, "If it is genuine, save it as CSV and import that.")


class _Book:
    """Data for all sheets of a workbook: their names, and the cell styles that show dates."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        with archive.open("xl/workbook.xml") as xml:
            root = parse(xml).getroot()  # noqa: S314 - Expat limits entity expansion since 2.4.1
        with archive.open("xl/_rels/workbook.xml.rels") as xml:
            relations = parse(xml).getroot()  # noqa: S314 - as above
        targets = {
            each.get("Id"): each.get("Target", "") for each in relations.iter(f"{_PACKAGE_RELATIONS}Relationship")
        }
        self._sheets = [
            (each.get("name", ""), _inside(targets[each.get(f"{_RELATIONS}id")]))
            for each in root.iter(f"{NAMESPACE}sheet")
        ]
        properties = root.find(f"{NAMESPACE}workbookPr")
        is_1904 = properties is not None and properties.get("date1904") in {"1", "true"}
        self.epoch = MAC_EPOCH if is_1904 else WINDOWS_EPOCH
        self.date_styles = _date_styles(archive)

    def sheet(self, name: str) -> tuple[str, str]:
        """Return the name and path of a sheet; "" means the first sheet."""
        for given, path in self._sheets:
            if name in {"", given}:
                return given, path
        message = f"The workbook has no sheet {name!r}."
        raise FileKindError(message, f"It has: {', '.join(given for given, _ in self._sheets)}.")


def _inside(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _date_styles(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the styles that show dates: number of the style -> "date", "time" or "datetime"."""
    if "xl/styles.xml" not in archive.namelist():
        return {}
    with archive.open("xl/styles.xml") as xml:
        root = parse(xml).getroot()  # noqa: S314 - as above
    formats = {str(number): code for number, code in BUILTIN_FORMATS.items()}
    formats |= {each.get("numFmtId", ""): each.get("formatCode", "") for each in root.iter(f"{NAMESPACE}numFmt")}
    styles = root.find(f"{NAMESPACE}cellXfs")
    codes = [formats.get(style.get("numFmtId", "0"), "General") for style in styles] if styles is not None else []
    return {str(number): is_datetime(code) or "" for number, code in enumerate(codes) if is_date_format(code)}


class _SheetReader:
    """Turns the cells of one sheet into text."""

    def __init__(self, book: _Book, strings: SharedStrings, limits: ImportLimits) -> None:
        self._book = book
        self._strings = strings
        self._limits = limits

    def rows(self, xml: IO[bytes]) -> Iterator[SourceRow]:
        """Yield the rows that are not blank."""
        number = 0
        for row in elements(xml, f"{NAMESPACE}row"):
            number = int(row.get("r") or number + 1)
            cells: list[str] = []
            problem = ""
            for cell in row:
                place = _place(cell.get("r", ""), len(cells))
                if place >= self._limits.columns:
                    break
                cells.extend([""] * (place - len(cells)))
                text, wrong = self._text(cell)
                cells.append(text)
                problem = problem or wrong
            if any(cells) or problem:
                yield SourceRow(number, cells, problem)

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
        shown = self._book.date_styles.get(style)
        if shown is None:
            return value.removesuffix(".0")
        return _moment(value, shown, self._book.epoch)


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


def _place(reference: str, following: int) -> int:
    """Return the column, from 0, of a reference such as AB12."""
    letters = _COLUMN.match(reference)
    if letters is None:
        return following
    place = 0
    for letter in letters.group():
        place = place * 26 + ord(letter) - 64
    return place - 1

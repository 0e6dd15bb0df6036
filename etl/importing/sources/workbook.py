"""Opens XLSX workbooks: the sheet with tickets is chosen, and the others are named with their rows."""

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from analytics.notices import Notice
from etl.importing.source_row import SourceRow
from etl.importing.sources.errors import HeaderError
from etl.importing.sources.file_bytes import FileBytes
from etl.importing.sources.header_row import split_header
from etl.importing.sources.limits import ImportLimits
from etl.importing.sources.shared_strings import SharedStrings
from etl.importing.sources.sheet_rows import SheetRows
from etl.importing.sources.source_table import Header, Judge, SourceTable, header_of
from etl.importing.sources.workbook_parts import Sheet, WorkbookParts
from etl.importing.sources.zip_archive import ZipArchive, damage_named, undamaged

_TEXTS: Final = "xl/sharedStrings.xml"
_SAMPLE_ROWS: Final = 100
_ROWS_COUNTED: Final = 100_000


@dataclass(frozen=True, slots=True)
class _Look:
    """What a first look at a sheet shows.

    Attributes:
        score: How much it looks like a table of tickets.
        row_count: Rows below the names of its columns.
        is_cut: Whether there are more rows than were counted.
    """

    sheet: Sheet
    score: int
    row_count: int
    is_cut: bool


@contextlib.contextmanager
def open_workbook(
    archive: ZipArchive, file: FileBytes, limits: ImportLimits, sheet: str, judge: Judge
) -> Iterator[SourceTable]:
    """Open one sheet of a workbook as a table.

    Titles above the column names, merged or not, are skipped. For a formula the result stored in the workbook is read;
    without a stored result the row goes to quarantine.

    Args:
        archive: The workbook.
        file: The file, for progress and hash.
        limits: Bounds on what is read.
        sheet: Name of the sheet; "" is the one that looks most like tickets.
        judge: Says how much a sheet looks like tickets.

    Raises:
        ImportFileError: If this is not a workbook that can be read.
    """
    with contextlib.ExitStack() as stack:
        parts = WorkbookParts(archive, limits)
        with damage_named("workbook"):
            xml = stack.enter_context(archive.read(_TEXTS)) if _TEXTS in archive.names else None
            strings = stack.enter_context(SharedStrings.of(xml, limits))
        workbook = _Workbook(archive, SheetRows(parts, strings, limits), limits)
        chosen, others = workbook.choose(parts, sheet, judge)
        header, rows = workbook.open(stack, chosen)
        table = header.saying(tuple(others))
        yield SourceTable(table, _of_width(rows, len(table.names)), f"XLSX, sheet {chosen.name!r}", file)


class _Workbook:
    """The sheets of a workbook, as tables."""

    def __init__(self, archive: ZipArchive, reader: SheetRows, limits: ImportLimits) -> None:
        self._archive = archive
        self._reader = reader
        self._limits = limits

    def open(self, stack: contextlib.ExitStack, sheet: Sheet) -> tuple[Header, Iterator[SourceRow]]:
        """Return the header and the rows of a sheet."""
        with damage_named("workbook"):
            xml = stack.enter_context(self._archive.read(sheet.path))
        row, skipped, rest = split_header(undamaged(self._reader.read(xml), "workbook"))
        if not any(row.cells):
            message = f"The sheet {sheet.name!r} is empty."
            raise HeaderError(message, "Choose another with --sheet, or export it again.")
        return header_of(row.cells, self._limits).saying(skipped), rest

    def choose(self, parts: WorkbookParts, name: str, judge: Judge) -> tuple[Sheet, Iterator[Notice]]:
        """Return the sheet to read, and a notice for each other sheet with rows."""
        if not parts.sheets:
            message = "The workbook has no sheet with cells."
            raise HeaderError(message, "Export it again; nothing was imported.")
        if len(parts.sheets) == 1:
            return (parts.sheet(name) if name else parts.sheets[0]), iter(())
        looks = self._looks(parts.sheets, judge)
        # Of sheets that look alike the first one that a person sees is taken.
        best = max(looks, key=lambda look: (look.score, look.row_count > 0, not look.sheet.is_hidden))
        chosen = parts.sheet(name) if name else best.sheet
        return chosen, (_notice(look) for look in looks if look.sheet != chosen and look.row_count)

    def _looks(self, sheets: Sequence[Sheet], judge: Judge) -> list[_Look]:
        looks, left = [], _ROWS_COUNTED
        for sheet in sheets:
            look = self._look(sheet, judge, left)
            left -= look.row_count
            looks.append(look)
        return looks

    def _look(self, sheet: Sheet, judge: Judge, most: int) -> _Look:
        with contextlib.ExitStack() as stack:
            try:
                header, rows = self.open(stack, sheet)
            except HeaderError:
                return _Look(sheet, 0, 0, is_cut=False)
            sample = [row.cells for row in _of_width(islice(rows, _SAMPLE_ROWS), len(header.names))]
            count = len(sample) + sum(1 for _ in islice(rows, max(0, most - len(sample))))
            return _Look(sheet, judge(header.names, sample), count, is_cut=next(rows, None) is not None)


def _notice(look: _Look) -> Notice:
    return Notice("sheet_not_read", {"name": look.sheet.name, "row_count": look.row_count, "is_cut": look.is_cut})


def _of_width(rows: Iterator[SourceRow], width: int) -> Iterator[SourceRow]:
    """Yield rows of the header's width; a workbook leaves out blank cells at the end of a row."""
    for row in rows:
        row.cells.extend([""] * (width - len(row.cells)))
        yield row

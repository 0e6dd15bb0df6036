"""A workbook reads as a person sees it, and what it cannot say goes to quarantine."""

import gzip
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook

from etl.importing.source_row import SourceRow
from etl.importing.sources.errors import FileDamagedError, FileKindError, FileTooLargeError, HeaderError
from etl.importing.sources.limits import ImportLimits
from etl.importing.sources.table_file import FileLayout, open_table


def read(path: Path, sheet: str = "", limits: ImportLimits | None = None) -> tuple[tuple[str, ...], list[SourceRow]]:
    """Return header and rows."""
    with open_table(path, FileLayout(sheet=sheet), limits or ImportLimits()) as table:
        return table.header.names, list(table.rows)


def saved(path: Path, *rows: list[object]) -> Path:
    """Save rows as a workbook."""
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_texts_numbers_dates_and_truths_read_as_shown(tmp_path: Path) -> None:
    path = saved(
        tmp_path / "a.xlsx",
        ["id", "created", "day", "amount", "is new", "note"],
        [7, datetime(2025, 3, 30, 14, 5, 9), date(2025, 3, 30), 2.5, True, "née"],  # noqa: DTZ001 - a sheet has no zones
    )
    assert read(path)[1] == [SourceRow(2, ["7", "2025-03-30 14:05:09", "2025-03-30", "2.5", "true", "née"])]


def test_a_gzipped_workbook_reads_the_same(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", ["id", "note"], [1, "x"])
    packed = tmp_path / "a.xlsx.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert read(packed) == read(path)


def test_a_formula_counts_with_its_result_and_without_one_marks_its_row(tmp_path: Path) -> None:
    path = tmp_path / "formula.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "total"])
        sheet.write_row(1, 0, ["a"])
        sheet.write_formula(1, 1, "=1+1", None, 2)
        sheet.write_row(2, 0, ["b", "=2+2"])
    assert [(row.cells, row.problem) for row in read(path)[1]] == [(["a", "2"], ""), (["b", "0"], "")]
    bare = saved(tmp_path / "bare.xlsx", ["id", "total"], ["a", "=1+1"])
    (row,) = read(bare)[1]
    assert (row.cells, row.problem) == (["a", "=1+1"], "formula_without_result")


def test_a_cell_with_an_error_marks_its_row(tmp_path: Path) -> None:
    path = tmp_path / "error.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "total"])
        sheet.write_formula(1, 0, "=1/0", None, "#DIV/0!")
    assert read(path)[1][0].problem == "cell_error"


def test_titles_above_the_names_of_the_columns_are_skipped_merged_or_not(tmp_path: Path) -> None:
    path = tmp_path / "merged.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.merge_range("A1:C1", "Tickets of March")
        sheet.merge_range("A2:B2", "Ticket")
        sheet.write("C2", "Customer")
        sheet.write_row(2, 0, ["id", "created", "email"])
        sheet.write_row(3, 0, [1, "2025-03-01", "ann@example.org"])
    header, rows = read(path)
    assert header == ("id", "created", "email")
    assert [row.line_number for row in rows] == [4]


def test_blank_cells_and_rows_leave_everything_in_its_column(tmp_path: Path) -> None:
    path = saved(tmp_path / "gaps.xlsx", ["a", "b", "c"], [None, "x", None], [None, None, None], ["y"])
    assert [(row.line_number, row.cells) for row in read(path)[1]] == [(2, ["", "x", ""]), (4, ["y", "", ""])]


def test_a_sheet_is_chosen_by_name(tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("second").append(["id"])
    book["second"].append(["here"])
    book.save(tmp_path / "two.xlsx")
    assert read(tmp_path / "two.xlsx", "second")[1][0].cells == ["here"]
    with pytest.raises(FileKindError, match="second"):
        read(tmp_path / "two.xlsx", "third")
    with pytest.raises(HeaderError, match="empty"):
        read(tmp_path / "two.xlsx")


def test_dates_of_the_other_epoch_are_the_same_dates(tmp_path: Path) -> None:
    path = tmp_path / "mac.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "created"])
        sheet.write_datetime(1, 1, datetime(2025, 3, 30), book.add_format({"num_format": "yyyy-mm-dd"}))  # noqa: DTZ001 - as above
    assert read(path)[1][0].cells == ["", "2025-03-30"]


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    whole = saved(tmp_path / "a.xlsx", ["id"], ["x"]).read_bytes()
    path = tmp_path / "cut.xlsx"
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(FileDamagedError):
        read(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "not a workbook")
    with pytest.raises(FileDamagedError):
        read(path)


def test_a_workbook_that_inflates_without_measure_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b"\0" * 20_000_000)
    with pytest.raises(FileTooLargeError, match="inflates"):
        read(path, limits=ImportLimits(free_inflated_bytes=1_000_000))

"""Workbooks: every cell is what it is, nothing runs, and what does not fit is said."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from table_files.table import Column, Kind, Table, Value
from table_files.workbook import LONGEST_CELL, ROWS_A_SHEET, fitting, xlsx_chunks

_SHEET = "xl/worksheets/sheet1.xml"


def sheet_of(rows: Iterable[Sequence[Value]], columns: Sequence[Column], most_rows: int = ROWS_A_SHEET) -> Worksheet:
    """Return the sheet of a table's workbook."""
    content = b"".join(xlsx_chunks(Table("Table", columns, rows, "Asia/Kathmandu"), most_rows))
    (sheet,) = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    return sheet


def values(sheet: Worksheet) -> list[list[object]]:
    """Return what stands below the headings."""
    return [[cell.value for cell in line] for line in sheet.iter_rows(min_row=2)]


def units(text: str) -> int:
    """Return the length of a text as Excel counts it."""
    return len(text.encode("utf-16-le")) // 2


def test_numbers_dates_instants_and_times_are_what_they_are() -> None:
    """A spreadsheet can count with each; an instant is by the zone's clock."""
    at = datetime(2026, 3, 1, 12, 0, 5, tzinfo=UTC)
    columns = [Column("n"), Column("share"), Column("At", Kind.INSTANT), Column("Born", Kind.INSTANT)]
    columns += [Column("Hour", Kind.TIME), Column("None")]
    sheet = sheet_of([(7, -0.14, at, date(2016, 1, 3), at, None)], columns)
    local, born = datetime(2026, 3, 1, 17, 45, 5), datetime(2016, 1, 3)  # noqa: DTZ001 - Excel knows no zones
    assert values(sheet) == [[7, -0.14, local, born, time(17, 45, 5), None]]
    formats = [cell.number_format for cell in sheet[2]]
    assert formats[2:5] == ["yyyy-mm-dd hh:mm:ss", "yyyy-mm-dd", "hh:mm"]
    assert [cell.data_type for cell in sheet[2]] == ["n", "n", "d", "d", "d", "n"]


@pytest.mark.parametrize(
    "text", ["=1+1", "+27", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "a;=1", "{=1}", "\ufeff=1"]
)
def test_a_text_that_looks_like_a_formula_is_a_text(text: str) -> None:
    """In a cell and in a heading; no apostrophe is needed, and none is put."""
    sheet = sheet_of([(text,)], [Column(text)])
    for line in (1, 2):
        cell = sheet.cell(line, 1)
        assert cell.data_type in {"s", "inlineStr"}
        assert cell.value == text.replace("\r", "\n")


@pytest.mark.parametrize("text", ["00017", "1e5", "2026-03-01", "12:30", "TRUE", "https://example.org", "#REF!", "7"])
def test_a_text_stays_a_text_whatever_it_looks_like(text: str) -> None:
    """Numbers of tickets keep their zeros, and addresses become no links."""
    cell = sheet_of([(text,)], [Column("Number in source")]).cell(2, 1)
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None) or cell.data_type == "inlineStr"
    assert cell.value == text


def test_a_number_of_more_digits_than_excel_keeps_is_written_out() -> None:
    """Excel would put noughts for the last of them."""
    sheet = sheet_of([(10**15 - 1, 2**63 - 1, -(10**15))], [Column(name) for name in "abc"])
    assert values(sheet) == [[10**15 - 1, "9223372036854775807", "-1000000000000000"]]


def test_a_day_before_excels_first_is_written_out() -> None:
    """Excel has no dates before 1900."""
    at = datetime(1899, 12, 30, 12, tzinfo=UTC)
    sheet = sheet_of([(date(1815, 6, 18), at)], [Column("a"), Column("b", Kind.INSTANT)])
    assert values(sheet)[0][0] == "1815-06-18"
    assert str(values(sheet)[0][1]).startswith("1899-12-30 17:")


@given(st.text(max_size=60))
def test_every_text_can_be_opened_and_is_as_it_was(text: str) -> None:
    """But for what XML forbids, which is shown as unknown; ends of lines are Excel's."""
    told = fitting(text)
    ElementTree.fromstring(f"<t>{told.replace('&', '&amp;').replace('<', '&lt;')}</t>".encode())  # noqa: S314 - made here
    assert len(told) <= len(text)
    expected = text.replace("\r\n", "\n").replace("\r", "\n")
    assert all(here in (there, "\ufffd") for here, there in zip(told, expected, strict=True))


def test_what_xml_forbids_breaks_no_workbook() -> None:
    """A parser reads the sheet; a text that looks as if it was escaped stays as it is."""
    texts = ["a\x00b\x01\x0b\x1f\ufffe\uffff", "_x0041_", "<&>\"'", "\u2028 \x7f \x85", "😀"]
    content = b"".join(xlsx_chunks(Table("Table", [Column("Text")], [(text,) for text in texts])))
    with zipfile.ZipFile(io.BytesIO(content)) as workbook:
        root = ElementTree.fromstring(workbook.read(_SHEET))  # noqa: S314 - made here
    told = ["".join(each.itertext()) for each in root.iter() if each.tag.endswith("}is")][1:]
    assert told[0] == "a\ufffdb" + "\ufffd" * 5
    assert told[1] == "_x005F_x0041_", "Office Open XML writes an underscore so, where it would begin an escape"
    assert told[2:] == texts[2:]


@pytest.mark.parametrize("character", ["x", "😀", "a😀", "_x0041_"])
def test_a_text_that_is_too_long_says_so_and_fits(character: str) -> None:
    """A character outside of the basic plane takes two of the places, and is never halved."""
    text = character * 40_000
    told = fitting(text)
    assert LONGEST_CELL - 1 <= units(told) <= LONGEST_CELL
    whole, said = told.split(" … ")
    assert text.startswith(whole)
    assert said == f"(cut here: Excel holds 32,767 characters in a cell; the CSV file has all {len(text):,})"


@pytest.mark.parametrize("text", ["x" * LONGEST_CELL, "😀" * (LONGEST_CELL // 2)])
def test_a_text_that_just_fits_is_whole(text: str) -> None:
    """Nothing is cut that has its place."""
    assert fitting(text) == text
    assert values(sheet_of([(text,)], [Column("Text")])) == [[text]]


@pytest.mark.parametrize(("rows", "told"), [(8, 8), (9, 9), (10, 9), (30, 9)])
def test_a_table_of_too_many_rows_says_so_in_the_last(rows: int, told: int) -> None:
    """Ten rows of a sheet are its headings and nine of the table; one more row, and the last says what is missing."""
    sheet = sheet_of(((number, "x") for number in range(rows)), [Column("n"), Column("x")], most_rows=10)
    lines = values(sheet)
    assert len(lines) == told
    whole = min(rows, 9) if rows < 10 else 8
    assert lines[:whole] == [[number, "x"] for number in range(whole)]
    if rows > 9:
        assert lines[-1] == [
            "Cut here: Excel holds 1,048,576 rows in a sheet. The CSV file has all of them.",
            None,
        ]


def test_a_workbook_that_its_reader_gives_up_leaves_no_file(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was written on the way is removed."""
    folder = tmp_path_factory.mktemp("files")
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    chunks = xlsx_chunks(Table("Table", [Column("n")], [(1,)]))
    assert next(chunks).startswith(b"PK")
    assert list(folder.iterdir())
    chunks.close()  # type: ignore[attr-defined]  # it is a generator
    assert not list(folder.iterdir())

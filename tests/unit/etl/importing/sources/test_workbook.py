"""A workbook reads as a person sees it, and what it cannot say goes to quarantine."""

import gzip
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook

from etl.importing.source_row import SourceRow
from etl.importing.sources.errors import (
    FileDamagedError,
    FileKindError,
    FileTooLargeError,
    HeaderError,
    ImportFileError,
)
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
    assert read(tmp_path / "two.xlsx")[1][0].cells == ["here"]
    with pytest.raises(HeaderError, match="'Sheet' is empty"):
        read(tmp_path / "two.xlsx", "Sheet")


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
        archive.writestr("xl/workbook.xml", "not a workbook")
    with pytest.raises(FileDamagedError):
        read(path)


def test_a_workbook_that_inflates_without_measure_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b"\0" * 20_000_000)
        archive.writestr("xl/workbook.xml", "")
    with pytest.raises(FileTooLargeError, match="inflates"):
        read(path, limits=ImportLimits(free_inflated_bytes=1_000_000))


def sheets(path: Path, **rows: list[list[object]]) -> Path:
    """Save a workbook with a sheet for each list of rows."""
    with xlsxwriter.Workbook(path) as book:
        for name, cells in rows.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(cells):
                sheet.write_row(number, 0, row)
    return path


def looks(names: tuple[str, ...], _sample: object) -> int:
    """Take what has a creation for tickets."""
    return 2 if "created" in names else 0


TICKETS: list[list[object]] = [["id", "created"], [1, "2025-03-01"], [2, "2025-03-02"]]


@pytest.mark.parametrize(
    ("book", "taken", "others"),
    [
        ({"January": TICKETS, "February": TICKETS[:2]}, "January", [("February", 1)]),
        ({"Cover": [["Report"], ["of March"]], "Tickets": TICKETS, "Agents": [["name"], ["Ann"]]}, "Tickets", None),
        ({"Empty": [], "Tickets": TICKETS}, "Tickets", []),
        ({"Header": TICKETS[:1], "Tickets": TICKETS}, "Tickets", []),
    ],
    ids=["months", "cover", "empty", "header"],
)
def test_the_sheet_with_tickets_is_taken_and_the_others_are_named_with_their_rows(
    tmp_path: Path, book: dict[str, list[list[object]]], taken: str, others: list[tuple[str, int]] | None
) -> None:
    path = sheets(tmp_path / "book.xlsx", **book)
    with open_table(path, FileLayout(), ImportLimits(), looks) as table:
        assert table.layout == f"XLSX, sheet {taken!r}"
        named = [(each.facts["name"], each.facts["row_count"]) for each in table.header.notices]
    assert named == (others if others is not None else [("Cover", 1), ("Agents", 1)])


def test_a_number_that_is_a_date_under_the_format_general_stays_exactly_that_number(tmp_path: Path) -> None:
    path = sheets(tmp_path / "serial.xlsx", Tickets=[["id", "created"], [1, 45717.4166666667]])
    assert read(path)[1][0].cells == ["1", "45717.4166666667"]


SHEET = "xl/worksheets/sheet1.xml"


def changed(path: Path, part: str, content: str | bytes) -> Path:
    """Replace one file inside a workbook of two tickets."""
    whole = sheets(path, Tickets=TICKETS)
    with zipfile.ZipFile(whole) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = content if isinstance(content, bytes) else content.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, each in parts.items():
            archive.writestr(name, each)
    return path


def sheet_xml(rows: str, before: str = "") -> str:
    """Return the XML of a sheet."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?>{before}<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'


HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="B1" t="inlineStr"><is><t>made</t></is></c></row>'
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("xml", "told"),
    [
        (sheet_xml(HEAD + '<row r="2"><c r="A2" t="s"><v>99</v></c></row>'), "text 99, and the workbook has"),
        (sheet_xml(HEAD + '<row r="2"><c r="A2" t="s"><v>-1</v></c></row>'), "text -1"),
        (sheet_xml(HEAD + '<row r="-5"><c r="A2"><v>1</v></c></row>'), "numbered '-5'"),
        (sheet_xml(HEAD + '<row r="99999999999"><c><v>1</v></c></row>'), "numbered '99999999999'"),
        (sheet_xml(HEAD + '<row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>'), "twice"),
        (sheet_xml(HEAD + '<row r="2"><c r="ZZZ2"><v>1</v></c></row>'), "column 18,278"),
        (sheet_xml(HEAD + "<row>" + "<x>" * 90 + "</x>" * 90 + "</row>"), "nested deeper"),
        (sheet_xml(HEAD, BOMB), "declares entities"),
        (sheet_xml(HEAD + "<row><c>")[:-20], "damaged"),
        (sheet_xml(HEAD + '<row r="2"><c r="A2" t="s"><v>one</v></c></row>'), "damaged"),
        ("<a>" * 1000, "nested deeper"),
    ],
)
def test_a_sheet_that_no_spreadsheet_would_write_is_refused_with_what_is_wrong(
    tmp_path: Path, xml: str, told: str
) -> None:
    with pytest.raises(ImportFileError, match=told):
        read(changed(tmp_path / "odd.xlsx", SHEET, xml))


def test_a_row_at_the_very_end_of_a_sheet_is_read(tmp_path: Path) -> None:
    xml = sheet_xml(HEAD + '<row r="1048576"><c r="B1048576"><v>5</v></c><c r="A1048576"><v>7</v></c></row>')
    assert read(changed(tmp_path / "end.xlsx", SHEET, xml))[1] == [SourceRow(1_048_576, ["7", "5"])]


def test_a_long_cell_junk_around_cells_and_blank_cells_without_end_are_refused_before_they_take_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = sheet_xml(HEAD + '<row r="2"><c r="A2" t="inlineStr"><is><t>' + "x" * 6_000_000 + "</t></is></c></row>")
    with pytest.raises(FileTooLargeError, match="longer than 5 MB"):
        read(changed(tmp_path / "long.xlsx", SHEET, long))
    monkeypatch.setattr("etl.importing.sources.xml_elements._MOST_OUTSIDE", 5_000)
    junk = sheet_xml("<a/>" * 10_000 + HEAD)
    with pytest.raises(FileTooLargeError, match="around its cells"):
        read(changed(tmp_path / "junk.xlsx", SHEET, junk))
    monkeypatch.setattr("etl.importing.sources.sheet_rows._MOST_BLANK_CELLS", 5_000)
    blank = sheet_xml(HEAD + "".join(f'<row r="{row}"><c/><c/></row>' for row in range(2, 4000)))
    with pytest.raises(FileTooLargeError, match="blank cells"):
        read(changed(tmp_path / "blank.xlsx", SHEET, blank))


def test_too_many_styles_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.importing.sources.xml_elements._MOST_INSIDE", 1_000)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    styles = f'<styleSheet xmlns="{main}"><cellXfs>{"<xf/>" * 2000}</cellXfs></styleSheet>'
    with pytest.raises(FileTooLargeError, match="parts"):
        read(changed(tmp_path / "styles.xlsx", "xl/styles.xml", styles))


@pytest.mark.parametrize("shown", ["[h]:mm:ss", "[hh]:mm:ss", "[mm]:ss", "[h]", "[H]:MM", "[s]", '[h]" h "mm'])
@pytest.mark.parametrize(
    ("days", "text"), [(2 / 24, "2:00:00"), (26.25 / 24, "26:15:00"), (3.0, "72:00:00"), (-0.5, "-12:00:00")]
)
def test_what_is_shown_as_elapsed_time_is_a_duration(tmp_path: Path, shown: str, days: float, text: str) -> None:
    path = tmp_path / "durations.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "Time spent"])
        sheet.write_row(1, 0, ["a"])
        sheet.write_number(1, 1, days, book.add_format({"num_format": shown}))
    assert read(path)[1] == [SourceRow(2, ["a", text])]


def test_durations_of_another_program_are_durations_beside_text(tmp_path: Path) -> None:
    path = saved(
        tmp_path / "a.xlsx",
        ["id", "spent"],
        ["a", timedelta(hours=26, minutes=15)],
        ["b", "01:30"],
        ["c", "1h 5m"],
        ["d", timedelta(days=3)],
    )
    assert [row.cells[1] for row in read(path)[1]] == ["26:15:00", "01:30", "1h 5m", "72:00:00"]


@pytest.mark.parametrize("note", ['"[h]" 0', "0.00", "dd/mm/yyyy hh:mm"])
def test_other_formats_show_no_duration(tmp_path: Path, note: str) -> None:
    path = tmp_path / "other.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["id", "made"])
        sheet.write_row(1, 0, ["a"])
        sheet.write_number(1, 1, 45_000.5, book.add_format({"num_format": note}))
    assert read(path)[1][0].cells[1] in {"45000.5", "2023-03-15 12:00:00"}


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("12345678901234567", "12345678901234567"),
        ("202501011000001234", "202501011000001234"),
        ("1.2345678901234567E+16", "12345678901234567"),
        ("1.25e+1", "12.5"),
        ("1.234567890123457E+16", "1.234567890123457E+16"),
        ("2.0250101100000122E+17", "2.0250101100000122E+17"),
        ("1E-3", "1E-3"),
    ],
)
def test_a_long_number_has_all_digits_that_the_file_has(tmp_path: Path, stored: str, text: str) -> None:
    plain, path = saved(tmp_path / "plain.xlsx", ["id", "note"], [1, "x"]), tmp_path / "long.xlsx"
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(b"<v>1</v>", f"<v>{stored}</v>".encode(), 1))
    assert read(path)[1][0].cells[0] == text

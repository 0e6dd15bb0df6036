"""Files as people export them come in by guess alone, and nothing of them vanishes unsaid."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter

from etl.importing.report import ImportReport
from etl.importing.sources.errors import FileKindError, FileUnreadableError, HeaderError
from etl.importing.transforms.import_profile import ProfileError
from tests.integration.etl.importing.imported_desk import Desk

HEADER = "Ticket ID,Created At,Status,Priority,Description\n"


def line(number: int, text: str = "x") -> str:
    """Return the line of a ticket."""
    return f"{number},2025-03-01 11:00,Open,High,{text}\n"


def load(desk: Desk, path: Path, content: str) -> ImportReport:
    """Import a file without a mapping."""
    path.write_text(content, encoding="utf-8")
    return desk.load(path, None, source="odd")


def test_a_quote_that_never_closes_leaves_3000_of_3001_tickets(desk: Desk, tmp_path: Path) -> None:
    """A proper quote far below would close it."""
    rows = "".join(map(line, range(2, 3001))) + line(3001, '"normal"')
    report = load(desk, tmp_path / "a.csv", HEADER + line(1, '"screen 24') + rows)
    assert (report.row_count, report.new_count, report.quarantined_lines) == (3001, 3000, (2,))
    assert report.quarantined_by_reason == {"unclosed_quote": 1}
    assert any("Of the lines below, 3,000 look like rows" in each for each in report.lines())


def test_a_quote_that_is_open_at_the_end_leaves_2998_of_2999_tickets(desk: Desk, tmp_path: Path) -> None:
    report = load(desk, tmp_path / "a.csv", HEADER + line(1, '"screen 24') + "".join(map(line, range(2, 3000))))
    assert (report.new_count, report.quarantined_lines) == (2998, (2,))


def test_rows_inside_a_cell_are_named_in_the_report(desk: Desk, tmp_path: Path) -> None:
    pasted = '"See:\n' + line(8) + 'thanks"'
    report = load(desk, tmp_path / "a.csv", HEADER + line(1) + line(2, pasted) + line(3))
    assert (report.new_count, report.quarantined_count) == (3, 0)
    assert any("Inside cells, 1 line might be rows of their own (from line 3)" in each for each in report.lines())
    two = HEADER + line(1) + line(2, '"24 inch') + line(3) + line(4, '24"') + line(5)
    report = load(desk, tmp_path / "b.csv", two)
    assert report.quarantined_by_reason == {"holds_rows": 1}
    assert any("spans 3 lines and waits" in each for each in report.lines())


@pytest.mark.parametrize(
    "above", ["Support report,,,,\nGenerated 2025-04-01,,,,\n,,,,\n", "sep=,\n", "\ufeffSupport report\n\n"]
)
def test_titles_above_the_names_of_the_columns_are_skipped(desk: Desk, tmp_path: Path, above: str) -> None:
    assert load(desk, tmp_path / "a.csv", above + HEADER + line(1)).new_count == 1


def test_json_of_tickets_comes_in(desk: Desk, tmp_path: Path) -> None:
    tickets = [{"id": number, "created_at": "2025-03-01T10:00:00Z", "status": "open"} for number in range(3)]
    assert load(desk, tmp_path / "a.json", json.dumps(tickets)).new_count == 3
    report = load(desk, tmp_path / "b.json", json.dumps({"tickets": tickets, "users": [{"id": 1}]}))
    assert report.unchanged_count == 3
    assert any("1 more list: users (1 row)" in each for each in report.lines())


def test_of_a_workbook_the_sheet_with_tickets_is_taken_and_the_others_are_named(desk: Desk, tmp_path: Path) -> None:
    months = {"Cover": [["Report of the desk"]], "January": HEADER, "February": HEADER}
    with xlsxwriter.Workbook(tmp_path / "book.xlsx") as book:
        for name, rows in months.items():
            sheet = book.add_worksheet(name)
            cells = rows if isinstance(rows, list) else [HEADER.strip().split(","), line(len(name)).strip().split(",")]
            for number, each in enumerate(cells):
                sheet.write_row(number, 0, each)
    report = desk.load(tmp_path / "book.xlsx", None, source="odd")
    assert report.new_count == 1
    assert any("The workbook has 1 more sheet: February (1 row)." in each for each in report.lines())


@pytest.fixture
def refused(desk: Desk, tmp_path: Path) -> Iterator[Path]:
    """A file that is refused; nothing of it is kept."""
    before = desk.state()
    yield tmp_path / "export.xls"
    assert desk.state() == before


@pytest.mark.parametrize(
    ("content", "error", "told"),
    [
        (HEADER, ProfileError, r"^The file has a header and no rows\."),
        ("<html><table><tr><td>Ticket ID", FileKindError, r"^This is a web page saved as \.xls\."),
        ("", HeaderError, r"^The file is empty\."),
    ],
)
def test_each_file_that_is_refused_has_its_own_cause(
    desk: Desk, refused: Path, content: str, error: type[Exception], told: str
) -> None:
    with pytest.raises(error, match=told):
        load(desk, refused, content)


def test_a_pipe_needs_a_name_to_keep_its_records_under(desk: Desk) -> None:
    with pytest.raises(FileUnreadableError, match="--source"):
        desk.load(Path("-"), None)


def test_columns_that_are_one_list_are_not_said_to_be_kept_apart(desk: Desk, tmp_path: Path) -> None:
    text = "Issue key,Issue Type,Created,Status,Labels,Labels,Labels,Watchers,Watchers\n"
    report = load(desk, tmp_path / "a.csv", text + "A-1,Bug,2025-03-01 11:00,Open,x,y,,Ann,Bob\n")
    lines = report.lines()
    assert "3 columns are called 'Labels'; together they are the list tags." in lines
    assert [line for line in lines if "Labels (2)" in line or "Labels (3)" in line] == []
    assert any("it is kept as 'Watchers (2)'" in line for line in lines)
    assert desk.value("select tags from support.support_tickets") == ["x", "y"]

"""Files of tickets."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from portal.topics.tickets.dataset import Elapsed, SlaOutcome, SourceNumber, TicketRow
from portal.topics.tickets.files import tickets_table
from table_files.forms import FORMS
from tests.factories.tickets import make_ticket_row

ZONE = "Africa/Johannesburg"


def content(kind: str, rows: Iterable[TicketRow], fields: Sequence[str] = ()) -> bytes:
    """Return the file of some tickets."""
    return b"".join(FORMS[kind].chunks(tickets_table(iter(rows), ZONE, fields)))


def read_csv(rows: Iterable[TicketRow], fields: Sequence[str] = ()) -> list[list[str]]:
    """Return the cells of the CSV file of some tickets."""
    return list(csv.reader(io.StringIO(content("csv", rows, fields).decode("utf-8-sig"), newline="")))


def headings() -> tuple[str, ...]:
    """Return the headings of every file."""
    return tickets_table(iter(()), ZONE).headings()


def test_csv_begins_with_a_byte_order_mark_and_names_the_zone() -> None:
    assert content("csv", []).startswith(b"\xef\xbb\xbfNumber,Created (Africa/Johannesburg),Subject")
    assert read_csv([]) == [list(headings())]


def test_csv_holds_times_of_the_zone_and_durations_with_their_unit() -> None:
    """An instant may come by any clock."""
    timed = make_ticket_row(
        created=datetime(2026, 3, 1, 12, 0, 5, 999_999, tzinfo=ZoneInfo(ZONE)),
        first_reply=Elapsed(41.337, "minutes"),
        sla=SlaOutcome(1, 2, datetime(2026, 3, 2, 8, 0, tzinfo=UTC)),
    )
    dated = make_ticket_row(
        created=date(2016, 1, 3), resolved=date(2016, 1, 9), first_reply=None, resolution=Elapsed(6, "days")
    )
    first, second = (dict(zip(headings(), line, strict=True)) for line in read_csv([timed, dated])[1:])
    assert first[f"Created ({ZONE})"] == "2026-03-01 12:00:05"
    assert first[f"Next SLA target due ({ZONE})"] == "2026-03-02 10:00:00"
    assert (first["First reply (minutes)"], first["First reply (days)"]) == ("41.34", "")
    assert (first["SLA targets met"], first["SLA targets missed"]) == ("2", "1")
    assert (second[f"Created ({ZONE})"], second[f"Resolved ({ZONE})"]) == ("2016-01-03", "2016-01-09")
    assert (second["Resolution (minutes)"], second["Resolution (days)"]) == ("", "6")


@pytest.mark.parametrize(
    "text", ["=1+1", "+27", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "＋1", "－1", "＠a"]
)
def test_a_cell_that_looks_like_a_formula_does_nothing(text: str) -> None:
    row = make_ticket_row(subject=text, agent=text)
    line = dict(zip(headings(), read_csv([row])[1], strict=True))
    assert line["Subject"].startswith("'")
    assert line["Agent"].startswith("'")
    sheet = openpyxl.load_workbook(io.BytesIO(content("xlsx", [row]))).active
    assert sheet is not None
    assert {cell.data_type for cell in sheet[2] if cell.column in {3, 9}} <= {"s", "inlineStr"}


def test_xlsx_holds_numbers_instants_and_dates() -> None:
    rows = [
        make_ticket_row(ticket_id=7, created=datetime(2026, 3, 1, 12, 0, 5, tzinfo=UTC), rating=4),
        make_ticket_row(ticket_id=8, created=date(2016, 1, 3), rating=None),
    ]
    sheet = openpyxl.load_workbook(io.BytesIO(content("xlsx", rows))).active
    assert sheet is not None
    lines = [tuple(cell.value for cell in line) for line in sheet.iter_rows()]
    assert lines[0] == headings()
    assert lines[1][:2] == (7, datetime(2026, 3, 1, 14, 0, 5))  # noqa: DTZ001 - Excel knows no zones
    assert lines[2][1] == datetime(2016, 1, 3)  # noqa: DTZ001 - as above
    rating = headings().index("Rating (1 to 5)")
    assert (lines[1][rating], lines[2][rating]) == (4, None)


def test_a_file_holds_every_row_however_many_there_are() -> None:
    """12,000 tickets are 12,000 rows in both kinds of file."""
    nothing = dict.fromkeys(("resolved", "subject", "category", "priority", "status", "channel", "customer_type"))
    row = make_ticket_row(**nothing, agent=None, team=None, first_reply=None, resolution=None, rating=None)
    assert content("csv", [row] * 12_000).count(b"\r\n") == 12_001
    with zipfile.ZipFile(io.BytesIO(content("xlsx", [row] * 12_000))) as workbook:
        assert workbook.read("xl/worksheets/sheet1.xml").count(b"<row ") == 12_001


def test_every_file_has_columns_for_the_number_in_the_source_and_for_labels() -> None:
    labels = {"organisation": "School 7", "brand": "Books", "tags": ("late", "vip")}
    rows = [make_ticket_row(number=SourceNumber("0010252", "helpdesk"), **labels), make_ticket_row()]
    heads, *lines = read_csv(rows)
    assert heads[-5:] == ["Number in source", "Source", "Organisation", "Brand", "Tags"]
    assert [line[-5:] for line in lines] == [["0010252", "helpdesk", "School 7", "Books", "late, vip"], [""] * 5]


def test_the_fields_of_a_desk_stand_in_columns_of_their_own() -> None:
    heads, cells = read_csv([make_ticket_row(customs=("North", None))], ("Region", "=tags"))
    assert heads[-2:] == ["Region", "'=tags"]
    assert cells[-2:] == ["North", ""]

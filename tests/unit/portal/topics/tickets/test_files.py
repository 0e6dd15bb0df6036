"""Files of tickets."""

import csv
import io
import zipfile
from collections.abc import Iterable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.files.csv_file import inert
from portal.topics.tickets.dataset import Elapsed, SlaOutcome, SourceNumber, TicketRow
from portal.topics.tickets.files import HEADINGS, csv_chunks, headings, xlsx_chunks
from tests.factories.tickets import make_ticket_row

ZONE = "Africa/Johannesburg"
_RISKY = ("=1+1", "+27", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "＋1", "－1", "＠a")


def read_csv(rows: Iterable[TicketRow]) -> list[list[str]]:
    """Return the cells of the CSV file of some tickets."""
    text = b"".join(csv_chunks(ZONE, iter(rows))).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def read_xlsx(rows: Iterable[TicketRow]) -> list[tuple[object, ...]]:
    """Return the cells of the workbook of some tickets."""
    file = io.BytesIO(b"".join(xlsx_chunks(ZONE, iter(rows))))
    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    return [tuple(cell.value for cell in line) for line in sheet.iter_rows()]


def test_csv_begins_with_a_byte_order_mark_and_names_the_zone() -> None:
    first = next(csv_chunks(ZONE, iter(())))
    assert first.startswith(b"\xef\xbb\xbfNumber,Created (Africa/Johannesburg),Subject")
    assert read_csv([]) == [list(headings(ZONE))]


def test_csv_holds_times_of_the_zone_and_durations_with_their_unit() -> None:
    timed = make_ticket_row(
        created=datetime(2026, 3, 1, 12, 0, 5, 999_999, tzinfo=ZoneInfo(ZONE)),
        first_reply=Elapsed(41.337, "minutes"),
        sla=SlaOutcome(1, 2, datetime(2026, 3, 2, 8, 0, tzinfo=ZoneInfo(ZONE))),
    )
    dated = make_ticket_row(
        created=date(2016, 1, 3), resolved=date(2016, 1, 9), first_reply=None, resolution=Elapsed(6, "days")
    )
    first, second = (dict(zip(headings(ZONE), line, strict=True)) for line in read_csv([timed, dated])[1:])
    assert first[f"Created ({ZONE})"] == "2026-03-01 12:00:05"
    assert first[f"Next SLA target due ({ZONE})"] == "2026-03-02 08:00:00"
    assert (first["First reply (minutes)"], first["First reply (days)"]) == ("41.34", "")
    assert (first["SLA targets met"], first["SLA targets missed"]) == ("2", "1")
    assert (second[f"Created ({ZONE})"], second[f"Resolved ({ZONE})"]) == ("2016-01-03", "2016-01-09")
    assert (second["Resolution (minutes)"], second["Resolution (days)"]) == ("", "6")


@pytest.mark.parametrize("text", _RISKY)
def test_a_cell_that_looks_like_a_formula_does_nothing(text: str) -> None:
    row = make_ticket_row(subject=text, agent=text)
    line = dict(zip(headings(ZONE), read_csv([row])[1], strict=True))
    assert line["Subject"].startswith("'")
    assert line["Agent"].startswith("'")
    file = io.BytesIO(b"".join(xlsx_chunks(ZONE, iter([row]))))
    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    assert {cell.data_type for cell in sheet[2] if cell.column in {3, 9}} <= {"s", "inlineStr"}


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=30), max_size=5))
def test_every_text_comes_back_from_csv(subjects: list[str]) -> None:
    lines = read_csv([make_ticket_row(subject=subject) for subject in subjects])
    assert [line[2] for line in lines[1:]] == [inert(subject) for subject in subjects]


def test_xlsx_holds_numbers_instants_dates_and_whole_texts() -> None:
    rows = [
        make_ticket_row(ticket_id=7, created=datetime(2026, 3, 1, 12, 0, 5, tzinfo=UTC), rating=4),
        make_ticket_row(ticket_id=8, created=date(2016, 1, 3), subject="& <b> " + "x" * 40_000, rating=None),
        make_ticket_row(ticket_id=9, subject="\x01"),
    ]
    lines = read_xlsx(rows)
    assert lines[0] == headings(ZONE)
    assert lines[1][:2] == (7, datetime(2026, 3, 1, 12, 0, 5))  # noqa: DTZ001 - Excel knows no zones
    assert lines[1][headings(ZONE).index("Rating (1 to 5)")] == 4
    assert lines[2][1] == datetime(2016, 1, 3)  # noqa: DTZ001 - as above
    assert lines[2][2] == "& <b> " + "x" * 32_761
    assert lines[3][2] == "_x0001_", "what XML cannot hold is written as Office Open XML escapes it"
    assert lines[2][headings(ZONE).index("Rating (1 to 5)")] is None


def test_a_long_file_comes_in_pieces() -> None:
    rows = [make_ticket_row(ticket_id=number) for number in range(1_200)]
    chunks = list(csv_chunks(ZONE, iter(rows)))
    assert len(chunks) == 3
    assert len(read_csv(rows)) == 1_201
    assert len(HEADINGS) == len(read_csv(rows)[600])


def test_a_date_in_a_file_is_the_date_of_the_screen() -> None:
    """A day is never the evening before, and in a workbook it is a date without a time."""
    denver = datetime(2024, 4, 16, 6, 0, tzinfo=UTC).astimezone(ZoneInfo("America/Denver"))
    rows = [make_ticket_row(created=date(2021, 1, 25)), make_ticket_row(created=denver)]
    assert [line[1] for line in read_csv(rows)[1:]] == ["2021-01-25", "2024-04-16 00:00:00"]
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(xlsx_chunks(ZONE, iter(rows))))).active
    assert sheet is not None
    day, midnight = sheet["B2"], sheet["B3"]
    assert (day.value, day.number_format) == (datetime(2021, 1, 25), "yyyy-mm-dd")  # noqa: DTZ001 - as above
    assert (midnight.value, midnight.number_format) == (datetime(2024, 4, 16), "yyyy-mm-dd hh:mm:ss")  # noqa: DTZ001 - as above


def test_a_file_holds_every_row_however_many_there_are() -> None:
    """36,000 tickets are 36,000 rows in both kinds of file."""
    nothing = dict.fromkeys(("resolved", "subject", "category", "priority", "status", "channel", "customer_type"))
    row = make_ticket_row(**nothing, agent=None, team=None, first_reply=None, resolution=None, rating=None)
    assert b"".join(csv_chunks(ZONE, iter([row] * 36_000))).count(b"\r\n") == 36_001
    with zipfile.ZipFile(io.BytesIO(b"".join(xlsx_chunks(ZONE, iter([row] * 36_000))))) as workbook:
        assert workbook.read("xl/worksheets/sheet1.xml").count(b"<row ") == 36_001


def test_every_file_has_columns_for_the_number_in_the_source_and_for_labels() -> None:
    labels = {"organisation": "School 7", "brand": "Books", "tags": ("late", "vip")}
    rows = [make_ticket_row(number=SourceNumber("10252", "helpdesk"), **labels), make_ticket_row()]
    heads, *lines = read_csv(rows)
    assert heads[-5:] == ["Number in source", "Source", "Organisation", "Brand", "Tags"]
    assert [line[-5:] for line in lines] == [["10252", "helpdesk", "School 7", "Books", "late, vip"], [""] * 5]


def test_the_fields_of_a_desk_stand_in_columns_of_their_own() -> None:
    rows = iter([make_ticket_row(customs=("North", None))])
    text = b"".join(csv_chunks(ZONE, rows, ("Region", "=tags"))).decode("utf-8-sig")
    heads, cells = list(csv.reader(io.StringIO(text, newline="")))
    assert heads[-2:] == ["Region", "'=tags"]
    assert cells[-2:] == ["North", ""]

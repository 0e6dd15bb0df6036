"""CSV files: what comes back from them, and that no cell is run."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from table_files.csv_file import csv_chunks, csv_texts, inert
from table_files.table import Column, Kind, Table, Value


def csv_file(headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return the file of a table."""
    return b"".join(csv_chunks(Table("Table", [Column(heading) for heading in headings], rows)))


def read(content: bytes) -> list[list[str]]:
    """Return the cells of a file."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_file_begins_with_a_byte_order_mark_and_its_headings() -> None:
    """By the mark Excel knows the encoding; lines end as RFC 4180 has them."""
    assert csv_file(("Goes with", "n"), ()) == b"\xef\xbb\xbfGoes with,n\r\n"


def test_numbers_dates_and_what_is_unknown_are_written_as_what_they_are() -> None:
    """A negative number is a number, and gets no apostrophe."""
    instant = datetime(2026, 3, 1, 12, 0, 5, 999_999, tzinfo=UTC)
    columns = (*(Column("a"),) * 4, Column("At", Kind.INSTANT), Column("On", Kind.DAY), Column("Hour", Kind.TIME))
    row = (-0.14, 3, None, date(2026, 3, 1), instant, instant, instant)
    content = b"".join(csv_chunks(Table("Table", columns, [row], "Asia/Kathmandu")))
    assert read(content)[1] == ["-0.14", "3", "", "2026-03-01", "2026-03-01 17:45:05", "2026-03-01", "17:45"]


def test_headings_are_inert_too() -> None:
    """A desk names its own fields."""
    assert read(csv_file(("=tags",), ())) == [["'=tags"]]


def test_other_programs_get_no_mark_and_their_own_ends_of_lines() -> None:
    """The same cells, and formulas are as inert."""
    assert "".join(csv_texts(Table("Table", [Column("a")], [("=1",)]))) == "a\n'=1\n"


def test_a_long_file_comes_in_pieces() -> None:
    """However many rows there are, some hundred of them are held at once."""
    chunks = list(csv_chunks(Table("Table", [Column("n")], ((number,) for number in range(1_200)))))
    assert len(chunks) == 3
    assert [line[0] for line in read(b"".join(chunks))[1:]] == [str(number) for number in range(1_200)]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+27", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "  =1", "\ufeff=1", "\u200b =1", "＝1", "＋1", "－1", "＠a"],
)
def test_a_text_that_looks_like_a_formula_does_nothing(text: str) -> None:
    """It gets an apostrophe before it."""
    assert read(csv_file(("a",), [(text,)]))[1] == [f"'{text}"]


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("see;=1+1", "see;'=1+1"),
        ("see\t@SUM(A1)", "see\t'@SUM(A1)"),
        ("a\n=1;\ufeff-2", "a\n'=1;'\ufeff-2"),
        ("\t=1", "'\t'=1"),
    ],
)
def test_a_formula_behind_the_end_of_a_cell_does_nothing(text: str, safe: str) -> None:
    """Some spreadsheets end cells at semicolons or tabs, whatever the file has between them."""
    assert inert(text) == safe


@given(text=st.text(st.sampled_from("a;\t\r\n \ufeff\u200b=+-@'＝")))
def test_no_piece_of_a_text_begins_as_a_formula_does(text: str) -> None:
    """However it is cut at semicolons, tabs and line ends."""
    pieces = re.split(r"[;\t\r\n]", inert(text))
    assert not any(piece.strip(" \ufeff\u200b").startswith(tuple("=+-@＝")) for piece in pieces)
    assert inert(text).replace("'", "") == text.replace("'", "")


@pytest.mark.parametrize("text", ["Refund", "Where is order 42?", "3 - 1", "a; b - c", "a@b.example", "", "'=1"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    """Nothing is changed that no spreadsheet would run."""
    assert inert(text) == text


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=30), min_size=2, max_size=5))
def test_every_text_comes_back(texts: list[str]) -> None:
    """Whatever it holds: quotation marks, commas, ends of lines."""
    assert read(csv_file([str(place) for place in range(len(texts))], [texts]))[1] == [inert(text) for text in texts]

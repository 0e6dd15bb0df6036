"""CSV files: what comes back from them, and that no cell is run."""

import csv
import io
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.files.csv_file import csv_file, inert


def read(content: bytes) -> list[list[str]]:
    """Return the cells of a file."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_file_begins_with_a_byte_order_mark_and_its_headings() -> None:
    """By the mark Excel knows the encoding; lines end as RFC 4180 has them."""
    assert csv_file(("Goes with", "n"), ()) == b"\xef\xbb\xbfGoes with,n\r\n"


def test_numbers_dates_and_what_is_unknown_are_written_as_what_they_are() -> None:
    """A negative number is a number, and gets no apostrophe."""
    instant = datetime(2026, 3, 1, 12, 0, 5)  # noqa: DTZ001 - the zone stands in the heading
    assert read(csv_file(("a",), [(-0.14, 3, None, date(2026, 3, 1), instant)]))[1] == [
        "-0.14",
        "3",
        "",
        "2026-03-01",
        "2026-03-01 12:00:05",
    ]


@pytest.mark.parametrize(
    "text", ["=1+1", "+27", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "＋1", "－1", "＠a"]
)
def test_a_text_that_looks_like_a_formula_does_nothing(text: str) -> None:
    """It gets an apostrophe before it."""
    assert read(csv_file(("a",), [(text,)]))[1] == [f"'{text}"]


@pytest.mark.parametrize("text", ["Refund", "Where is order 42?", "3 - 1", "a@b.example", "", "'=1"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    """Nothing is changed that no spreadsheet would run."""
    assert inert(text) == text


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=30), min_size=2, max_size=5))
def test_every_text_comes_back(texts: list[str]) -> None:
    """Whatever it holds: quotation marks, commas, ends of lines."""
    assert read(csv_file(("a",), [texts]))[1] == [inert(text) for text in texts]

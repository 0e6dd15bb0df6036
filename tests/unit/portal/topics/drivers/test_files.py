"""The tables about ratings as files."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from portal.topics.drivers.dataset import CorrelationCell, DriverEffect, Drivers, DriverShare
from portal.topics.drivers.files import TABLES, correlations_table, effects_table, shares_table
from table_files.csv_file import csv_texts
from table_files.table import Table

_EFFECT = DriverEffect(
    "first_reply_time", "First reply time", "twice as long", "points", -0.14004, -0.17, -0.11, (0.8, 0.7, 0.91234567),
    None, 3879, is_supported=True,
)  # fmt: skip
_FOUND = Drivers(
    datetime(2026, 3, 1, tzinfo=UTC), date(2025, 3, 1), date(2026, 2, 28), 9000, 3879, 0.2, ("category",),
    (_EFFECT, replace(_EFFECT, label="Messages", is_supported=False)),
    (DriverShare("First reply time", 0.123456, 0.1, 0.15),),
    (CorrelationCell("Rating", "Messages", -0.25, None, 3879),),
    (), (),
)  # fmt: skip


def read(table: Table) -> list[dict[str, str]]:
    """Return the lines of a table's file by their headings."""
    return list(csv.DictReader(io.StringIO("".join(csv_texts(table)), newline="")))


def test_an_effect_has_its_interval_its_odds_and_its_n() -> None:
    """Numbers are numbers, to four decimals; what is unknown is empty; what may be chance says so."""
    first, second = read(effects_table(_FOUND, "UTC"))
    assert (first["What"], first["Change"], first["Unit (ratio: 1 is no effect)"]) == (
        "First reply time",
        "twice as long",
        "points",
    )
    assert [first["Effect"], first["Likely range: from"], first["Likely range: to"]] == ["-0.14", "-0.17", "-0.11"]
    assert [
        first["4s and 5s for each lower rating, times"],
        first["4s and 5s for each lower rating, times, Likely range: to"],
    ] == ["0.8", "0.9123"]
    assert (
        first["Better for each worse rating, times"]
        == first["Better for each worse rating, times, Likely range: from"]
        == ""
    )
    assert (first["Ratings (n)"], first["Told"], second["Told"]) == ("3879", "yes", "may be chance")
    assert first["In words"] == (
        "A first reply that takes twice as long goes with a rating of 0.14 points less, other things equal"
        " (likely −0.17 to −0.11; 3,879 ratings)."
    )


def test_shares_and_correlations_have_a_line_each() -> None:
    """With the interval, and with the pair and its n."""
    assert read(shares_table(_FOUND, "UTC")) == [
        {
            "Goes with": "First reply time",
            "Share of the differences between ratings (0 to 1)": "0.1235",
            "Likely range: from": "0.1",
            "Likely range: to": "0.15",
        }
    ]
    assert read(correlations_table(_FOUND, "UTC")) == [
        {
            "One": "Rating",
            "Other": "Messages",
            "Straight line": "-0.25",
            "In order": "",
            "Rated tickets (n)": "3879",
        }
    ]


@pytest.mark.parametrize("table", TABLES)
def test_before_the_first_analysis_a_file_has_its_headings(table: str) -> None:
    """No line, and no error."""
    empty = TABLES[table](replace(_FOUND, effects=(), shares=(), correlations=()), "UTC")
    assert read(TABLES[table](None, "UTC")) == read(empty) == []
    assert TABLES[table](None, "UTC").headings() == empty.headings()


def test_a_text_that_looks_like_a_formula_does_nothing() -> None:
    """Wherever it stands in a line."""
    harm = replace(_EFFECT, label="=1+1", change="@SUM(A1)")
    (line,) = read(effects_table(replace(_FOUND, effects=(harm,)), "UTC"))
    assert [line["What"], line["Change"]] == ["'=1+1", "'@SUM(A1)"]

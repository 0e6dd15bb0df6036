"""The tables about ratings as files."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from portal.topics.drivers.dataset import CorrelationCell, DriverEffect, Drivers, DriverShare
from portal.topics.drivers.files import WRITERS, correlations_csv, effects_csv, shares_csv

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


def read(content: bytes) -> list[dict[str, str]]:
    """Return the lines of a file by their headings."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_an_effect_has_its_interval_its_odds_and_its_n() -> None:
    """Numbers are numbers, to four decimals; what is unknown is empty; what may be chance says so."""
    first, second = read(effects_csv(_FOUND))
    assert (first["What"], first["Change"], first["Unit (ratio: 1 is no effect)"]) == (
        "First reply time",
        "twice as long",
        "points",
    )
    assert [first["Effect"], first["95 % interval: from"], first["95 % interval: to"]] == ["-0.14", "-0.17", "-0.11"]
    assert [first["Odds of a 4 or 5"], first["Odds of a 4 or 5, 95 % interval: to"]] == ["0.8", "0.9123"]
    assert first["Odds of any better rating"] == first["Odds of any better rating, 95 % interval: from"] == ""
    assert (first["Ratings (n)"], first["Told"], second["Told"]) == ("3879", "yes", "may be chance")
    assert first["In words"] == (
        "A first reply that takes twice as long goes with a rating of 0.14 points less, other things equal"
        " (95\u202f% interval −0.17 to −0.11; 3,879 ratings)."
    )


def test_shares_and_correlations_have_a_line_each() -> None:
    """With the interval, and with the pair and its n."""
    assert read(shares_csv(_FOUND)) == [
        {
            "Goes with": "First reply time",
            "Share of the differences between ratings (0 to 1)": "0.1235",
            "95 % interval: from": "0.1",
            "95 % interval: to": "0.15",
        }
    ]
    assert read(correlations_csv(_FOUND)) == [
        {
            "One": "Rating",
            "Other": "Messages",
            "Straight line (Pearson)": "-0.25",
            "Ranks (Spearman)": "",
            "Rated tickets (n)": "3879",
        }
    ]


@pytest.mark.parametrize("table", WRITERS)
def test_before_the_first_analysis_a_file_has_its_headings(table: str) -> None:
    """No line, and no error."""
    assert read(WRITERS[table](None)) == []
    assert WRITERS[table](None) == WRITERS[table](replace(_FOUND, effects=(), shares=(), correlations=()))


def test_a_text_that_looks_like_a_formula_does_nothing() -> None:
    """Wherever it stands in a line."""
    harm = replace(_EFFECT, label="=1+1", change="@SUM(A1)")
    (line,) = read(effects_csv(replace(_FOUND, effects=(harm,))))
    assert [line["What"], line["Change"]] == ["'=1+1", "'@SUM(A1)"]

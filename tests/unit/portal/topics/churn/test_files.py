"""The lists about leaving as files."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from portal.topics.churn.dataset import Churn, LeavingRatio, RiskyCustomer
from portal.topics.churn.files import customers_table, pain_points_table
from table_files.csv_file import csv_texts
from table_files.table import Table

_CUSTOMER = RiskyCustomer(1, 0.123456, ("late_recently", "low_ratings_recently"), "School", 12, 4711, "/tickets/4711")
_LATE = LeavingRatio("A late answer", "experience", 1.61234567, 1.2, 2.1, 20, -5.26, is_supported=True)
_FOUND = Churn(
    datetime(2026, 3, 1, tzinfo=UTC), "model", 900, 60, 840, 21.0, 90,
    (_CUSTOMER, replace(_CUSTOMER, position=2, ticket_id=4712, reasons=())),
    (_LATE, LeavingRatio("Refunds", "category", 1.3, 0.9, None, 8, None, is_supported=False)),
    (), (), (),
)  # fmt: skip


def read(table: Table) -> list[dict[str, str]]:
    """Return the lines of a table's file by their headings."""
    return list(csv.DictReader(io.StringIO("".join(csv_texts(table)), newline="")))


def test_a_customer_has_the_chance_and_why() -> None:
    """In the page's order and words; who it is stands on the ticket's page only."""
    first, second = read(customers_table(_FOUND, "UTC"))
    assert first == {
        "Place": "1",
        "Latest ticket": "4711",
        "Chance to leave within 90 days (0 to 1)": "0.1235",
        "Why": "late answers and low ratings",
        "Customer type": "School",
        "Tickets in a year": "12",
    }
    assert (second["Latest ticket"], second["Why"]) == ("4712", "nothing out of the ordinary")


def test_points_are_never_called_chances() -> None:
    """Without recorded departures the heading says points."""
    points = replace(_FOUND, kind="indicator", expected=None, top=(replace(_CUSTOMER, score=35.0),))
    (line,) = read(customers_table(points, "UTC"))
    assert line["Points (0 to 100)"] == "35.0"
    assert not any("Chance" in heading for heading in line)


def test_a_pain_point_has_its_interval_and_departures() -> None:
    """A negative excess is a number; an interval without an upper end, or an unknown excess, leaves the cell empty."""
    first, second = read(pain_points_table(_FOUND, "UTC"))
    assert first == {
        "Within 180 days after": "A late answer",
        "Kind": "Experience",
        "Times as often": "1.6123",
        "Likely range: from": "1.2",
        "Likely range: to": "2.1",
        "Departures": "20",
        "More left than usual": "-5.3",
        "Told": "yes",
    }
    assert [second["Likely range: to"], second["More left than usual"], second["Told"]] == ["", "", "may be chance"]


@pytest.mark.parametrize("table", [customers_table, pain_points_table])
def test_before_the_first_analysis_a_file_has_its_headings(table: Callable[[Churn | None, str], Table]) -> None:
    """No line, and no error."""
    assert read(table(None, "UTC")) == read(table(replace(_FOUND, top=(), pain_points=()), "UTC")) == []


def test_a_text_that_looks_like_a_formula_does_nothing() -> None:
    """Customer types and categories come from elsewhere."""
    harm = replace(_CUSTOMER, customer_type="=1+1")
    (customer,) = read(customers_table(replace(_FOUND, top=(harm,)), "UTC"))
    assert customer["Customer type"] == "'=1+1"
    (point,) = read(pain_points_table(replace(_FOUND, pain_points=(replace(_LATE, label="-2+3"),)), "UTC"))
    assert point["Within 180 days after"] == "'-2+3"

"""Tables to take away: what stands in their cells, and by which clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from table_files.table import Column, Kind, Table, UnclearInstantError

AT = datetime(2026, 11, 1, 6, 30, 5, 999_999, tzinfo=UTC)
"""New York's second 01:30 of the day on which its clocks go back."""
ZONES = ("Africa/Johannesburg", "America/New_York", "Asia/Kathmandu")


def test_the_zone_stands_above_instants_and_nothing_else() -> None:
    """A reader sees by which clock a time is, and is not told so of names."""
    columns = (Column("Subject"), Column("Created", Kind.INSTANT), Column("Day", Kind.DAY), Column("Hour", Kind.TIME))
    headings = Table("T", columns, (), "Asia/Kathmandu").headings()
    assert headings == ("Subject", "Created (Asia/Kathmandu)", "Day (Asia/Kathmandu)", "Hour (Asia/Kathmandu)")


@pytest.mark.parametrize("given_in", ["UTC", *ZONES])
def test_an_instant_is_told_by_the_tables_clock_whichever_clock_it_came_by(given_in: str) -> None:
    """Five and three quarters of an hour after UTC; parts of a second are left out."""
    columns = (Column("Created", Kind.INSTANT), Column("Day", Kind.DAY), Column("Hour", Kind.TIME))
    row = (AT.astimezone(ZoneInfo(given_in)),) * 3
    cells = next(Table("T", columns, [row], "Asia/Kathmandu").cells())
    at = datetime(2026, 11, 1, 12, 15, 5)  # noqa: DTZ001 - a cell knows no zone
    assert cells == (at, date(2026, 11, 1), time(12, 15, 5))


@given(
    at=st.datetimes(datetime(1990, 1, 1), datetime(2037, 1, 1)),  # noqa: DTZ001 - as hypothesis wants it
    zone=st.sampled_from(ZONES),
)
def test_a_cell_is_as_far_from_utc_as_its_zone(at: datetime, zone: str) -> None:
    """On both sides of every change of clocks."""
    instant = at.replace(tzinfo=UTC)
    cell = Column("At", Kind.INSTANT).cell(instant, ZoneInfo(zone))
    assert isinstance(cell, datetime)
    offset = instant.astimezone(ZoneInfo(zone)).utcoffset()
    assert cell.replace(tzinfo=UTC) - instant.replace(microsecond=0) == (offset or timedelta())


def test_a_day_without_a_time_stays_that_day() -> None:
    """It is never the evening before."""
    assert Column("Created", Kind.INSTANT).cell(date(2021, 1, 25), ZoneInfo("America/New_York")) == date(2021, 1, 25)


@pytest.mark.parametrize(
    ("kind", "at"), [(Kind.PLAIN, AT), (Kind.INSTANT, AT.replace(tzinfo=None)), (Kind.DAY, AT.replace(tzinfo=None))]
)
def test_an_instant_whose_clock_nobody_could_tell_is_refused(kind: Kind, at: datetime) -> None:
    """Neither one without a zone, nor one whose heading would not name it."""
    with pytest.raises(UnclearInstantError):
        Column("Due", kind).cell(at, ZoneInfo("UTC"))


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_an_empty_cell(number: float) -> None:
    """In both forms; a workbook could not be opened with it."""
    assert Column("n").cell(number, ZoneInfo("UTC")) is None


def test_a_row_has_a_value_for_each_column() -> None:
    """A forgotten one would move all that follow below a wrong heading."""
    with pytest.raises(ValueError, match="zip"):
        list(Table("T", (Column("a"), Column("b")), [("x",)]).cells())

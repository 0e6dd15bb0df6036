"""Dates are read as the file means them, or refused; nothing about them is assumed."""
# ruff: noqa: DTZ001 - what a file says without a zone has none

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.importing.transforms.instants import InstantReader, InstantRules
from etl.importing.transforms.reasons import FieldError
from etl.importing.transforms.wall_time import DateOrder, infer_date_order, parse_wall_time

JOHANNESBURG = ZoneInfo("Africa/Johannesburg")
NEW_YORK = ZoneInfo("America/New_York")
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


def reader(
    zone: ZoneInfo | None = NEW_YORK, reporting: ZoneInfo = JOHANNESBURG, *, is_date_only: bool = False
) -> InstantReader:
    """Return a reader for a file of a zone."""
    return InstantReader(InstantRules(zone, reporting, is_date_only=is_date_only))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-03-30", date(2025, 3, 30)),
        ("20250330", date(2025, 3, 30)),
        ("2025-03-30 14:05", datetime(2025, 3, 30, 14, 5)),
        ("2025-03-30T14:05:09Z", datetime(2025, 3, 30, 14, 5, 9, tzinfo=UTC)),
        ("2025-03-30 14:05:09 UTC", datetime(2025, 3, 30, 14, 5, 9, tzinfo=UTC)),
        ("2025-03-30 14:05:09 +0200", datetime(2025, 3, 30, 14, 5, 9, tzinfo=timezone(timedelta(hours=2)))),
        ("2025/3/30 14:05", datetime(2025, 3, 30, 14, 5)),
        ("30/03/2025", date(2025, 3, 30)),
        ("03/30/2025 2:05 PM", datetime(2025, 3, 30, 14, 5)),
        ("03/30/2025 12:00:00 AM", datetime(2025, 3, 30)),
        ("30.03.25 14:05:09", datetime(2025, 3, 30, 14, 5, 9)),
        ("30 Mar 2025 14:05", datetime(2025, 3, 30, 14, 5)),
        ("March 30, 2025", date(2025, 3, 30)),
    ],
)
def test_the_usual_ways_of_writing_a_date_are_read(text: str, expected: date) -> None:
    found = parse_wall_time(text)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    "text",
    [
        "0000-00-00",
        "0000-00-00 00:00:00",
        "2025-02-30",
        "2025-13-01",
        "31/02/2025",
        "13/13/2025",
        "soon",
        "12",
        "2025-03-30 25:00",
        "03/30/2025 13:05 PM",
        "2025/13/01",
        "#######",
        "45000",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(FieldError, match="bad_date"):
        parse_wall_time(text)


def test_a_date_that_can_be_read_in_two_ways_is_refused_until_the_order_is_known() -> None:
    with pytest.raises(FieldError, match="bad_date"):
        parse_wall_time("03/04/2025")
    assert parse_wall_time("03/04/2025", (), "dmy") == date(2025, 4, 3)
    assert parse_wall_time("03/04/2025", (), "mdy") == date(2025, 3, 4)


@pytest.mark.parametrize(
    ("texts", "order"),
    [(["03/04/2025", "13/04/2025"], "dmy"), (["04/13/2025", "n/a"], "mdy"), (["03/04/2025"], None), ([], None)],
)
def test_the_order_is_told_from_the_dates_that_allow_only_one(texts: list[str], order: DateOrder | None) -> None:
    assert infer_date_order(texts) == order


def test_dates_that_contradict_one_another_tell_no_order() -> None:
    with pytest.raises(FieldError):
        infer_date_order(["13/04/2025", "04/13/2025"])


@given(
    DAYS,
    st.sampled_from(["Africa/Johannesburg", "America/New_York", "Africa/Cairo", "America/Sao_Paulo", "Pacific/Apia"]),
)
def test_a_date_is_stored_so_that_the_reporting_zone_shows_that_date(day: date, zone: str) -> None:
    """Also where the clocks jump at midnight; a day that a zone left out altogether cannot be shown."""
    if (zone, day) == ("Pacific/Apia", date(2011, 12, 30)):
        return
    moment = reader(reporting=ZoneInfo(zone)).read(day.isoformat())
    assert moment.is_date
    assert moment.day == day
    assert moment.instant.astimezone(ZoneInfo(zone)).date() == day
    assert datetime.fromisoformat(moment.text) == moment.instant


@given(st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30)))
def test_a_time_of_day_is_an_instant_of_the_files_zone(wall: datetime) -> None:
    moment = reader().read(wall.isoformat(sep=" "))
    assert not moment.is_date
    assert moment.instant == wall.replace(tzinfo=NEW_YORK).astimezone(UTC)
    assert datetime.fromisoformat(moment.text) == moment.instant


def test_a_time_without_zone_is_refused_when_the_zone_is_not_known() -> None:
    with pytest.raises(FieldError, match="no_time_zone"):
        reader(None).read("2025-03-30 14:05")
    assert reader(None).read("2025-03-30").is_date
    assert reader(None).read("2025-03-30T14:05+02:00").instant == datetime(2025, 3, 30, 12, 5, tzinfo=UTC)


def test_an_offset_in_the_file_overrides_its_zone() -> None:
    assert reader().read("2025-07-01T00:00:00Z").instant == datetime(2025, 7, 1, tzinfo=UTC)
    assert reader().read("2025-07-01T00:00:00Z").day == date(2025, 6, 30)


def test_times_of_a_source_that_has_only_dates_are_dropped() -> None:
    moment = reader(is_date_only=True).read("2025-07-01 23:59:59")
    assert moment.is_date
    assert moment.day == date(2025, 7, 1)


def test_a_time_that_comes_twice_has_a_later_reading() -> None:
    moment = reader().read("2025-11-02 01:30")
    assert reader().later_reading(moment).instant - moment.instant == timedelta(hours=1)


@pytest.mark.parametrize("text", ["1899-12-31", "2200-01-01", "0001-01-01 00:00"])
def test_years_that_no_desk_has_seen_are_refused(text: str) -> None:
    with pytest.raises(FieldError, match="date_out_of_range"):
        reader().read(text)


def test_formats_of_a_profile_are_tried_first() -> None:
    formats = InstantReader(InstantRules(NEW_YORK, JOHANNESBURG, formats=("unix", "%Y%j")))
    assert formats.read("1700000000").instant == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    assert formats.read("2025089").day == date(2025, 3, 30)
    assert formats.read("2025-03-30").day == date(2025, 3, 30)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_by_name(text: str) -> None:
    try:
        moment = reader().read(text)
    except FieldError as error:
        assert error.code in {"bad_date", "date_out_of_range"}  # noqa: PT017 - both outcomes are right
    else:
        assert datetime.fromisoformat(moment.text) == moment.instant

"""Dates are read as systems and languages write them, and what can be read in two ways is left open."""
# ruff: noqa: DTZ001 - what a file says without a zone has none

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.importing.transforms.reasons import FieldError
from etl.importing.transforms.wall_time import DateOrder, infer_date_order, parse_wall_time

TODAY = date(2026, 11, 29)
AFTERNOON = datetime(2026, 11, 29, 14, 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("03/Apr/25 10:12 AM", datetime(2025, 4, 3, 10, 12)),
        ("04/Apr/25 9:00 PM", datetime(2025, 4, 4, 21, 0)),
        ("13/Apr/25 12:05 AM", datetime(2025, 4, 13, 0, 5)),
        ("19/ene/26 12:47 PM", datetime(2026, 1, 19, 12, 47)),
        ("25/jun/26 3:05 pm", datetime(2026, 6, 25, 15, 5)),
        ("26 de jun. de 2026, 10:28", datetime(2026, 6, 26, 10, 28)),
        ("14/03/2025 02:00 p. m.", datetime(2025, 3, 14, 14, 0)),
        ("14/03/2025 10:00 a.\u00a0m.", datetime(2025, 3, 14, 10, 0)),
        ("14/3/2025 2:05 μ.μ.", datetime(2025, 3, 14, 14, 5)),
        ("14/3/2025 2:05 π.μ.", datetime(2025, 3, 14, 2, 5)),
        ("3. März 2025 14:05 Uhr", datetime(2025, 3, 3, 14, 5)),
        ("Montag, 3. März 2025", date(2025, 3, 3)),
        ("3 février 2025 à 14h05", datetime(2025, 2, 3, 14, 5)),
        ("1er août 2025", date(2025, 8, 1)),
        ("5 de octubre de 2025 14:05", datetime(2025, 10, 5, 14, 5)),
        ("5 de março de 2025 14:05:09", datetime(2025, 3, 5, 14, 5, 9)),
        ("2025-Mar-03 14:05", datetime(2025, 3, 3, 14, 5)),
        ("Mar 3, 2025 2:05 PM", datetime(2025, 3, 3, 14, 5)),
        ("Tue Mar 4 14:05:09 2025", datetime(2025, 3, 4, 14, 5, 9)),
        ("14-03-2025 10:00", datetime(2025, 3, 14, 10, 0)),
        ("20250301143005", datetime(2025, 3, 1, 14, 30, 5)),
        ("2025-03-01 10:00 EST", datetime(2025, 3, 1, 10, 0, tzinfo=timezone(timedelta(hours=-5)))),
        ("2025-10-09T13:42:00.000+0000", datetime(2025, 10, 9, 13, 42, tzinfo=UTC)),
        (
            "2023-10-16 09:40:43 (America/New_York)",
            datetime(2023, 10, 16, 9, 40, 43, tzinfo=ZoneInfo("America/New_York")),
        ),
        ("2025-03-01T10:00:00+01:00[Europe/Paris]", datetime(2025, 3, 1, 10, tzinfo=timezone(timedelta(hours=1)))),
        ("Sat Mar 01 2025 10:00:00 GMT+0200 (EET)", datetime(2025, 3, 1, 10, tzinfo=timezone(timedelta(hours=2)))),
    ],
)
def test_dates_of_systems_and_languages_are_read(text: str, expected: date) -> None:
    found = parse_wall_time(text)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("text", "given", "expected"),
    [
        ("1741946400", "unix", datetime(2025, 3, 14, 10, tzinfo=UTC)),
        ("1741946400000", "unix_ms", datetime(2025, 3, 14, 10, tzinfo=UTC)),
        ("45717.4166667", "excel", datetime(2025, 3, 1, 10)),
        ("45718", "excel", date(2025, 3, 2)),
    ],
)
def test_dates_in_numbers_are_read_where_their_format_is_known(text: str, given: str, expected: date) -> None:
    assert parse_wall_time(text, (given,)) == expected
    with pytest.raises(FieldError):
        parse_wall_time(text)


@pytest.mark.parametrize(
    "text", ["3 Bananember 2025", "2025-03-01 10:00 XYZ", "2025-03-01 10:00 Mars/Olympus", "1.2.3.4", "12h"]
)
def test_what_only_looks_like_a_date_is_refused(text: str) -> None:
    with pytest.raises(FieldError):
        parse_wall_time(text)


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["26/11/29 14h05"], "ymd"),
        (["25/03/31", "25/04/28"], "ymd"),
        (["25/03/01"], None),
        (["13/04/25", "14/04/25", "15/05/25"], "dmy"),
        (["04/13/25", "04/14/25"], "mdy"),
        (["03/04/25", "04/04/25", "05/04/25"], None),
    ],
)
def test_a_short_year_in_front_is_recognised_where_nothing_else_can_be_meant(
    texts: list[str], order: DateOrder | None
) -> None:
    assert infer_date_order(texts, TODAY) == order
    if order == "ymd":
        assert parse_wall_time("26/11/29 14h05", (), order) == AFTERNOON


@given(st.datetimes(datetime(1990, 1, 1), datetime(2089, 12, 31)), st.sampled_from(["en", "es", "de"]))
def test_jiras_dates_are_read_back_whatever_the_language(wall: datetime, language: str) -> None:
    months = {
        "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        "es": "ene feb mar abr may jun jul ago sept oct nov dic",
        "de": "Jan Feb Mär Apr Mai Jun Jul Aug Sep Okt Nov Dez",
    }[language].split()
    wall = wall.replace(second=0, microsecond=0)
    clock = f"{wall.hour % 12 or 12}:{wall:%M} {'PM' if wall.hour >= 12 else 'AM'}"
    text = f"{wall.day:02d}/{months[wall.month - 1]}/{wall.year} {clock}"
    assert parse_wall_time(text) == wall


@pytest.mark.parametrize("text", ["2026-11-30T09:00+25:00", "2026-11-30 09:00:00-99:99", "30/11/2026 09:00 +24:00"])
def test_an_offset_of_a_day_or_more_is_no_time(text: str) -> None:
    """Its row goes to quarantine; it does not end the import."""
    with pytest.raises(FieldError):
        parse_wall_time(text, (), "dmy")

"""Durations are read as systems write them; a bare number needs its unit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.importing.transforms.durations import parse_duration
from etl.importing.transforms.reasons import FieldError

DAY = 86_400


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1d 2h", DAY + 7_200),
        ("26:15:00", 94_500),
        ("1 day, 2:03", DAY + 7_380),
        ("1 day, 2:03:04", DAY + 7_384),
        ("2 days 3 hours 5 minutes", 2 * DAY + 11_100),
        ("2 jours 3 heures 5 minutes", 2 * DAY + 11_100),
        ("2 Tage 3 Stunden 5 Minuten", 2 * DAY + 11_100),
        ("2 días 3 horas y 5 minutos", 2 * DAY + 11_100),
        ("2 dias e 3 horas", 2 * DAY + 10_800),
        ("PT4H", 14_400),
        ("P1DT2H30M", DAY + 9_000),
        ("1h 30m", 5_400),
        ("40 seconds", 40),
        ("1.5 h", 5_400),
        ("-0:30", -1_800),
        ("- 2 hours", -7_200),
        ("12 d 3 h", 12 * DAY + 10_800),
    ],
)
def test_durations_are_read(text: str, seconds: int) -> None:
    assert parse_duration(text) == seconds


@pytest.mark.parametrize(
    ("text", "unit", "seconds"),
    [("90", "minutes", 5_400), ("1,5", "hours", 5_400), ("90", "words_or_seconds", 90), ("90000", "milliseconds", 90)],
)
def test_a_bare_number_is_read_in_its_unit(text: str, unit: str, seconds: int) -> None:
    assert parse_duration(text, unit) == seconds
    for unknown in ("", "clock", "ask"):
        with pytest.raises(FieldError):
            parse_duration(text, unknown)


@pytest.mark.parametrize("text", ["soon", "3 parsecs", "1 day 2", "2025-03-01", "10:99", "1,380", "PT", ""])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(FieldError):
        parse_duration(text, "minutes")


@given(st.integers(0, 10**7))
def test_a_clock_is_read_back(seconds: int) -> None:
    assert parse_duration(f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}") == seconds

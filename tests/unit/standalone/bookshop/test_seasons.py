"""The South African year."""

from datetime import date

import pytest

from standalone.bookshop.seasons import is_in_season, is_school_holiday


@pytest.mark.parametrize(
    ("season", "day", "expected"),
    [
        ("january_february", date(2026, 1, 1), True),
        ("january_february", date(2024, 2, 29), True),
        ("january_february", date(2026, 3, 1), False),
        ("academic_year_end", date(2025, 11, 15), True),
        ("academic_year_end", date(2025, 12, 16), False),
        ("holiday_period", date(2025, 12, 25), True),
        ("holiday_period", date(2025, 11, 28), True),
        ("holiday_period", date(2025, 11, 12), False),
        ("holiday_period", date(2025, 4, 18), True),
        ("holiday_period", date(2025, 5, 14), False),
    ],
)
def test_seasons(season: str, day: date, expected: bool) -> None:
    """Each season has the days its name says."""
    assert is_in_season(season, day) is expected


def test_schools_are_closed_at_christmas_and_open_in_may() -> None:
    """School holidays follow the public schools' pattern."""
    assert is_school_holiday(date(2025, 12, 25))
    assert not is_school_holiday(date(2025, 5, 14))

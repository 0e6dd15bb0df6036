"""Times of the year and numbers as the sentences write them."""

from datetime import date

import pytest

from portal.topics.insights import words


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2026-05-10", "2026-05-25", "from 10 to 25\u00a0May"),
        ("2025-12-16", "2026-01-15", "from 16\u00a0December to 15\u00a0January"),
        ("2026-01-16", "2026-02-15", "from 16\u00a0January to 15\u00a0February"),
    ],
)
def test_a_time_of_the_year_is_told_by_its_dates(first: str, last: str, expected: str) -> None:
    assert words.dates_of_a_year(date.fromisoformat(first), date.fromisoformat(last)) == expected


@pytest.mark.parametrize(
    ("ratio", "expected"), [(1.45, "45\u202f% more"), (0.8, "20\u202f% fewer"), (2.31, "2.3 times as many")]
)
def test_a_ratio_is_said_as_more_or_fewer(ratio: float, expected: str) -> None:
    assert words.change(ratio) == expected

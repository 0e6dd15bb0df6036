"""Times of the year and numbers as the sentences write them."""

from datetime import date

import pytest

from analytics.calendar_design import Window
from analytics.insights import words
from analytics.insights.volume import latest


@pytest.mark.parametrize(
    ("start", "length", "expected"),
    [
        (0, 4, "January and February"),
        (0, 2, "January"),
        (21, 2, "16\u00a0November to 15\u00a0December"),
        (22, 6, "December to February"),
        (12, 1, "the first half of July"),
        (23, 1, "the second half of December"),
        (1, 3, "16\u00a0January to the end of February"),
    ],
)
def test_a_window_is_named_as_a_person_would(start: int, length: int, expected: str) -> None:
    assert words.window(Window(start, length)) == expected


@pytest.mark.parametrize(
    ("ratio", "expected"), [(1.45, "45\u202f% more"), (0.8, "20\u202f% fewer"), (2.31, "2.3 times as many")]
)
def test_a_ratio_is_said_as_more_or_fewer(ratio: float, expected: str) -> None:
    assert words.change(ratio) == expected


def test_the_latest_time_of_a_window_is_one_that_has_ended() -> None:
    """In the middle of February the latest January and February are those of the year before."""
    window = Window(0, 4)
    assert latest(window, date(2026, 2, 14)) == (date(2025, 1, 1), date(2025, 3, 1))
    assert latest(window, date(2026, 2, 28)) == (date(2026, 1, 1), date(2026, 3, 1))
    assert latest(Window(23, 2), date(2026, 6, 1)) == (date(2025, 12, 16), date(2026, 1, 16))

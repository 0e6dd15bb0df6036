"""Times of the year and numbers as the sentences write them."""

import pytest

from portal.topics.insights import words


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
    assert words.window(start, length) == expected


@pytest.mark.parametrize(
    ("ratio", "expected"), [(1.45, "45\u202f% more"), (0.8, "20\u202f% fewer"), (2.31, "2.3 times as many")]
)
def test_a_ratio_is_said_as_more_or_fewer(ratio: float, expected: str) -> None:
    assert words.change(ratio) == expected

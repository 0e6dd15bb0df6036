"""What is not over is told with "so far"."""

from dataclasses import replace

import pytest

from portal.widgets.reading_words import running_words, so_far, stretch_words
from tests.factories.overview import make_point, make_series


def test_a_stretch_under_way_is_so_far() -> None:
    point = make_point()
    assert stretch_words(point, "day") == "Mon\u00a05\u00a0Jan"
    assert stretch_words(replace(point, is_running=True), "day") == "Mon\u00a05\u00a0Jan, so far"
    assert stretch_words(replace(point, is_running=True), "week", with_year=True) == "5\u00a0Jan 2026, so far"


@pytest.mark.parametrize(
    ("grain", "note", "said"),
    [
        ("day", " Dashed: Wed\u00a07\u00a0Jan, which is not over yet.", " Wed\u00a07\u00a0Jan so far: 9."),
        ("week", " Dashed: 7\u00a0Jan, which is not over yet.", " 7\u00a0Jan so far: 9."),
        ("month", " Dashed: Jan\u00a02026, which is not over yet.", " Jan\u00a02026 so far: 9."),
    ],
)
def test_the_note_and_the_sentence_name_the_stretch_under_way(grain: str, note: str, said: str) -> None:
    """Where all stretches are over nothing is said."""
    over = make_series()
    running = replace(over, points=(*over.points[:-1], replace(over.points[-1], is_running=True)))
    assert running_words(running, grain) == note
    assert so_far(running, grain) == said
    assert running_words(over, grain) == so_far(over, grain) == running_words(replace(over, points=()), grain) == ""

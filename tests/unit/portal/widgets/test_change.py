"""A change is coloured only where it is more than chance, and says so in words."""

from typing import Any

import pytest

from analytics.metrics import Better
from portal.numbers.reading import Judged, Mix, Reading
from portal.widgets.change import change_notes, change_text
from portal.widgets.markup import Element

NOW, BEFORE = Reading(180.0, 300, "minutes"), Reading(300.0, 300, "minutes")
CHANCE, CLEAR = Judged(), Judged(is_clear=True)
ALL_MIX = Judged(is_clear=True, mix=Mix("category", -120.0, 300.0, is_of_the_parts=False))


def _props(part: Element) -> dict[str, Any]:
    return dict(part["props"])


def _words(part: Element) -> str:
    return str(part["props"]["content"]).replace("\xa0", " ").replace("\\xa0", " ")


@pytest.mark.parametrize(
    ("judged", "tone"), [(CLEAR, "good"), (CHANCE, "neutral"), (None, "neutral"), (ALL_MIX, "neutral")]
)
def test_only_what_is_more_than_chance_has_a_colour(judged: Judged | None, tone: str) -> None:
    """Chance is grey, and so is what only the mix of tickets did."""
    shown = change_text(NOW, BEFORE, Better.LOWER, "vs last year", judged)
    assert _props(shown)["className"] == f"change {tone}"
    assert ("better" in _words(shown)) is (tone == "good")


def test_a_change_that_may_be_chance_says_so() -> None:
    """In its words, in its hint and in the line under it; never of a number that did not change."""
    shown = change_text(NOW, BEFORE, Better.LOWER, "vs last year", CHANCE)
    assert _props(shown)["title"].endswith(", may be chance")
    assert "May be chance." in _words(change_notes(NOW, BEFORE, CHANCE)[0])
    assert change_notes(NOW, NOW, CHANCE) == []
    assert change_notes(NOW, BEFORE, CLEAR) == []
    assert change_notes(NOW, Reading(None, 0, "minutes"), CHANCE) == []


def test_the_mix_is_told_with_how_much_of_the_change_it_is() -> None:
    """All of two hours here: like for like nothing changed."""
    note = _words(change_notes(NOW, BEFORE, ALL_MIX)[0])
    assert "−2.0 h is from another mix of categories; like for like no change." in note


def test_parts_that_went_the_other_way_are_told() -> None:
    """The share rose though each channel's fell."""
    judged = Judged(is_clear=True, mix=Mix("channel", 0.09, 0.81, is_of_the_parts=False))
    now, before = Reading(0.9, 400, "share"), Reading(0.85, 380, "share")
    note = _words(change_notes(now, before, judged)[0])
    assert "+9 pt is from another mix of channels; like for like −4 pt." in note
    assert _props(change_text(now, before, Better.HIGHER, "vs last year", judged))["className"] == "change neutral"

"""Closing thanks are told from messages that wait, on texts of which half was written before the rule."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.closing_thanks import is_closing_thanks

_TEXTS = json.loads((Path(__file__).parent / "texts" / "closing_thanks.json").read_text(encoding="utf-8"))
_MOST_FLAGGED = 0.05
_HALVES = sorted(_TEXTS)


@pytest.mark.parametrize("half", _HALVES)
def test_at_most_one_closing_thanks_in_twenty_is_taken_for_a_question(half: str) -> None:
    """English, Setswana, emoji, signatures, quoted mail."""
    texts = _TEXTS[half]["thanks"]
    flagged = [text for text in texts if not is_closing_thanks(text)]
    assert len(flagged) <= _MOST_FLAGGED * len(texts), flagged


@pytest.mark.parametrize("half", _HALVES)
def test_nobody_who_waits_is_taken_to_have_thanked(half: str) -> None:
    """Thanks with a request, a question or news in it is no closing thanks."""
    assert [text for text in _TEXTS[half]["waiting"] if is_closing_thanks(text)] == []


@given(st.text())
def test_a_question_mark_of_the_customer_always_waits(text: str) -> None:
    """Whatever stands around it."""
    assert not is_closing_thanks(f"Thanks? {text}")

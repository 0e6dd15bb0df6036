"""Durations and words of SLA policies are read as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.commands.sla_words import (
    BadDurationError,
    BadNameError,
    UnknownWordError,
    duration_text,
    minutes_of,
    name_of,
    word_of,
    words_of,
)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("30m", 30), ("2h", 120), ("1h 30m", 90), ("2d", 2_880), ("1d12h", 2_160), (" 2H ", 120), ("none", None)],
)
def test_durations_have_days_hours_and_minutes(text: str, minutes: int | None) -> None:
    assert minutes_of(text) == minutes


@pytest.mark.parametrize("text", ["", "0h", "2", "2w", "h", "1.5h", "-2h", "30m 2h", "3661d", "٣h"])
def test_what_is_no_duration_is_quoted(text: str) -> None:
    with pytest.raises(BadDurationError, match=f"'{text}'"):
        minutes_of(text)


@given(st.integers(1, 3_660 * 1_440))
def test_a_duration_that_is_shown_can_be_typed(minutes: int) -> None:
    assert minutes_of(duration_text(minutes)) == minutes


def test_no_target_is_shown_as_none() -> None:
    assert duration_text(None) == "none"


def test_words_are_the_known_ones_any_or_none() -> None:
    known = ("pending", "on_hold")
    assert word_of("Pending", "status", known) == "pending"
    assert word_of("any", "status", known) is None
    assert words_of("on_hold, pending", "status", known) == ["pending", "on_hold"]
    assert words_of("none", "status", known) == []
    with pytest.raises(UnknownWordError, match=r"any\."):
        word_of("asleep", "status", known)
    with pytest.raises(UnknownWordError, match="no status 'asleep'"):
        words_of("pending,asleep", "status", known)


@pytest.mark.parametrize("text", ["", "  ", "x" * 101])
def test_a_name_is_neither_empty_nor_too_long(text: str) -> None:
    with pytest.raises(BadNameError):
        name_of(text)

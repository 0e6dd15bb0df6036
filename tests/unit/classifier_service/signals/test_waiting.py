"""Amounts of time are waiting times where a word of waiting stands near."""

import pytest

from classifier_service.signals.waiting import may_wait, waiting_time
from classifier_service.words import words_of


@pytest.mark.parametrize(
    ("text", "wait"),
    [
        ("two hours on hold", "two hours"),
        ("still waiting after 3 weeks", "3 weeks"),
        ("an hour in the queue", "an hour"),
        ("ke letile dibeke tse pedi", "dibeke tse"),
        ("it takes two hours by car", None),
        ("delayed, back in 2 hours", None),
        ("we are open seven days a week", None),
        ("hours", None),
        ("", None),
    ],
)
def test_waiting_times(text: str, wait: str | None) -> None:
    """Opening hours and journeys are none."""
    assert waiting_time(words_of(text)) == wait
    assert may_wait(words_of(text)) or wait is None

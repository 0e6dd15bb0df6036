"""What the Overview says: its charts, and what needs somebody now."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from analytics.unusual_counts import Unusual, UnusualWeek
from portal.numbers.phrasing import Tone
from portal.numbers.reading import Reading
from portal.topics.overview.conclusion import attention, opened_and_solved
from portal.topics.overview.dataset import Attention, AttentionItem
from tests.factories.overview import make_opened_and_solved

FLOW = make_opened_and_solved(30)
LAST = round(FLOW.backlog.points[-1].reading.value or 0)


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (LAST - 9, f"open tickets went up from {LAST - 9} to {LAST}"),
        (LAST + 9, f"open tickets went down from {LAST + 9} to {LAST}"),
        (LAST, f"{LAST} open, as at the start"),
    ],
)
def test_open_tickets_are_compared_with_those_before_the_period(before: int, words: str) -> None:
    """As many as the card's change says: what was open when the period began, not after its first day."""
    assert words in opened_and_solved(replace(FLOW, open_before=before))


@pytest.mark.parametrize(
    ("kind", "facts", "said"),
    [
        (
            Attention.OVERDUE,
            {"tickets": 1, "parts": {"first reply": 1, "next reply": 0, "resolution": 0}},
            ("1 open ticket is past a target", "1 first reply overdue."),
        ),
        (
            Attention.OVERDUE,
            {"tickets": 1204, "parts": {"first reply": 2, "next reply": 1, "resolution": 1203}},
            (
                "1,204 open tickets are past a target",
                "2 first replies, 1 next reply and 1,203 resolutions overdue.",
            ),
        ),
        (
            Attention.DUE_SOON,
            {"tickets": 3, "hours": 2},
            ("3 tickets will miss a target within 2\u00a0hours unless answered", "None of them is overdue yet."),
        ),
        (
            Attention.OLD,
            {"tickets": 1, "open": 287, "days": 1},
            ("1 ticket has been open for two weeks or more", "Of 287 open; the oldest for 1 day."),
        ),
        (
            Attention.OLD,
            {"tickets": 9, "open": 1287, "days": 40},
            ("9 tickets have been open for two weeks or more", "Of 1,287 open; the oldest for 40 days."),
        ),
        (
            Attention.SLOWER,
            {
                "category": "Technical support",
                "now": Reading(282.0, 412, "minutes"),
                "before": Reading(246.0, 1388, "minutes"),
            },
            (
                "Technical support takes longer than before",
                "Half solved within 4.7\u00a0h, was 4.1\u00a0h; n 412 and 1,388.",
            ),
        ),
        (
            Attention.UNUSUAL_WEEK,
            {"week": UnusualWeek(Unusual.MORE, 1345, 980.4)},
            (
                "The last seven days brought more tickets than usual",
                "1,345, against 980 a week in the seven weeks before.",
            ),
        ),
        (
            Attention.UNUSUAL_WEEK,
            {"week": UnusualWeek(Unusual.FEWER, 12, 80.0)},
            (
                "The last seven days brought fewer tickets than usual",
                "12, against 80 a week in the seven weeks before.",
            ),
        ),
    ],
)
def test_what_needs_somebody_is_one_sentence_and_its_numbers(
    kind: Attention, facts: Mapping[str, Any], said: tuple[str, str]
) -> None:
    """Word for word as before the sentences had a place of their own."""
    assert attention(AttentionItem(kind, Tone.BAD, "/tickets", facts)) == said

"""What the Overview says: its charts, and what needs somebody now."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from analytics.unusual_counts import Unusual, UnusualWeek
from portal.numbers.phrasing import Tone
from portal.numbers.reading import Reading
from portal.topics.overview.conclusion import attention, beside_the_flow, flow
from portal.topics.overview.dataset import Attention, AttentionItem, Flow
from tests.factories.overview import make_series

SURGE = {
    "dimension": "category", "name": "Returns and refunds", "count": 84, "days": 14, "since": date(2026, 11, 15),
    "is_whole": False, "expected": 41.3, "usual": 39.2, "is_seasonal": False,
}  # fmt: skip


def flow_of(inflow: int, outflow: int, before: int, **rest: int) -> Flow:
    """Return a period of one day."""
    values = (("In", inflow), ("Out", outflow), ("Open", before + inflow - outflow))
    came, went, left = (make_series(label, (float(value),)) for label, value in values)
    return Flow("day", came, went, left, before, **rest)


@pytest.mark.parametrize(
    ("dataset", "said"),
    [
        (
            flow_of(1210, 1198, 275),
            "12 more came in than went out (1,210 in; 1,198 out): open tickets went up from 275 to 287.",
        ),
        (
            flow_of(40, 52, 30, reopened=9),
            (
                "12 more went out than came in (40 in, 9 of them opened again; 52 out): "
                "open tickets went down from 30 to 18."
            ),
        ),
        (flow_of(7, 7, 30), "As many tickets went out as came in (7 each); 30 open, as at the start."),
        (
            flow_of(7, 7, 0, reopened=2),
            "As many tickets went out as came in (7 each, 2 of them opened again); 0 open, as at the start.",
        ),
        (flow_of(1, 0, 0), "1 more came in than went out (1 in; 0 out): open tickets went up from 0 to 1."),
    ],
)
def test_what_came_in_less_what_went_out_is_the_change_of_what_is_open(dataset: Flow, said: str) -> None:
    """Tickets opened again are part of what came in, and are told."""
    assert flow(dataset) == said


def test_what_came_and_went_in_the_stretch_under_way_is_so_far() -> None:
    over = flow_of(7, 4, 30)
    points = tuple(replace(point, is_running=True) for point in over.inflow.points)
    assert flow(replace(over, inflow=replace(over.inflow, points=points))).endswith(
        " Mon\u00a05\u00a0Jan so far: 7 in, 4 out."
    )


def test_what_the_flow_leaves_out_is_told() -> None:
    """Merged tickets, spam and tests are in none of the numbers; a ticket solved on an unknown day is in and out."""
    assert beside_the_flow(flow_of(5, 4, 0)) == ""
    assert beside_the_flow(flow_of(5, 4, 0, merged=3, excluded=1)) == (
        " Never counted: 3 merged into others and 1 marked as spam or test."
    )
    said = " 1 ticket solved on a day nobody knows went out on the day of creation."
    assert beside_the_flow(flow_of(5, 4, 0, undated=1)) == said


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
            Attention.DUE_TOMORROW,
            {
                "tickets": 12,
                "at": datetime(2026, 12, 1, 10),  # noqa: DTZ001 - the desk's own clock
                "parts": {"first reply": 1, "next reply": 0, "resolution": 11},
            },
            (
                "12 tickets fall due before Tue\u00a01\u00a0Dec 10:00",
                "Still to do: 1 first reply and 11 resolutions.",
            ),
        ),
        (
            Attention.SURGE,
            SURGE,
            (
                "Returns and refunds: 84 in the last 14 days, about 41 were to be expected",
                "Since 15\u00a0Nov.",
            ),
        ),
        (
            Attention.SURGE,
            SURGE | {"dimension": "", "name": "", "days": 28, "is_whole": True},
            (
                "All tickets: 84 in the last 28 days, about 41 were to be expected",
                "Since 15\u00a0Nov or earlier.",
            ),
        ),
        (
            Attention.SURGE,
            SURGE | {"dimension": "channel", "name": "Email", "is_seasonal": True, "expected": 80.0},
            (
                "Channel Email: 84 in the last 14 days, about 39 outside this time of the year",
                "Since 15\u00a0Nov. The time of the year explains it: about 80 were to be expected.",
            ),
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

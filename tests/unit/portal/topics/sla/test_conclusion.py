"""What the SLA page says is true of its numbers."""

from datetime import UTC, datetime

import pytest

from portal.numbers.reading import NOT_JUDGED, Judged, Reading
from portal.topics.sla import conclusion as says
from portal.topics.sla.dataset import AboutToMiss, DueGroup, KeptPart, KeptSplit, When

_MISS = "miss a target before 10:00 of the next day unless something is done"
_NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)


def _due(*counts: int, unassigned: int = 0) -> AboutToMiss:
    groups = [DueGroup(when, count, "/tickets", 0, ()) for when, count in zip(When, counts, strict=True)]
    first = groups[0]
    return AboutToMiss(
        _NOW, (DueGroup(first.when, first.count, first.href, unassigned, ()), *groups[1:]), "/tickets", "/tickets"
    )


def _part(label: str, now: float | None, before: float, n: int, missed: int, *, is_clear: bool = False) -> KeptPart:
    readings = (Reading(now, n, "share"), Reading(before, n, "share"))
    judged = Judged(is_clear) if is_clear else NOT_JUDGED
    return KeptPart(label, None, *readings, judged, "/tickets", missed, "/tickets", (), is_running=False)


def _split(*parts: KeptPart, by: str = "sla_policy") -> KeptSplit:
    return KeptSplit(by, parts, examples=False, compared_to="vs previous period")


@pytest.mark.parametrize(
    ("dataset", "said"),
    [
        (_due(0, 0, 0), "No target falls due before 10:00 of the next day."),
        (
            _due(1, 0, 0),
            "1 ticket misses a target before 10:00 of the next day unless something is done: 1 within 2 hours.",
        ),
        (
            _due(4, 7, 9),
            f"20 tickets {_MISS}: 4 within 2 hours, 7 later today and 9 before 10:00 tomorrow.",
        ),
    ],
)
def test_what_is_about_to_be_missed_is_counted_by_when(dataset: AboutToMiss, said: str) -> None:
    assert says.due(dataset) == said


@pytest.mark.parametrize(
    ("dataset", "said"),
    [
        (_due(3, 0, 0), ""),
        (_due(1, 0, 0, unassigned=1), "Nobody is assigned to it."),
        (_due(3, 1, 0, unassigned=1), "Of the 4, 1 has nobody assigned."),
        (_due(3, 1, 0, unassigned=2), "Of the 4, 2 have nobody assigned."),
    ],
)
def test_tickets_that_nobody_is_assigned_to_are_named(dataset: AboutToMiss, said: str) -> None:
    assert says.unassigned(dataset) == said


def test_the_headline_names_the_policy_that_clearly_got_worse_and_else_what_was_kept() -> None:
    """A change that may be chance is not told, however large."""
    steady, worse = _part("Low", 0.5, 0.9, 40, 20), _part("Urgent", 0.6, 0.8, 50, 20, is_clear=True)
    better = _part("High", 0.9, 0.7, 50, 5, is_clear=True)
    told = says.headline(_due(0, 0, 0), _split(steady, worse, better))
    assert told.endswith("; Urgent got worse: 60\u202f% of tickets met every target, 80\u202f% in the comparison.")
    assert "High got better" in says.headline(_due(0, 0, 0), _split(steady, better))
    assert says.headline(_due(0, 0, 0), _split(steady)).endswith("; 50\u202f% of 40 tickets met every target.")
    assert "no ticket of the period" in says.headline(_due(0, 0, 0), _split())


def test_a_split_names_who_met_fewest_or_missed_most() -> None:
    """A policy or an hour with few tickets is not called the worst."""
    few, many, most = _part("a", 0.0, 0.0, 3, 3), _part("b", 0.7, 0.0, 40, 12), _part("c", 0.8, 0.0, 100, 20)
    assert says.split(_split(few, many, most)) == "b met fewest: 70\u202f% of 40."
    assert says.split(_split(few, many, most, by="team")) == "c missed most: 20 of 100 tickets."
    assert says.split(_split(_part("a", 1.0, 1.0, 3, 0))) == "Every ticket met every target."

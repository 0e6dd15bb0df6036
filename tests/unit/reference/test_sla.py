"""The first matching policy applies, and a target is met, missed, running or overdue."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from analytics.business_time import BusinessCalendar, BusinessWindow
from tests.reference.sla import SlaPolicy, SlaTarget, SlaTraits, TargetState, select_policy, target_state

FRIDAY = datetime(2025, 11, 14, 16, 0, tzinfo=UTC)
TRAITS = SlaTraits("high", "school", "email")
OFFICE = BusinessCalendar("UTC", tuple(BusinessWindow(day, 480, 1020) for day in range(5)))


def policy(name: str, position: int = 1, **rest: Any) -> SlaPolicy:
    """Return a policy that promises a first reply in two hours."""
    return SlaPolicy(name, position, ((SlaTarget.FIRST_REPLY, 120),), **rest)


@pytest.mark.parametrize(
    ("condition", "applies"),
    [
        ({}, True),
        ({"priority": "high", "customer_type": "school", "channel": "email"}, True),
        ({"priority": "low"}, False),
        ({"customer_type": "person"}, False),
        ({"channel": "call"}, False),
        ({"valid_from": FRIDAY}, True),
        ({"valid_from": FRIDAY + timedelta(seconds=1)}, False),
        ({"valid_until": FRIDAY}, False),
    ],
)
def test_a_policy_applies_when_every_condition_it_names_holds(condition: dict[str, Any], applies: bool) -> None:
    assert policy("one", **condition).matches(TRAITS, FRIDAY) is applies


def test_of_the_policies_that_match_the_lowest_position_applies() -> None:
    chosen = select_policy([policy("c", 3), policy("b", 2), policy("a", 1, channel="chat")], TRAITS, FRIDAY)
    assert chosen is not None
    assert chosen.name == "b"


def test_no_policy_applies_when_none_matches() -> None:
    assert select_policy([policy("a", priority="low")], TRAITS, FRIDAY) is None


def test_a_policy_for_a_customer_type_does_not_apply_to_a_customer_without_one() -> None:
    traits = SlaTraits("high", None, "email")
    assert not policy("schools", customer_type="school").matches(traits, FRIDAY)
    assert policy("all").matches(traits, FRIDAY)


def test_a_target_is_due_by_the_clock_or_by_open_hours() -> None:
    assert policy("clock").due_at(SlaTarget.FIRST_REPLY, FRIDAY) == FRIDAY + timedelta(hours=2)
    due = policy("office", calendar=OFFICE).due_at(SlaTarget.FIRST_REPLY, FRIDAY)
    assert due == datetime(2025, 11, 17, 9, 0, tzinfo=UTC)


def test_what_is_not_promised_is_never_due() -> None:
    assert policy("one").due_at(SlaTarget.RESOLUTION, FRIDAY) is None


@pytest.mark.parametrize(
    ("done_after", "now_after", "state"),
    [
        (-1, 5, TargetState.MET),
        (0, 5, TargetState.MET),
        (1, 5, TargetState.MISSED),
        (None, 0, TargetState.RUNNING),
        (None, 1, TargetState.OVERDUE),
    ],
)
def test_a_target_stands_where_the_clock_says(done_after: int | None, now_after: int, state: TargetState) -> None:
    done = None if done_after is None else FRIDAY + timedelta(seconds=done_after)
    assert target_state(FRIDAY, done, FRIDAY + timedelta(seconds=now_after)) is state

"""A desk's plan: targets are met by the demand it is made for, and what is idle is used."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.staffing.backlog_queue import OpeningBacklog
from analytics.staffing.errors import StaffingInputError
from analytics.staffing.live_queue import LiveTarget
from analytics.staffing.plan import (
    ChannelDemand,
    DeskHours,
    StaffingRules,
    live_outcomes,
    needed_staff,
    written_outcome,
)
from tests.conftest import examples

DAYS = 5
OPEN = np.array([1.0 if 8 <= hour % 24 < 17 else 0.0 for hour in range(24 * DAYS)])
DESK = DeskHours(OPEN, OPEN)
RULES = StaffingRules(
    live={"call": LiveTarget(0.8, 20, 0.85, 1)},
    due_hours=4,
    shrinkage=0.3,
    occupancy_cap=0.85,
    minimum=1,
    cost_per_hour=100,
    is_blended=True,
)


def demand(calls: float, mails: float) -> dict[str, ChannelDemand]:
    """Return so many calls an hour by day and so many mails in every hour, of five and ten minutes."""
    return {
        "call": ChannelDemand(OPEN * calls, np.full(OPEN.size, 300.0)),
        "email": ChannelDemand(np.full(OPEN.size, mails), np.full(OPEN.size, 600.0)),
    }


@given(calls=st.floats(0, 80), mails=st.floats(0, 30), is_blended=st.booleans())
@settings(max_examples=examples(60))
def test_the_demand_planned_for_is_served_in_time(calls: float, mails: float, is_blended: bool) -> None:
    """With its own demand a plan meets the live target in every open hour and answers mail by its due time."""
    wanted, rules = demand(calls, mails), replace(RULES, is_blended=is_blended)
    staff = needed_staff(wanted, DESK, rules)
    live = live_outcomes(staff, wanted, DESK, rules)["call"]
    assert (live.service_level[OPEN > 0] >= 0.8 - 1e-9).all()
    written = written_outcome(staff, wanted, DESK, rules)
    assert written.queue.in_time_share(written.arrivals) >= 0.98


@given(calls=st.floats(0, 80), mails=st.floats(0, 30))
@settings(max_examples=examples(40))
def test_people_are_there_when_the_desk_is_open_and_only_then(calls: float, mails: float) -> None:
    """At least the minimum by day, nobody by night, and the roster has room for breaks and leave."""
    staff = needed_staff(demand(calls, mails), DESK, RULES)
    assert (staff.total[OPEN > 0] >= 1).all()
    assert (staff.total[OPEN == 0] == 0).all()
    assert (staff.on_roster * 0.7 >= staff.total - 1e-9).all()


def test_answering_mail_between_calls_saves_people() -> None:
    """Where callers leave time for mail, blending needs fewer people and never more."""
    wanted = demand(20, 4)
    blended, apart = (needed_staff(wanted, DESK, replace(RULES, is_blended=each)) for each in (True, False))
    assert blended.total.sum() < apart.total.sum()
    assert (blended.live["call"] == apart.live["call"]).all()


def test_calls_out_of_hours_become_written_work() -> None:
    """Who calls at night is called back by day: the written work has those contacts, the live channel does not."""
    night = {"call": ChannelDemand(1 - OPEN, np.full(OPEN.size, 300.0))}
    staff = needed_staff(night, DESK, RULES)
    assert written_outcome(staff, night, DESK, RULES).arrivals.sum() == pytest.approx((1 - OPEN).sum())
    assert live_outcomes(staff, night, DESK, RULES)["call"].occupancy.max() == 0


def test_one_person_more_or_fewer_moves_the_level() -> None:
    """One fewer on calls answers fewer in time, one more answers more; so with mail where all are needed."""
    wanted = demand(60, 20)
    rules = replace(RULES, is_blended=False)
    staff = needed_staff(wanted, DESK, rules)
    by_day = OPEN > 0
    fewer, planned, more = (
        live_outcomes(staff, wanted, DESK, rules, change)["call"].service_level[by_day] for change in (-1, 0, 1)
    )
    assert (fewer < planned).all()
    assert (planned < more).all()
    backlog = [written_outcome(staff, wanted, DESK, rules, change).queue.backlog.sum() for change in (-1, 0, 1)]
    assert backlog[0] > backlog[1] > backlog[2]


def test_an_opening_backlog_asks_for_people_at_once() -> None:
    """What is unanswered at the start is answered within the hours to catch up in, beside what comes."""
    opening = OpeningBacklog(np.full(200, 40.0), np.full(200, -10.0))
    behind = DeskHours(OPEN, OPEN, opening)
    first_day = slice(8, 17)
    calm, busy = (needed_staff(demand(5, 2), hours, RULES) for hours in (DESK, behind))
    assert busy.total[first_day].sum() > calm.total[first_day].sum()
    queue = written_outcome(busy, demand(5, 2), behind, RULES).queue
    assert queue.answered[first_day].sum() >= 200
    assert queue.oldest_age_hours[8] == pytest.approx(49)


def test_a_desk_that_never_opens_needs_nobody() -> None:
    """Without an open hour nobody is planned, and all that comes is left."""
    closed = DeskHours(np.zeros(24), np.zeros(24))
    wanted = {"email": ChannelDemand(np.ones(24), np.full(24, 600.0))}
    staff = needed_staff(wanted, closed, RULES)
    assert staff.total.sum() == 0
    assert written_outcome(staff, wanted, closed, RULES).queue.backlog[-1] == pytest.approx(24)


def test_no_demand_needs_the_minimum() -> None:
    """A desk to which nobody writes has its least people while it is open, and is in time."""
    staff = needed_staff({}, DESK, replace(RULES, minimum=2))
    assert set(staff.total[OPEN > 0].tolist()) == {2}
    assert written_outcome(staff, {}, DESK, RULES).queue.backlog.sum() == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"shrinkage": 1.0}, "shrinkage"),
        ({"occupancy_cap": 0.0}, "occupancy cap"),
        ({"minimum": -1}, "least number"),
        ({"cost_per_hour": float("nan")}, "cost"),
        ({"due_hours": 0.0}, "time to answer"),
    ],
)
def test_rules_no_desk_can_have_are_refused(change: dict[str, float], words: str) -> None:
    """Each figure out of its range is named in the sentence."""
    with pytest.raises(StaffingInputError, match=words):
        replace(RULES, **change)  # type: ignore[arg-type]  # figures that no type check would let through

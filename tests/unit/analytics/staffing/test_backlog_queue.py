"""Written work: nothing is lost, the clock stops at night, and late is late."""

import math
from collections import deque

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.staffing.backlog_queue import BacklogWork, OpeningBacklog, backlog_outcome
from analytics.staffing.erlang import Floats
from analytics.staffing.errors import StaffingInputError
from tests.conftest import examples

HOURS = 48
OFFICE = np.array([1.0 if 8 <= hour % 24 < 17 else 0.0 for hour in range(HOURS)])
FLOWS = st.lists(st.floats(0, 20), min_size=1, max_size=30)


def floats(values: list[float]) -> Floats:
    """Return numbers as an array."""
    return np.array(values, dtype=np.float64)


def test_the_example_of_the_description() -> None:
    """As many answered as come: 20 stay unanswered; with two people only those being worked on are left."""
    opening = OpeningBacklog(np.zeros(20), np.full(20, 2.0))
    work = BacklogWork(np.full(4, 10.0), np.ones(4), 2.0, opening)
    assert np.allclose(backlog_outcome(work, np.ones(4), 0.1).backlog, 20)
    assert backlog_outcome(work, np.full(4, 2.0), 0.1).backlog[-1] == pytest.approx(1, abs=0.01)


@given(arrivals=FLOWS, people=st.floats(0, 6), opening=st.integers(0, 30), handle=st.floats(0.05, 1.5))
@settings(max_examples=examples(40))
def test_the_backlog_solves_its_equation(arrivals: list[float], people: float, opening: int, handle: float) -> None:
    """Following arrivals less answers in steps of seconds leads to the same backlog, and nothing is lost."""
    backlog = OpeningBacklog(np.linspace(10, 1, opening), np.linspace(-5, 3, opening))
    work = BacklogWork(floats(arrivals), np.ones(len(arrivals)), 4.0, backlog)
    found = backlog_outcome(work, np.full(len(arrivals), people), handle)
    left, steps = float(opening), 2000
    for hour, came in enumerate(arrivals):
        for _ in range(steps):
            left += (came - min(left, people) / handle) / steps
        assert found.backlog[hour] == pytest.approx(left, abs=0.05)
    assert found.answered.sum() + found.backlog[-1] == pytest.approx(opening + sum(arrivals), abs=1e-6)


@given(arrivals=st.lists(st.integers(0, 9), min_size=2, max_size=20), pace=st.integers(1, 9), opening=st.integers(0, 9))
@settings(deadline=None)
def test_the_oldest_is_the_next_in_line(arrivals: list[int], pace: int, opening: int) -> None:
    """Following contacts one by one through a line gives the same oldest age, to their places within an hour."""
    ages = np.linspace(9, 1, opening)
    came = floats([float(each) for each in arrivals])
    work = BacklogWork(came, np.ones(len(arrivals)), 4.0, OpeningBacklog(ages, -ages))
    # Contacts that take hardly any time: so many an hour, and nobody is in the middle of one.
    found = backlog_outcome(work, np.full(len(arrivals), pace * 1e-9), 1e-9)
    line: deque[float] = deque((-ages).tolist())
    for hour, count in enumerate(arrivals):
        line.extend(hour + place / count for place in range(count))
        for _ in range(min(pace, len(line))):
            line.popleft()
        expected = hour + 1 - line[0] if line else 0.0
        assert found.oldest_age_hours[hour] == pytest.approx(expected, abs=1e-6)


def test_the_clock_stops_at_night() -> None:
    """A contact of 16:30 with four hours to answer is due at 11:30 the next day; answered by then it is in time."""
    arrivals = np.zeros(HOURS)
    arrivals[16] = 4.0
    work = BacklogWork(arrivals, OFFICE, 4.0)
    due = work.due()
    assert due[36] == pytest.approx(4.0)
    assert due[35] == pytest.approx(0.0)
    slow = np.zeros(HOURS)
    slow[35] = 1.0
    assert backlog_outcome(work, slow, 0.01).in_time[16] == 1
    slow[35], slow[37] = 0.0, 1.0
    assert backlog_outcome(work, slow, 0.01).in_time[16] == 0


def test_what_comes_at_night_is_due_in_the_morning() -> None:
    """While the clock stands, everything that comes has the whole time from opening on."""
    arrivals = np.zeros(HOURS)
    arrivals[20] = arrivals[26] = 3.0
    due = BacklogWork(arrivals, OFFICE, 2.0).due()
    assert due[33] == 0
    assert due[34] == pytest.approx(6)


def test_a_clock_that_never_stops_counts_nights() -> None:
    """By the calendar a contact of 16:00 to 17:00 with four hours is due between 20:00 and 21:00."""
    arrivals = np.zeros(HOURS)
    arrivals[16] = 4.0
    due = BacklogWork(arrivals, np.ones(HOURS), 4.0).due()
    assert due[20] == 0
    assert due[21] == pytest.approx(4)


def test_what_is_late_at_the_start_is_caught_up_with() -> None:
    """Overdue contacts are to be answered within the hours allowed for that, those due later when they are due."""
    opening = OpeningBacklog(floats([30.0, 20.0, 1.0]), floats([-10.0, 1.0, 6.0]))
    work = BacklogWork(np.zeros(10), np.ones(10), 8.0, opening)
    assert work.due(catch_up_hours=4.0)[[0, 4, 5, 6, 7]].tolist() == [0, 0, 2, 2, 3]


def test_what_is_due_after_the_end_is_judged_by_the_pace() -> None:
    """Contacts of the last hours count as in time if the pace so far will answer them, and as late if nobody works."""
    work = BacklogWork(np.full(10, 5.0), np.ones(10), 3.0)
    assert backlog_outcome(work, np.full(10, 0.45), 0.1).in_time[-1] == 1
    assert backlog_outcome(work, np.zeros(10), 0.1).in_time[-1] == 0


@given(arrivals=FLOWS, people=st.floats(0, 4), more=st.floats(0, 2))
def test_more_people_never_make_it_worse(arrivals: list[float], people: float, more: float) -> None:
    """With more people the backlog is nowhere larger, nothing is older and at least as much is in time."""
    work = BacklogWork(floats(arrivals), np.ones(len(arrivals)), 3.0)
    slow, quick = (backlog_outcome(work, np.full(len(arrivals), each), 0.2) for each in (people, people + more))
    assert (quick.backlog <= slow.backlog + 1e-6).all()
    assert (quick.oldest_age_hours <= slow.oldest_age_hours + 1e-6).all()
    assert quick.in_time_share(work.arrivals) >= slow.in_time_share(work.arrivals) - 1e-9


def test_without_contacts_everything_is_in_time() -> None:
    """No contacts: no backlog, no age, no share of an hour, and the share of all is whole."""
    found = backlog_outcome(BacklogWork(np.zeros(3), np.ones(3), 4.0), np.ones(3), 0.1)
    assert found.backlog.tolist() == found.oldest_age_hours.tolist() == [0, 0, 0]
    assert all(math.isnan(each) for each in found.in_time)
    assert found.in_time_share(np.zeros(3)) == 1


def test_figures_that_cannot_be_are_refused() -> None:
    """Negative arrivals, capacities and ages, clocks beyond an hour and times of nothing are named."""
    with pytest.raises(StaffingInputError, match="contacts"):
        BacklogWork(np.array([-1.0]), np.ones(1), 4.0)
    with pytest.raises(StaffingInputError, match="clock"):
        BacklogWork(np.ones(1), np.array([1.5]), 4.0)
    with pytest.raises(StaffingInputError, match="time to answer"):
        BacklogWork(np.ones(1), np.ones(1), 0.0)
    with pytest.raises(StaffingInputError, match="people"):
        backlog_outcome(BacklogWork(np.ones(1), np.ones(1), 4.0), np.array([-1.0]), 0.1)
    with pytest.raises(StaffingInputError, match="handle time"):
        backlog_outcome(BacklogWork(np.ones(1), np.ones(1), 4.0), np.array([1.0]), 0.0)
    with pytest.raises(StaffingInputError, match="younger"):
        OpeningBacklog(np.array([-1.0]), np.array([1.0]))
    with pytest.raises(StaffingInputError, match="due time"):
        OpeningBacklog(np.ones(2), np.ones(1))

"""When tickets come."""

from datetime import date

import numpy as np
import pytest

from standalone.bookshop.arrivals import first_day, plan_arrivals
from standalone.bookshop.effects_file import read_effects
from standalone.bookshop.opening_hours import midnight

UNTIL = date(2026, 7, 1)


@pytest.mark.parametrize(
    ("until", "months", "first"),
    [
        (date(2026, 7, 1), 24, date(2024, 7, 1)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
    ],
)
def test_history_begins_months_before_its_end(until: date, months: int, first: date) -> None:
    """The first day is the same day of the month, or the last that month has."""
    assert first_day(until, months) == first


@pytest.mark.parametrize("tickets", [1, 17, 5000])
def test_exactly_as_many_tickets_as_asked_for(tickets: int) -> None:
    """The number of tickets is not left to chance."""
    arrivals = plan_arrivals(np.random.default_rng(1), tickets, read_effects(), UNTIL)
    assert arrivals.counts.sum() == tickets


def test_instants_are_in_order_and_on_their_days() -> None:
    """Every ticket falls on the local day it was planned for."""
    rng = np.random.default_rng(2)
    arrivals = plan_arrivals(rng, 5000, read_effects(), UNTIL)
    at, category, day = arrivals.instants(rng, 100, 130)
    assert at.size == arrivals.counts[100:130].sum()
    assert (np.diff(at) >= 0).all()
    assert ((at - midnight(arrivals.days[0])) // 86_400 == day).all()
    counted = np.zeros_like(arrivals.counts)
    np.add.at(counted, (day, category), 1)
    assert (counted[100:130] == arrivals.counts[100:130]).all()

"""Time under an experience agrees with counting it day by day."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.churn.history import EXPERIENCES, LATE, LOW, STUCK, CustomerHistory
from analytics.churn.person_time import person_time
from tests.conftest import examples
from tests.factories.churn import day, made_history, ticket

_END = 300
_MEMORY = 60


def _late(customer: int, at: float) -> dict[str, object]:
    return ticket(customer, at, first_reply_at=day(at), resolved_at=day(at), is_first_reply_breached=True)


def test_one_customer_by_hand() -> None:
    """Joins on day 0, a late answer on day 100, leaves on day 150: 100 days without, 50 with, one departure with."""
    history = made_history([ticket(1, 0), _late(0, 100)], [150, None], end=_END)
    table = person_time(history, {LATE: history.experiences()[LATE]})
    mine = table[table["departures"] > 0]
    assert mine[["activity", LATE, "days", "departures"]].to_numpy().tolist() == [[1, 1, 50.0, 1.0]]
    assert table["days"].sum() == pytest.approx(150 + _END)
    assert table.loc[table[LATE] == 1, "days"].sum() == pytest.approx(50)


@settings(max_examples=examples(40))
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, _END - 1)), max_size=12),
    st.lists(st.one_of(st.none(), st.integers(1, _END)), min_size=4, max_size=4),
)
def test_sums_are_those_of_a_count_day_by_day(tickets: list[tuple[int, int]], left: list[int | None]) -> None:
    """For any tickets and departures, exposed and other days are what a walk through the days finds."""
    history = made_history([ticket(0, 0), *(_late(*each) for each in tickets)], left, end=_END)
    table = person_time(history, {LATE: history.experiences()[LATE]}, _MEMORY)
    exposed, departures = _walked(history)
    assert table.loc[table[LATE] == 1, "days"].sum() == pytest.approx(exposed)
    assert table.loc[table[LATE] == 1, "departures"].sum() == departures
    assert table["departures"].sum() == history.churn_count


def _walked(history: CustomerHistory) -> tuple[int, int]:
    """Return exposed days and departures while exposed, one day after another."""
    late = history.experiences()[LATE]
    days, departures = 0, 0
    for customer in range(history.count):
        begins = [round((at - history.start) / 86_400) for at in late.at[late.customer == customer]]
        left = history.churned_at[customer]
        last = _END if np.isnan(left) else round((left - history.start) / 86_400)
        under = [any(begin <= each < begin + _MEMORY for begin in begins) for each in range(last)]
        days += sum(under)
        departures += int(not np.isnan(left) and under[-1])
    return days, departures


def test_experiences_count_from_when_the_customer_knew() -> None:
    """A ticket is unresolved after 14 days, also when it is solved later, and not when it was solved before."""
    history = made_history(
        [
            ticket(0, 10, resolved_at=day(50), first_reply_at=day(11)),
            ticket(1, 10, resolved_at=day(20)),
            ticket(2, 10, resolved_at=None),
            ticket(2, 395, resolved_at=None),
            ticket(0, 60, rating=2.0, rated_at=day(61)),
            ticket(1, 60, rating=3.0, rated_at=day(61)),
        ],
        [None] * 3,
    )
    found = history.experiences()
    assert set(found) == set(EXPERIENCES)
    assert found[STUCK].customer.tolist() == [0, 2]
    assert set((found[STUCK].at - day(24).timestamp()).tolist()) == {0.0}
    assert found[LOW].customer.tolist() == [0]


def test_who_writes_after_leaving_has_come_back() -> None:
    """A recorded departure before the last ticket is none."""
    assert made_history([ticket(1, 0), ticket(0, 100)], [50, 50]).churn_count == 1

"""The agents a live channel needs: the least that do, more for more, and refusals of what cannot be."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analytics.staffing.errors import StaffingInputError
from analytics.staffing.live_queue import LiveLoad, LiveTarget, live_outcome, people_to_employ, required_agents

PATIENCES = st.one_of(st.none(), st.floats(5, 1200))
TARGETS = st.builds(
    LiveTarget,
    st.floats(0, 0.99),
    st.floats(0, 300),
    st.floats(0.3, 1),
    st.integers(0, 5),
    PATIENCES,
)
CONTACTS = st.floats(0, 400)
HANDLES = st.floats(10, 1800)


def load_of(contacts: float, handle: float) -> LiveLoad:
    """Return the load of one hour."""
    return LiveLoad(np.array([contacts]), 3600, np.array([handle]))


@given(contacts=CONTACTS, handle=HANDLES, target=TARGETS)
@settings(deadline=None)
def test_the_agents_found_are_the_least_that_do(contacts: float, handle: float, target: LiveTarget) -> None:
    """They meet level, cap and minimum; one fewer misses at least one of them."""
    load = load_of(contacts, handle)
    found = required_agents(load, target)
    agents = int(found.agents[0])
    assert agents >= target.minimum
    assert found.service_level[0] >= target.service_level - 1e-9
    assert found.occupancy[0] <= target.occupancy_cap + 1e-9
    if agents > target.minimum:
        fewer = live_outcome(np.array([agents - 1]), load, target)
        misses_level = fewer.service_level[0] < target.service_level - 1e-9
        assert misses_level or fewer.occupancy[0] > target.occupancy_cap + 1e-9


@given(contacts=st.tuples(CONTACTS, CONTACTS), handle=HANDLES, target=TARGETS)
@settings(deadline=None)
def test_more_contacts_never_need_fewer_agents(
    contacts: tuple[float, float], handle: float, target: LiveTarget
) -> None:
    """Monotone in load, and so in the quantile of the forecast that is staffed for."""
    fewer, more = sorted(contacts)
    assert (
        required_agents(load_of(fewer, handle), target).agents <= required_agents(load_of(more, handle), target).agents
    )


@given(contacts=CONTACTS, handle=HANDLES, levels=st.tuples(st.floats(0, 0.99), st.floats(0, 0.99)), patience=PATIENCES)
@settings(deadline=None)
def test_a_higher_target_never_needs_fewer_agents(
    contacts: float, handle: float, levels: tuple[float, float], patience: float | None
) -> None:
    """Monotone in the service level asked for."""
    low, high = sorted(levels)
    needed = [
        required_agents(load_of(contacts, handle), LiveTarget(level, 20, patience_seconds=patience)).agents[0]
        for level in (low, high)
    ]
    assert needed[0] <= needed[1]


@given(contacts=CONTACTS, handle=HANDLES, target=TARGETS)
@settings(deadline=None)
def test_all_hours_at_once_are_each_hour_alone(contacts: float, handle: float, target: LiveTarget) -> None:
    """The answer for one hour does not depend on the others it is asked with."""
    together = LiveLoad(np.array([3.0, contacts, 250.0]), 3600, np.array([60.0, handle, 400.0]))
    alone = required_agents(load_of(contacts, handle), target)
    assert required_agents(together, target).agents[1] == alone.agents[0]


@given(agents=st.integers(0, 500), shrinkage=st.floats(0, 0.9))
def test_enough_people_are_employed(agents: int, shrinkage: float) -> None:
    """After shrinkage at least as many are at work as needed, and one person fewer would not do."""
    employed = int(people_to_employ(np.array([agents]), shrinkage)[0])
    assert employed * (1 - shrinkage) >= agents - 1e-6
    assume(employed > 0)
    assert (employed - 1) * (1 - shrinkage) < agents


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"service_level": 1.0}, "service level"),
        ({"service_level": float("nan")}, "service level"),
        ({"within_seconds": -1.0}, "time to answer"),
        ({"within_seconds": float("inf")}, "time to answer"),
        ({"occupancy_cap": 0.0}, "occupancy cap"),
        ({"occupancy_cap": 1.5}, "occupancy cap"),
        ({"minimum": -1}, "least number"),
        ({"patience_seconds": 0.0}, "patience"),
    ],
)
def test_a_target_nobody_can_meet_is_refused(change: dict[str, float], words: str) -> None:
    """Each figure out of its range is named in the sentence."""
    figures: dict[str, float] = {"service_level": 0.8, "within_seconds": 20.0} | change
    with pytest.raises(StaffingInputError, match=words):
        LiveTarget(**figures)  # type: ignore[arg-type]  # figures that no type check would let through


@pytest.mark.parametrize(
    ("contacts", "interval", "handle", "words"),
    [
        (-1.0, 1800.0, 180.0, "contacts"),
        (float("nan"), 1800.0, 180.0, "contacts"),
        (float("inf"), 1800.0, 180.0, "contacts"),
        (100.0, 0.0, 180.0, "interval"),
        (100.0, 1800.0, 0.0, "handle time"),
        (100.0, 1800.0, float("nan"), "handle time"),
        (1e9, 1800.0, 180.0, "people"),
    ],
)
def test_a_load_no_desk_has_is_refused(contacts: float, interval: float, handle: float, words: str) -> None:
    """Neither negative nor endless nor absurd loads are worked out."""
    with pytest.raises(StaffingInputError, match=words):
        LiveLoad(np.array([contacts]), interval, np.array([handle]))


def test_a_shrinkage_of_all_time_is_refused() -> None:
    """Nobody can be employed for work of which nothing is left."""
    with pytest.raises(StaffingInputError, match="shrinkage"):
        people_to_employ(np.array([3]), 1.0)

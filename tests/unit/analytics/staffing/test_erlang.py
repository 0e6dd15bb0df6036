"""Erlang B and C: edges, other people's code, and what more agents or more contacts do."""

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from pyworkforce.queuing import ErlangC

from analytics.staffing.erlang import (
    blocking_probability,
    least_trunks,
    mean_wait_seconds,
    occupancy,
    service_level,
    wait_probability,
)
from tests.conftest import examples

LOADS = st.floats(0.01, 200)
HANDLES = st.floats(5, 7200)


def one(value: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return one number as an array."""
    return np.array([value])


@given(load=LOADS, spare=st.floats(0.1, 30), handle=HANDLES, within=st.floats(1, 600))
@settings(max_examples=examples(200))
def test_erlang_c_agrees_with_pyworkforce(load: float, spare: float, handle: float, within: float) -> None:
    """Any stable queue has the service level, the share that waits and the occupancy that pyworkforce gives it."""
    agents = math.floor(load) + math.ceil(spare)
    theirs = ErlangC(transactions=load / handle * 1800, aht=handle, asa=within, interval=1800)
    people = np.array([agents])
    assert np.isclose(wait_probability(people, one(load))[0], theirs.waiting_probability(agents), rtol=1e-9, atol=1e-12)
    ours = service_level(people, one(load), one(handle), within)[0]
    assert np.isclose(ours, theirs.service_level(agents), rtol=1e-9, atol=1e-12)
    assert np.isclose(occupancy(people, one(load))[0], theirs.achieved_occupancy(agents), rtol=1e-9)


@given(load=LOADS, agents=st.integers(1, 150))
def test_erlang_b_is_the_truncated_poisson_distribution(load: float, agents: int) -> None:
    """The share lost is the chance of n busy among Poisson chances of at most n, worked out in logarithms."""
    logs = [k * math.log(load) - math.lgamma(k + 1) for k in range(agents + 1)]
    expected = math.exp(logs[-1] - np.logaddexp.reduce(logs))
    assert np.isclose(blocking_probability(np.array([agents]), one(load))[0], expected, rtol=1e-9)


@given(load=LOADS, agents=st.integers(1, 250), handle=HANDLES, within=st.floats(0, 600))
def test_another_agent_never_makes_it_worse(load: float, agents: int, handle: float, within: float) -> None:
    """With one agent more at least as many are answered in time and at most as many wait."""
    people = np.array([agents, agents + 1])
    levels = service_level(people, one(load), one(handle), within)
    waits = wait_probability(people, one(load))
    assert levels[1] >= levels[0] - 1e-12
    assert waits[1] <= waits[0] + 1e-12


def test_a_queue_that_only_grows_answers_nobody_in_time() -> None:
    """With as much work as people or more, everybody waits, without end; that is said and not divided by zero."""
    people, load = np.array([10, 9, 0]), np.array([10.0, 10.0, 1.0])
    assert wait_probability(people, load).tolist() == [1, 1, 1]
    assert service_level(people, load, one(180), 20).tolist() == [0, 0, 0]
    assert mean_wait_seconds(people, load, one(180)).tolist() == [math.inf] * 3
    assert occupancy(people, load).tolist() == [1, 1, 1]


def test_without_contacts_nobody_waits() -> None:
    """No load: everything is answered in time and nobody is busy, even with nobody there."""
    people, load = np.array([0, 3]), np.array([0.0, 0.0])
    assert service_level(people, load, one(180), 20).tolist() == [1, 1]
    assert wait_probability(people, load).tolist() == [0, 0]
    assert mean_wait_seconds(people, load, one(180)).tolist() == [0, 0]
    assert occupancy(people, load).tolist() == [0, 0]


def test_mean_wait_is_the_integral_of_the_waits() -> None:
    """The average speed of answer is the share not answered within t, summed over all t."""
    people, load, handle = np.array([14]), one(10.0), one(180.0)
    step = 0.25
    late = [1 - service_level(people, load, handle, t)[0] for t in np.arange(step / 2, 3000, step)]
    assert np.isclose(mean_wait_seconds(people, load, handle)[0], sum(late) * step, rtol=1e-5)


@given(load=st.floats(0.1, 100), blocked=st.floats(0.001, 0.5))
def test_least_trunks_is_the_least(load: float, blocked: float) -> None:
    """The number found keeps the share lost at most as large as asked; one fewer does not."""
    found = least_trunks(load, blocked)
    shares = blocking_probability(np.array([found - 1, found]), one(load))
    assert shares[1] <= blocked < shares[0]

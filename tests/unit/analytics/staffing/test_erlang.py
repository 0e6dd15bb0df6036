"""Erlang B and C: edges, the definition in exact fractions, and what more agents or more contacts do."""

import math
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from analytics.staffing.erlang import (
    blocking_probability,
    mean_wait_seconds,
    occupancy,
    service_level,
    wait_probability,
)

LOADS = st.floats(0.01, 200)
HANDLES = st.floats(5, 7200)


def one(value: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Return one number as an array."""
    return np.array([value])


@given(load=LOADS, spare=st.floats(0.1, 30), handle=HANDLES, within=st.floats(1, 600))
def test_erlang_c_is_the_queue_of_its_definition(load: float, spare: float, handle: float, within: float) -> None:
    """Any stable queue has the shares that its equilibrium of n contacts gives, worked out in exact fractions."""
    agents = math.floor(load) + math.ceil(spare)
    people, offered = np.array([agents]), Fraction(load)
    term, total = Fraction(1), Fraction(0)
    for number in range(1, agents + 1):
        total += term
        term *= offered / number
    waiting = term * agents / (agents - offered)
    expected = float(waiting / (total + waiting))
    late = expected * math.exp(-(agents - load) * within / handle)
    assert np.isclose(wait_probability(people, one(load))[0], expected, rtol=1e-9, atol=1e-12)
    assert np.isclose(service_level(people, one(load), one(handle), within)[0], 1 - late, rtol=1e-9, atol=1e-12)
    assert np.isclose(occupancy(people, one(load))[0], load / agents, rtol=1e-9)


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

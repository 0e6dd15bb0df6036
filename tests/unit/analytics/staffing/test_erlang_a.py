"""Erlang A: the birth-and-death process behind it, its limits, and what more agents or less patience do."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.staffing import erlang
from analytics.staffing.erlang_a import Waiting, waiting
from tests.conftest import examples

MOST_STATES = 3000


def one_queue(agents: int, load: float, handle: float, within: float, patience: float) -> Waiting:
    """Return what becomes of one queue."""
    return waiting(np.array([agents]), np.array([load]), np.array([handle]), within, patience)


def by_states(agents: int, load: float, handle: float, patience: float) -> tuple[float, float]:
    """Return who waits and who gives up, from the chances of every number of contacts in the system."""
    logs = [0.0]
    for number in range(1, MOST_STATES):
        leaving = min(number, agents) / handle + max(number - agents, 0) / patience
        logs.append(logs[-1] + math.log(load / handle) - math.log(leaving))
    chances = np.exp(np.array(logs) - max(logs))
    chances /= chances.sum()
    waiting_now = np.arange(MOST_STATES)[agents:] - agents
    return float(chances[agents:].sum()), float((chances[agents:] * waiting_now).sum() / patience / (load / handle))


@given(agents=st.integers(1, 120), load=st.floats(0.05, 200), handle=st.floats(30, 1200), ratio=st.floats(0.05, 10))
@settings(max_examples=examples(150))
def test_shares_are_those_of_the_birth_and_death_process(agents: int, load: float, handle: float, ratio: float) -> None:
    """Who waits and who gives up is what the chances of all states give, however much or little work there is."""
    found = one_queue(agents, load, handle, 20, handle * ratio)
    waits, gives_up = by_states(agents, load, handle, handle * ratio)
    assert np.isclose(found.wait_probability[0], waits, rtol=1e-6, atol=1e-12)
    assert np.isclose(found.abandon_rate[0], gives_up, rtol=1e-6, atol=1e-12)
    assert np.isclose(found.mean_wait_seconds[0], gives_up * handle * ratio, rtol=1e-6, atol=1e-9)


@given(agents=st.integers(1, 60), load=st.floats(0.1, 80), handle=st.floats(30, 900), within=st.floats(0, 300))
@settings(max_examples=examples(100))
def test_the_service_level_is_the_integral_of_the_offered_wait(
    agents: int, load: float, handle: float, within: float
) -> None:
    """Answered in time: no wait, or a wait whose density, times the chance of still being there, is summed up."""
    patience = 120.0
    found = one_queue(agents, load, handle, within, patience)
    a, b = load * patience / handle, agents * patience / handle
    times = np.linspace(0, 60 * patience, 200_001)
    density = np.exp(a * (1 - np.exp(-times / patience)) - b * times / patience - min(a, 600))
    still_there = density * np.exp(-times / patience)
    upto = np.linspace(0, within, 20_001)
    inside = np.exp(a * (1 - np.exp(-upto / patience)) - (b + 1) * upto / patience - min(a, 600))
    share = np.trapezoid(inside, upto) / np.trapezoid(density, times)
    expected = 1 - found.wait_probability[0] + found.wait_probability[0] * share
    assert np.isclose(found.service_level[0], expected, rtol=1e-4, atol=1e-6)
    assert np.trapezoid(still_there, times) <= np.trapezoid(density, times)


@pytest.mark.parametrize("agents", [11, 14, 20])
def test_endless_patience_is_erlang_c(agents: int) -> None:
    """The longer people wait before they give up, the closer it comes to a queue that nobody leaves."""
    people, load, handle = np.array([agents]), np.array([10.0]), np.array([180.0])
    found = waiting(people, load, handle, 20, 3e8)
    assert np.isclose(found.service_level[0], erlang.service_level(people, load, handle, 20)[0], atol=1e-5)
    assert np.isclose(found.mean_wait_seconds[0], erlang.mean_wait_seconds(people, load, handle)[0], rtol=1e-3)
    assert found.abandon_rate[0] < 1e-5


@pytest.mark.parametrize("agents", [1, 10, 14])
def test_no_patience_is_erlang_b(agents: int) -> None:
    """Who gives up at once is lost, as with Erlang B."""
    people, load = np.array([agents]), np.array([10.0])
    found = waiting(people, load, np.array([180.0]), 20, 1e-6)
    assert np.isclose(found.abandon_rate[0], erlang.blocking_probability(people, load)[0], rtol=1e-6)


@given(agents=st.integers(0, 80), load=st.floats(0, 120), within=st.floats(0, 900), patience=st.floats(5, 3600))
@settings(deadline=None)
def test_another_agent_never_makes_it_worse(agents: int, load: float, within: float, patience: float) -> None:
    """One agent more: at least as many answered in time, at most as many wait or give up; every share from 0 to 1."""
    found = waiting(np.array([agents, agents + 1]), np.array([load] * 2), np.array([240.0] * 2), within, patience)
    assert found.service_level[1] >= found.service_level[0] - 1e-9
    assert found.wait_probability[1] <= found.wait_probability[0] + 1e-9
    assert found.abandon_rate[1] <= found.abandon_rate[0] + 1e-9
    shares = (found.service_level, found.wait_probability, found.abandon_rate, found.occupancy)
    assert all(((each >= 0) & (each <= 1)).all() for each in shares)


def test_nobody_at_work_and_nothing_to_do() -> None:
    """With nobody there all give up and none is answered; without contacts nobody waits."""
    found = waiting(np.array([0, 0, 4]), np.array([2.0, 0.0, 0.0]), np.array([180.0] * 3), 20, 60)
    assert found.abandon_rate.tolist() == [1, 0, 0]
    assert found.service_level.tolist() == [0, 1, 1]
    assert found.occupancy.tolist() == [0, 0, 0]


def test_a_very_large_and_a_very_quiet_queue_are_numbers() -> None:
    """Thousands of agents, or hardly any work for many, overflow nothing."""
    found = waiting(np.array([5000, 300]), np.array([4990.0, 0.001]), np.array([300.0, 300.0]), 20, 1e5)
    assert np.isfinite(found.service_level).all()
    assert 0 < found.service_level[0] < 1
    assert found.service_level[1] == pytest.approx(1)

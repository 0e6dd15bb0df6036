"""Agents compared fairly: by what their tickets would have brought, and not held to noise."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.agent_mix import LEAST_TICKETS, Comparison, compare_agents
from analytics.case_mix import Codes, Family, expected
from analytics.quasi_poisson import Floats
from tests.conftest import examples


def _desk(seed: int, factors: tuple[float, ...], tickets: int = 6000) -> tuple[Floats, Codes, Codes, Codes]:
    """Return durations, agents, kinds and weeks: agent 0 gets hard tickets, the last agent easy ones."""
    rng = np.random.default_rng(seed)
    agents = rng.integers(0, len(factors), tickets)
    is_hard = rng.random(tickets) < np.linspace(0.8, 0.2, len(factors))[agents]
    durations = np.where(is_hard, 240.0, 60.0) * np.array(factors)[agents] * rng.lognormal(0, 0.8, tickets)
    return durations, agents, is_hard.astype(np.int64), rng.integers(0, 52, tickets)


def _compare(seed: int, factors: tuple[float, ...], tickets: int = 6000) -> Comparison:
    durations, agents, kinds, weeks = _desk(seed, factors, tickets)
    return compare_agents(durations, agents, {"kind": kinds}, weeks, Family.LOG)


def test_hard_tickets_are_not_held_against_an_agent() -> None:
    """Who is as quick as the others is as expected, though the own tickets take four times as long."""
    found = _compare(1, (1.0, 1.0, 1.0, 1.0))
    assert found.agents[0].observed > 1.5 * found.agents[-1].observed
    assert not any(each.differs for each in found.agents)
    assert all(each.low < 1 < each.high for each in found.agents if each.q_value and each.q_value > 0.5)


def test_skill_is_found_in_its_order() -> None:
    """Planted factors come back in their order, each ratio of two within its interval."""
    factors = (0.8, 0.9, 1.0, 1.15, 1.3)
    found = _compare(2, factors).agents
    assert [each.agent for each in sorted(found, key=lambda each: each.ratio)] == [0, 1, 2, 3, 4]
    slow, quick = (np.log(each.ratio) + each.typical for each in (found[4], found[0]))
    gap = slow - quick - np.log(1.3 / 0.8)
    assert abs(gap) < 3 * np.hypot(found[0].error, found[4].error)
    assert found[0].differs
    assert found[4].differs


def test_few_tickets_are_shown_without_a_judgement() -> None:
    """A new agent with twenty tickets has a ratio and no verdict, and a pooled ratio nearer to 1."""
    durations, agents, kinds, weeks = _desk(3, (0.8, 1.0, 1.3))
    new = np.arange(20)
    agents = agents.copy()
    agents[new] = 9
    durations[new] *= 3
    figure = compare_agents(durations, agents, {"kind": kinds}, weeks, Family.LOG).agents[-1]
    assert figure.n < LEAST_TICKETS
    assert figure.q_value is None
    assert not figure.differs
    assert 1 < figure.pooled < figure.ratio


@pytest.mark.parametrize("seed", range(8))
def test_alike_agents_are_rarely_said_to_differ(seed: int) -> None:
    """Among agents who are all alike, hardly anybody is named (the benchmark counts how often)."""
    assert sum(each.differs for each in _compare(100 + seed, (1.0,) * 12).agents) <= 1


def test_the_limits_of_the_funnel_narrow_with_more_tickets_and_widen_with_confidence() -> None:
    """The funnel is a funnel; allowing for the usual spread between colleagues widens it."""
    found = _compare(4, (0.8, 0.9, 1.0, 1.15, 1.3))
    assert found.limits(400, 0.95, is_widened=False)[1] < found.limits(100, 0.95, is_widened=False)[1]
    assert found.limits(100, 0.95, is_widened=False)[1] < found.limits(100, 0.998, is_widened=False)[1]
    assert found.limits(100, 0.95, is_widened=False)[1] < found.limits(100, 0.95, is_widened=True)[1]
    assert found.dispersion > 3


def test_one_agent_is_as_expected() -> None:
    """With a single agent the expectation is the agent's own, and there is nobody to differ from."""
    found = _compare(5, (1.0,), tickets=500)
    assert found.agents[0].ratio == pytest.approx(1.0, abs=0.02)
    assert not found.agents[0].differs
    assert found.spread == 0.0


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_shares_of_nothing_or_all_are_not_judged(value: float) -> None:
    """Ratings that are all good (or all bad) tell no agent from another."""
    agents = np.arange(400) % 4
    nothing = np.zeros(400, dtype=np.int64)
    found = compare_agents(np.full(400, value), agents, {"kind": nothing}, agents, Family.SHARE)
    assert not any(each.differs for each in found.agents)
    assert all(np.isfinite(each.ratio) and np.isfinite(each.high) for each in found.agents)


def test_no_tickets_are_no_agents() -> None:
    """Nothing in, nothing out."""
    nobody = np.array([], dtype=np.int64)
    assert compare_agents(np.array([]), nobody, {"kind": nobody}, nobody, Family.LOG).agents == ()


def test_a_constant_duration_tells_nobody_apart() -> None:
    """Where every ticket takes the same, nobody differs and nothing divides by nought."""
    agents = np.arange(300) % 3
    found = compare_agents(np.full(300, 60.0), agents, {"kind": np.zeros(300, dtype=np.int64)}, agents, Family.LOG)
    assert not any(each.differs for each in found.agents)


def test_a_share_lower_than_its_kind_would_bring_is_found() -> None:
    """An agent whose easy tickets are rated as badly as others' hard ones is below expectation."""
    rng = np.random.default_rng(6)
    agents, kinds = rng.integers(0, 4, 8000), rng.integers(0, 2, 8000)
    chance = np.where(kinds == 0, 0.8, 0.5) - 0.15 * (agents == 2)
    values = (rng.random(8000) < chance).astype(float)
    found = compare_agents(values, agents, {"kind": kinds}, rng.integers(0, 52, 8000), Family.SHARE)
    assert [each.agent for each in found.agents if each.differs and each.ratio < 1] == [2]


@settings(max_examples=examples(30))
@given(st.integers(0, 10_000), st.floats(0.1, 50))
def test_the_unit_of_a_duration_does_not_matter(seed: int, scale: float) -> None:
    """Minutes or hours, the ratios are the same."""
    durations, agents, kinds, weeks = _desk(seed, (0.9, 1.0, 1.2), tickets=600)
    one, other = (
        compare_agents(values, agents, {"kind": kinds}, weeks, Family.LOG) for values in (durations, durations * scale)
    )
    assert [each.ratio for each in one.agents] == pytest.approx([each.ratio for each in other.agents], rel=1e-3)


def test_shares_are_expected_between_nought_and_one() -> None:
    """However rare a kind, its chance stays a chance."""
    kinds = np.array([0] * 99 + [1], dtype=np.int64)
    chances = expected(np.array([1.0] * 99 + [0.0]), {"kind": kinds}, Family.SHARE)
    assert chances.min() > 0
    assert chances.max() < 1


def _with_two(seed: int, shift: float, family: Family, tickets: int = 4000) -> set[int]:
    """Return who is told to differ among eight agents, of whom the first two do; the work is mixed unevenly."""
    rng = np.random.default_rng(seed)
    agents, kinds = rng.integers(0, 8, tickets), rng.integers(0, 4, tickets)
    own = np.where(agents < 2, shift, 0.0) + 0.3 * kinds
    values = {
        Family.LOG: np.exp(4 + own + rng.normal(0, 1, tickets)),
        Family.MEAN: np.clip(np.rint(4.4 - 0.3 * kinds + own + rng.normal(0, 1, tickets)), 1, 5),
        Family.SHARE: (rng.random(tickets) < 1 / (1 + np.exp(1.5 - own))).astype(float),
    }[family]
    found = compare_agents(values, agents, {"kind": kinds}, rng.integers(0, 52, tickets), family)
    return {each.agent for each in found.agents if each.differs}


@pytest.mark.parametrize(
    ("shift", "family"), [(0.35, Family.LOG), (-0.45, Family.MEAN), (0.8, Family.SHARE)], ids=["slow", "rated", "share"]
)
def test_of_eight_agents_exactly_the_two_who_differ_are_told(shift: float, family: Family) -> None:
    """The six others do not look quick (or well rated) because two are slow: told on nine desks of ten."""
    assert sum(_with_two(seed, shift, family) == {0, 1} for seed in range(40)) >= 34


def test_a_few_endless_tickets_do_not_hide_a_slow_agent() -> None:
    """One ticket in twenty lies for weeks, whoever has it: who is a third slower is still told."""
    rng = np.random.default_rng(3)
    agents = rng.integers(0, 8, 2000)
    logs = rng.normal(4, 0.8, 2000) + 0.3 * (agents == 0)
    lies = rng.random(2000) < 0.05
    durations = np.exp(logs) + np.where(lies, rng.uniform(3e3, 3e4, 2000), 0.0)
    found = compare_agents(durations, agents, {"kind": agents * 0}, rng.integers(0, 52, 2000), Family.LOG)
    assert [each.agent for each in found.agents if each.differs] == [0]
    assert 1.1 < found.agents[0].ratio < 1.6


def test_a_rating_shift_too_small_for_the_share_of_good_ones_is_found() -> None:
    """A third of a point lower over 250 ratings: the mean tells what the share of 4 and 5 leaves open."""
    rng = np.random.default_rng(11)
    agents, nothing = rng.integers(0, 8, 2000), np.zeros(2000, dtype=np.int64)
    ratings = np.clip(rng.normal(4.0, 0.8, 2000) - 0.35 * (agents == 3), 1, 5)
    found = compare_agents(ratings, agents, {"kind": nothing}, rng.integers(0, 52, 2000), Family.MEAN)
    assert [each.agent for each in found.agents if each.differs] == [3]
    (lower,) = (each for each in found.agents if each.differs)
    assert lower.observed - lower.expected == pytest.approx(-0.35, abs=0.15)
    assert lower.ratio == pytest.approx(lower.observed / lower.expected)


def test_of_three_agents_the_odd_one_is_told_and_of_two_each_is_held_against_the_other() -> None:
    """Two who are alike say what is typical; of two alone one is the slower and the other the quicker."""
    found = _compare(7, (1.5, 1.0, 1.0)).agents
    assert [each.agent for each in found if each.differs] == [0]
    slow, quick = _compare(8, (1.5, 1.0)).agents
    assert (slow.differs, quick.differs) == (True, True)
    assert slow.ratio == pytest.approx(1 / quick.ratio)
    assert slow.low < 1.5 < slow.high


def test_colleagues_on_other_kinds_of_tickets_are_not_blamed_for_those() -> None:
    """Who alone does the hard kind has nobody to be compared with on it, and is as expected."""
    rng = np.random.default_rng(9)
    agents = rng.integers(0, 4, 4000)
    kinds = (agents == 0).astype(np.int64)
    durations = np.where(kinds == 1, 600.0, 60.0) * rng.lognormal(0, 0.8, 4000)
    found = compare_agents(durations, agents, {"kind": kinds}, rng.integers(0, 52, 4000), Family.LOG)
    assert not any(each.differs for each in found.agents)

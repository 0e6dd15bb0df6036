"""What takes longest, where targets are missed and who writes most: told against the runner-up, or not at all."""

from datetime import date

import numpy as np
import pytest

from analytics.case_mix import Codes
from analytics.insights.finding import DurationClock, Finding
from analytics.insights.ranking import ranked
from analytics.insights.tickets import Kinds, clearest, slowest, support_need, worst_targets
from analytics.quasi_poisson import Floats

PERIOD = (date(2025, 7, 1), date(2026, 7, 1))
KINDS = {code: {"category": f"kind_{code}"} for code in (1, 2, 3, 4)}
TYPES = {code: {"customer_type": f"type_{code}"} for code in (1, 2, 3)}
NOBODY: Codes = np.array([], dtype=np.int64)
NOTHING: Floats = np.array([])
CALENDAR, DAYS = DurationClock.CALENDAR, DurationClock.DAYS


def _subjects(findings: list[Finding]) -> list[str]:
    return [each.finding.subject for each in ranked(findings)]


def _slowest(seed: int, factors: tuple[float, ...], clock: DurationClock = CALENDAR, n: int = 4000) -> list[Finding]:
    """Return what is found of a desk whose kinds take so many times as long; whole days for the clock of days."""
    rng = np.random.default_rng(seed)
    codes = rng.integers(1, len(factors) + 1, n)
    minutes = rng.lognormal(6.5, 1.0, n) * np.array(factors)[codes - 1]
    if clock is DAYS:
        minutes = np.floor(minutes / 1440 + rng.random(n)) * 1440
    values = {code: KINDS[code] for code in range(1, len(factors) + 1)}
    return slowest(minutes, Kinds(codes, values), rng.integers(0, 52, n), clock, PERIOD)


@pytest.mark.parametrize("clock", [CALENDAR, DurationClock.BUSINESS, DAYS])
def test_the_category_that_takes_longest_is_named_with_its_interval(clock: DurationClock) -> None:
    """Kind 3 takes twice as long by hours and by whole days: it is said, with links to its tickets."""
    (said,) = ranked(_slowest(1, (1.0, 1.0, 2.0), clock))
    found = said.finding
    assert found.subject == "kind_3"
    assert found.where == {"category": ("kind_3",)}
    assert (found.facts["clock"], found.facts["kinds"]) == (clock, [{"category": "kind_3"}])
    low, typical, high = (found.facts[name] for name in ("low_minutes", "typical_minutes", "high_minutes"))
    assert isinstance(low, float)
    assert isinstance(typical, float)
    assert isinstance(high, float)
    assert low < typical < high
    assert 1.5 < found.effect.low < found.effect.high < 2.6


@pytest.mark.parametrize(
    ("longest", "clock", "said"),
    [
        ([3], CALENDAR, ["kind_3"]), ([1], CALENDAR, []), ([], CALENDAR, []), ([1, 3], CALENDAR, []),
        ([1, 3], DAYS, ["kind_3"]), ([1, 2], DAYS, []),
    ],
)  # fmt: skip
def test_only_what_the_pages_name_is_said_to_take_longest(
    longest: list[int], clock: DurationClock, said: list[str]
) -> None:
    """Two pages never name two categories: where the pages name another one, or none, nothing is said."""
    rng = np.random.default_rng(1)
    codes = rng.integers(1, 4, 4000)
    minutes = rng.lognormal(6.5, 1.0, 4000) * np.array([1.0, 1.0, 2.0])[codes - 1]
    kinds = Kinds(codes, {code: KINDS[code] for code in (1, 2, 3)})
    assert (
        _subjects(slowest(minutes, kinds, rng.integers(0, 52, 4000), clock, PERIOD, dict.fromkeys(longest, 99.0)))
        == said
    )


def test_what_takes_longest_is_told_with_the_number_of_the_pages() -> None:
    """It is tested in business hours; the pages' median of all hours comes along, and it leads to their view."""
    rng = np.random.default_rng(1)
    codes = rng.integers(1, 4, 4000)
    minutes = rng.lognormal(6.5, 1.0, 4000) * np.array([1.0, 1.0, 2.0])[codes - 1]
    kinds = Kinds(codes, {code: KINDS[code] for code in (1, 2, 3)})
    weeks = rng.integers(0, 52, 4000)
    (found,) = slowest(minutes, kinds, weeks, DurationClock.BUSINESS, PERIOD, {3: 954.0})
    assert (found.facts["all_hours_minutes"], found.parameters) == (954.0, {})
    (found,) = slowest(minutes, kinds, weeks, DurationClock.BUSINESS, PERIOD)
    assert found.parameters == {"clock": "business"}


@pytest.mark.parametrize("clock", [CALENDAR, DAYS])
def test_two_that_cannot_be_told_apart_are_named_together(clock: DurationClock) -> None:
    """Kinds 1 and 2 take twice as long as 3 and 4, and as long as each other."""
    (said,) = ranked(_slowest(2, (2.0, 2.0, 1.0, 1.0), clock))
    assert set(said.finding.where["category"]) == {"kind_1", "kind_2"}
    assert len(said.finding.subject.split(" + ")) == 2


def test_of_three_alike_none_is_the_longest() -> None:
    """Three kinds take twice as long as the fourth: neither one nor two of them are the longest."""
    assert [_subjects(_slowest(seed, (2.0, 2.0, 2.0, 1.0))) for seed in range(10)] == [[]] * 10


@pytest.mark.parametrize("clock", [CALENDAR, DAYS])
def test_kinds_that_take_the_same_are_not_ranked(clock: DurationClock) -> None:
    """Of forty desks whose kinds are alike, at most one has any named the longest."""
    assert sum(bool(_subjects(_slowest(seed, (1.0, 1.0, 1.0), clock, n=900))) for seed in range(40)) <= 1


def test_a_long_tail_makes_no_category_the_longest() -> None:
    """Kind 1 has a higher mean through a few endless tickets, kind 2 a higher median: neither is said."""
    rng = np.random.default_rng(3)
    codes = rng.integers(1, 3, 4000)
    minutes = np.where(codes == 1, rng.lognormal(5, 2.0, 4000), rng.lognormal(5.3, 0.5, 4000))
    found = slowest(minutes, Kinds(codes, {1: KINDS[1], 2: KINDS[2]}), rng.integers(0, 52, 4000), CALENDAR, PERIOD)
    assert "kind_1" not in _subjects(found)


def _missed(seed: int, shares: tuple[float, ...]) -> list[Finding]:
    rng = np.random.default_rng(seed)
    codes = rng.integers(1, len(shares) + 1, 4000)
    missed = (rng.random(4000) < np.array(shares)[codes - 1]).astype(float)
    values = {code: KINDS[code] for code in range(1, len(shares) + 1)}
    return worst_targets(missed, Kinds(codes, values), rng.integers(0, 52, 4000), PERIOD)


def test_missed_targets_are_found_where_they_are() -> None:
    """Kind 2 misses half of its targets, the others a fifth; where 1 and 2 do, both are named; where all, none."""
    (said,) = ranked(_missed(4, (0.2, 0.5, 0.2)))
    assert said.finding.subject == "kind_2"
    assert said.finding.effect.low < 0.3 < said.finding.effect.high
    assert set(ranked(_missed(5, (0.5, 0.5, 0.2)))[0].finding.where["category"]) == {"kind_1", "kind_2"}
    assert [_subjects(_missed(seed, (0.3, 0.3, 0.3))) for seed in range(10)] == [[]] * 10


def test_where_no_pair_stands_out_the_category_may() -> None:
    """The clear answer of the second way is taken, at the price of two looks; of two clear ones the first."""
    clear, unclear = _missed(6, (0.2, 0.5, 0.2)), _missed(7, (0.3, 0.3, 0.3))
    assert clearest(unclear, clear)[0].subject == "kind_2"
    assert clearest(unclear, clear)[0].p_value == 2 * clear[0].p_value
    assert len(clearest(clear, clear)) == 1
    assert clearest([], []) == []


def _tickets(seed: int, customers: tuple[int, ...], rates: tuple[float, ...]) -> list[Finding]:
    """Return what is found of types with so many customers who write so often; customers differ much."""
    rng = np.random.default_rng(seed)
    codes = np.repeat(np.arange(len(customers)) + 1, customers)
    tickets = rng.poisson(np.array(rates)[codes - 1] * rng.gamma(1.0, 1.0, codes.size)).astype(float)
    return support_need(tickets, Kinds(codes, TYPES), PERIOD, is_everybody=True)


def test_who_writes_most_is_found_by_customer_and_not_by_number() -> None:
    """Type 1 has few customers who write often; type 2 many who write seldom. Type 1 needs the most support."""
    (said,) = ranked(_tickets(8, (100, 3000, 400), (9.0, 2.0, 2.0)))
    assert said.finding.subject == "type_1"
    assert said.finding.n == 100


def test_a_type_with_more_customers_needs_no_more_support_for_that() -> None:
    """Ten times the customers who write as often are no insight: on forty desks it is said once at most."""
    assert sum(bool(_subjects(_tickets(seed, (60, 2000, 200), (3.0, 3.0, 3.0)))) for seed in range(40)) <= 1


def test_nothing_in_is_nothing_said() -> None:
    """Without tickets, with one kind, or with a constant, nothing is said and nothing fails."""
    empty, one = Kinds(NOBODY, KINDS), Kinds(np.full(100, 1), KINDS)
    assert slowest(NOTHING, empty, NOBODY, CALENDAR, PERIOD) == []
    assert slowest(np.full(100, 60.0), one, np.arange(100), CALENDAR, PERIOD) == []
    assert worst_targets(NOTHING, empty, NOBODY, PERIOD) == []
    assert support_need(NOTHING, Kinds(NOBODY, TYPES), PERIOD, is_everybody=False) == []
    alike = Kinds(np.arange(300) % 3 + 1, KINDS)
    for clock in DurationClock:
        assert _subjects(slowest(np.full(300, 60.0), alike, np.arange(300), clock, PERIOD)) == []
    assert _subjects(worst_targets(np.zeros(300), alike, np.arange(300), PERIOD)) == []
    nobody_wrote = support_need(np.zeros(300), Kinds(np.arange(300) % 3 + 1, TYPES), PERIOD, is_everybody=True)
    assert nobody_wrote == []

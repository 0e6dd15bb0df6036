"""What takes longest, where targets are missed and who writes most: found when planted, silent when not."""

from datetime import date

import numpy as np
import pytest

from analytics.case_mix import Codes
from analytics.insights.ranking import ranked
from analytics.insights.ratings import quick_replies, targets_at_risk
from analytics.insights.tickets import Kinds, slowest, support_need, worst_targets
from analytics.quasi_poisson import Floats

PERIOD = (date(2025, 7, 1), date(2026, 7, 1))
KINDS = {code: {"category": f"kind_{code}"} for code in (1, 2, 3)}
NOBODY: Codes = np.array([], dtype=np.int64)
NOTHING: Floats = np.array([])


def _codes(rng: np.random.Generator, n: int) -> Codes:
    return rng.integers(1, 4, n)


def test_the_category_that_takes_longest_is_named_with_its_interval() -> None:
    """Kind 3 takes twice as long: it is said, with links to its tickets."""
    rng = np.random.default_rng(1)
    codes = _codes(rng, 3000)
    minutes = rng.lognormal(4, 0.8, 3000) * np.where(codes == 3, 2.0, 1.0)
    found = ranked(slowest(minutes, Kinds(codes, KINDS), rng.integers(0, 52, 3000), "business", PERIOD))
    assert [each.finding.subject for each in found] == ["kind_3"]
    assert 1.6 < found[0].finding.effect.low < found[0].finding.effect.high < 2.5
    assert found[0].finding.where == {"category": ("kind_3",)}
    assert found[0].finding.facts["clock"] == "business"


def test_kinds_that_take_the_same_are_not_ranked() -> None:
    """Of twenty desks whose kinds are alike, at most two have one named the longest."""
    said = 0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        minutes, codes, weeks = rng.lognormal(4, 0.8, 900), _codes(rng, 900), rng.integers(0, 52, 900)
        said += bool(ranked(slowest(minutes, Kinds(codes, KINDS), weeks, "calendar", PERIOD)))
    assert said <= 2


def test_missed_targets_are_found_where_they_are() -> None:
    """Kind 2 misses half of its targets, the others a fifth."""
    rng = np.random.default_rng(2)
    codes = _codes(rng, 2000)
    missed = (rng.random(2000) < np.where(codes == 2, 0.5, 0.2)).astype(float)
    found = ranked(worst_targets(missed, Kinds(codes, KINDS), rng.integers(0, 52, 2000), PERIOD))
    assert found[0].finding.subject == "kind_2"
    assert found[0].finding.effect.low < 0.3 < found[0].finding.effect.high


def test_who_writes_most_is_found_by_customer_and_not_by_number() -> None:
    """Kind 1 has few customers who write often; kind 2 many who write once. Kind 1 needs the most support."""
    rng = np.random.default_rng(3)
    often = np.repeat(np.arange(60), rng.poisson(9, 60) + 1)
    once = 1000 + np.arange(2000)
    customers = np.concatenate([often, once])
    codes = np.concatenate([np.full(often.size, 1), np.full(once.size, 2)])
    found = ranked(support_need(customers, Kinds(codes, KINDS), PERIOD))
    assert found[0].finding.subject == "kind_1"
    assert found[0].finding.n == 60


def test_quick_replies_are_said_to_go_with_better_ratings() -> None:
    """Ratings that fall with the time to reply are found."""
    rng = np.random.default_rng(4)
    minutes = rng.lognormal(4, 1, 2000)
    ratings = np.clip(np.rint(4.5 - 0.4 * np.log(minutes / 60) + rng.normal(0, 1, 2000)), 1, 5)
    found = ranked(quick_replies(ratings, minutes, rng.integers(0, 3, 2000), np.arange(2000), PERIOD))
    assert found[0].finding.effect.low > 0


def test_slipping_targets_are_said_and_steady_ones_are_not() -> None:
    """From a tenth missed to a third missed is said; a tenth and a tenth is not."""
    rng = np.random.default_rng(5)
    days = rng.integers(0, 119, 3000)
    slipping = (rng.random(3000) < np.where(days < 28, 0.33, 0.1)).astype(float)
    steady = (rng.random(3000) < 0.1).astype(float)
    last = date(2026, 6, 30)
    facts = ranked(targets_at_risk(slipping, days, last))[0].finding.facts
    assert facts["met_share"] == pytest.approx(0.67, abs=0.04)
    assert facts["met_share_before"] == pytest.approx(0.9, abs=0.04)
    assert ranked(targets_at_risk(steady, days, last)) == ()


@pytest.mark.parametrize("value", [1.0, 5.0])
def test_ratings_that_are_all_alike_say_nothing(value: float) -> None:
    """All fives go with nothing."""
    minutes = np.linspace(1, 1000, 500)
    assert quick_replies(np.full(500, value), minutes, np.zeros(500, dtype=int), np.arange(500), PERIOD) == []


def test_nothing_in_is_nothing_said() -> None:
    """Without tickets, with one kind, or with a constant, nothing is said and nothing fails."""
    empty, one = Kinds(NOBODY, KINDS), Kinds(np.full(100, 1), KINDS)
    assert slowest(NOTHING, empty, NOBODY, "calendar", PERIOD) == []
    assert slowest(np.full(100, 60.0), one, np.arange(100), "calendar", PERIOD) == []
    assert worst_targets(NOTHING, empty, NOBODY, PERIOD) == []
    assert support_need(NOBODY, empty, PERIOD) == []
    assert quick_replies(NOTHING, NOTHING, NOBODY, NOBODY, PERIOD) == []
    assert targets_at_risk(NOTHING, NOBODY, date(2026, 6, 30)) == []
    alike = Kinds(np.arange(300) % 3 + 1, KINDS)
    assert ranked(slowest(np.full(300, 60.0), alike, np.arange(300), "calendar", PERIOD)) == ()

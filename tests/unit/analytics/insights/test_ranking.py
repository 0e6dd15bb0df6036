"""Only what its interval holds is said, everything that was looked at allowed for."""

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.insights.finding import Claim, Effect, Finding, Topic
from analytics.insights.ranking import level_of, ranked
from tests.conftest import examples

_CLAIMS = {Topic.ODD_DAYS: Claim.ODD_DAYS, Topic.AGENTS: Claim.SLOWER_AGENTS}


def _finding(
    p_value: float,
    *,
    low: float = 1.1,
    high: float = 1.5,
    n: int = 100,
    weight: float = 1.0,
    topic: Topic = Topic.SEASON,
) -> Finding:
    effect = Effect((low + high) / 2, low, high, "times")
    subject, days = f"{p_value}{weight}", (date(2026, 1, 1), date(2026, 2, 1))
    claim = _CLAIMS.get(topic, Claim.SEASON)
    return Finding(topic, claim, subject, {}, effect, n, p_value, weight, "neutral", *days, "/volume")


def test_what_matters_most_comes_first() -> None:
    """The order is by weight, not by how sure it is."""
    said = ranked([_finding(1e-9, weight=0.1), _finding(1e-3, weight=2.0)])
    assert [each.finding.weight for each in said] == [2.0, 0.1]


def test_an_interval_that_meets_nothing_is_not_said() -> None:
    """However small its p-value."""
    assert ranked([_finding(1e-9, low=0.98, high=1.3)]) == ()


def test_few_cases_are_not_said() -> None:
    """However clear."""
    assert ranked([_finding(1e-9, n=29)]) == ()


def test_what_was_looked_at_and_not_found_counts() -> None:
    """A p-value of 0.005 alone is said; among twenty of its topic that were looked at it is not."""
    assert len(ranked([_finding(0.005)])) == 1
    assert ranked([_finding(0.005), *(_finding(0.5 + place / 100) for place in range(19))]) == ()


def test_each_topic_has_a_correction_of_its_own() -> None:
    """What is certain of one topic lends nothing to another, and what is nothing in one costs another nothing."""
    certain = [_finding(1e-12, topic=Topic.SLOWEST) for _ in range(20)]
    assert Topic.SEASON not in {each.finding.topic for each in ranked([*certain, _finding(0.03)])}
    nothing = [_finding(0.9, topic=Topic.RATINGS) for _ in range(20)]
    assert [each.finding.topic for each in ranked([*nothing, _finding(0.005)])] == [Topic.SEASON]


def test_few_departures_may_be_enough() -> None:
    """Leaving has a test made for few cases, and no least number of them."""
    assert len(ranked([_finding(1e-4, n=9, topic=Topic.CHURN)])) == 1


def test_a_few_tickets_may_be_an_odd_day_and_the_search_is_paid_for_once() -> None:
    """Its p-value is exact for few tickets, and allows for all days and series before it comes here."""
    days = [_finding(p, n=9, topic=Topic.ODD_DAYS) for p in (0.014, 0.9, 0.9, 0.9)]
    assert [each.q_value for each in ranked(days)] == [0.014]


def test_agents_are_corrected_once() -> None:
    """Their p-values allow for all agents of the metric before they come here; the other metrics cost nothing more."""
    agents = [_finding(p, topic=Topic.AGENTS) for p in (0.014, 0.9, 0.9, 0.9)]
    assert [each.q_value for each in ranked(agents)] == [0.014]
    assert ranked([_finding(0.016, topic=Topic.AGENTS)]) == ()


def test_a_claim_without_a_level_of_its_own_has_the_strictest() -> None:
    """What nobody has thought about is not said more readily than the rest."""
    assert level_of(Claim.TARGETS_MET) == min(map(level_of, Claim))


def test_no_topic_drowns_the_others() -> None:
    """Five of a topic at most."""
    said = ranked([_finding(1e-6, weight=1 + place) for place in range(9)] + [_finding(1e-6, topic=Topic.AGENTS)])
    assert len(said) == 6


def test_of_nothing_hardly_anything_is_said() -> None:
    """With p-values of chance alone, 300 times ten, anything is said about as often as the level allows."""
    rng = np.random.default_rng(0)
    said = sum(bool(ranked([_finding(float(each)) for each in rng.random(10)])) for _ in range(300))
    assert said / 300 <= level_of(Claim.SEASON) + 0.02


@settings(max_examples=examples(100))
@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0.5, 2), st.floats(0, 1)), max_size=15))
def test_whatever_is_said_is_held_by_its_interval(given_: list[tuple[float, float, float]]) -> None:
    """No finding whose interval holds the neutral value gets through, and none with an adjusted p above the limit."""
    for each in ranked([_finding(p, low=low, high=low + width) for p, low, width in given_]):
        assert each.q_value <= level_of(Claim.SEASON)
        assert not each.finding.effect.low <= 1 <= each.finding.effect.high

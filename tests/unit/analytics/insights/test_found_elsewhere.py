"""What other analyses found is told once, with its numbers in one place."""

from datetime import date

import pytest

from analytics.insights.finding import Claim
from analytics.insights.found_elsewhere import Estimate, agent_findings, churn_findings, driver_findings
from analytics.insights.ranking import ranked

PERIOD = (date(2026, 1, 1), date(2027, 1, 1))
MEANS = {"is_supported": True, "same_agent_mean": 3.97, "several_agents_mean": 3.17}
SAME = Estimate("same_agent", 1.25, 1.23, 1.28, 0.0, 900, MEANS, "times")
SEVERAL = Estimate("several_agents", -0.77, -0.83, -0.71, 0.0, 900, {"is_supported": True}, "rating")


def test_a_driver_keeps_what_its_sentence_needs() -> None:
    """The driver and the means are facts; its size and interval are the effect."""
    (found,) = driver_findings([SAME], PERIOD)
    assert found.facts == {"driver": "same_agent", **MEANS}
    assert (found.effect.low, found.effect.high, found.n) == (1.23, 1.28, 900)


def test_several_agents_are_told_only_where_one_agent_is_not() -> None:
    """Both say the same."""
    assert [each.subject for each in driver_findings([SEVERAL, SAME], PERIOD)] == ["same_agent"]
    assert [each.subject for each in driver_findings([SEVERAL], PERIOD)] == ["several_agents"]


@pytest.mark.parametrize(
    ("kind", "claim"),
    [("experience", Claim.LEAVING_AFTER_EXPERIENCE), ("category", Claim.LEAVING_AFTER_CATEGORY)],
)
def test_leaving_is_told_of_experiences_and_of_categories(kind: str, claim: Claim) -> None:
    """A category that is called like an experience is still a category."""
    (found,) = churn_findings([Estimate("escalated", 2.6, 2.2, 3.0, 0.0, 284, {"kind": kind})], PERIOD)
    assert (found.claim, found.facts) == (claim, {kind: "escalated"})


def test_what_its_page_does_not_support_is_never_said() -> None:
    """However small its p-value: it counts as looked at."""
    told = Estimate("resolution_time", -0.2, -0.3, -0.1, 1e-9, 900, {}, "rating")
    assert len(ranked(driver_findings([told], PERIOD))) == 1
    untold = Estimate("resolution_time", -0.2, -0.3, -0.1, 1e-9, 900, {}, "rating", is_supported=False)
    assert len(driver_findings([untold], PERIOD)) == 1
    assert ranked(driver_findings([untold], PERIOD)) == ()


def test_after_what_customers_leave_less_often_is_not_said() -> None:
    """It is no pain point, and nothing is to be done about it."""
    assert ranked(churn_findings([Estimate("order", 0.7, 0.6, 0.8, 1e-9, 300, {"kind": "category"})], PERIOD)) == ()


def test_few_departures_after_an_experience_are_said_when_the_effect_is_clear() -> None:
    """Twelve departures are enough for five times as many."""
    point = Estimate("late_answer", 5.0, 2.1, 11.4, 0.0004, 12, {"kind": "experience"})
    assert len(ranked(churn_findings([point], PERIOD))) == 1


def test_agents_who_differ_for_the_worse_are_counted_on_each_metric() -> None:
    """Two of eight rated lower is said with the clearer one's points; nobody slower counts as looked at."""
    lower = [Estimate("a", -0.35, -0.5, -0.2, 1e-5, 200), Estimate("b", -0.3, -0.5, -0.1, 1e-3, 120)]
    (found,) = agent_findings("mean_rating", lower, 8, PERIOD)
    assert found.claim is Claim.LOWER_RATED_AGENTS
    assert (found.facts["worse_count"], found.facts["compared_count"]) == (2, 8)
    assert (found.effect.value, found.effect.unit, found.n) == (-0.35, "rating", 200)
    assert found.parameters == {"on": "mean_rating"}
    (nobody,) = agent_findings("resolution_time", [], 8, PERIOD)
    assert nobody.p_value == 1.0
    assert ranked([nobody]) == ()

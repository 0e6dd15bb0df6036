"""What other analyses found is told once, with its numbers in one place."""

from datetime import date

import pytest

from analytics.insights.finding import Claim
from analytics.insights.found_elsewhere import Estimate, churn_findings, driver_findings

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

"""What other analyses found is told once, in plain words, with its numbers in one place."""

from datetime import date

import pytest

from analytics.insights.found_elsewhere import Estimate, churn_findings, driver_findings

PERIOD = (date(2026, 1, 1), date(2027, 1, 1))
SAME = Estimate("same_agent", 1.25, 1.23, 1.28, 0.0, 900, "Ratings are higher: 3.97 against 3.17 (95 % so).", "times")
SEVERAL = Estimate("several_agents", -0.77, -0.83, -0.71, 0.0, 900, "Several agents go with less (95 % so).", "rating")


def test_a_driver_s_title_leaves_its_interval_to_the_finding() -> None:
    """The sentence is told without what stands in brackets behind it."""
    (found,) = driver_findings([SAME], PERIOD)
    assert found.title == "Ratings are higher: 3.97 against 3.17"
    assert (found.effect.low, found.effect.high, found.n) == (1.23, 1.28, 900)


def test_several_agents_are_told_only_where_one_agent_is_not() -> None:
    """Both say the same."""
    assert [each.subject for each in driver_findings([SEVERAL, SAME], PERIOD)] == ["same_agent"]
    assert [each.subject for each in driver_findings([SEVERAL], PERIOD)] == ["several_agents"]


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("low_rating", "Customers leave 2.6 times as often after a rating of 1 or 2"),
        ("account_issue", "Customers leave 2.6 times as often after tickets filed under “Account issue”"),
        ("old_topic", "Customers leave 2.6 times as often after tickets filed under “Old topic”"),
    ],
)
def test_leaving_is_told_of_experiences_and_of_categories_even_of_retired_ones(subject: str, title: str) -> None:
    """An experience has words of its own; a category its name, or its slug where it has none any more."""
    point = Estimate(subject, 2.6, 2.2, 3.0, 0.0, 284)
    (found,) = churn_findings([point], {"account_issue": "Account issue"}, PERIOD)
    assert found.title == title

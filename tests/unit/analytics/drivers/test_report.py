"""The analysis of satisfaction as it is told."""

import numpy as np
import pandas as pd
import pytest

from analytics.drivers.report import SAME_AGENT, driver_report
from analytics.drivers.response import response_rates
from analytics.drivers.same_agent import same_agent_effect
from analytics.intervals import Estimate, wilson_interval
from tests.factories.rated import rated_tickets


def test_the_same_agent_ratio_is_that_of_the_effect_with_all_else_held_equal() -> None:
    """Worked out by hand: mean 3.75, half of them handed over for 1.5 points less, is 4.5 against 3.0."""
    tickets = pd.DataFrame(
        {
            "rating": [4.0, 5.0] * 40 + [2.0, 4.0] * 40 + [1.0] * 40,
            "agent_contact_count": [2] * 160 + [1] * 40,
            "is_same_agent": [True] * 80 + [False] * 80 + [True] * 40,
        }
    )
    effect = same_agent_effect(tickets, Estimate.normal(-1.5, 0.1))
    assert effect is not None
    assert (effect.same_mean, effect.several_mean, effect.same_n, effect.several_n) == (4.5, 3.0, 80, 80)
    assert effect.ratio.value == pytest.approx(1.5)
    error = 0.1 * (0.5 / 4.5 + 0.5 / 3)
    assert np.log(effect.ratio.high / effect.ratio.low) == pytest.approx(2 * 1.96 * error, rel=0.01)
    none = same_agent_effect(tickets, Estimate.normal(0.0, 0.1))
    assert none is not None
    assert none.ratio.value == pytest.approx(1.0)
    assert same_agent_effect(tickets.iloc[:100], Estimate.normal(-1.5, 0.1)) is None
    assert same_agent_effect(tickets, None) is None


def test_what_is_told_is_supported_and_comes_first() -> None:
    """Told findings come first; only the comparison of one agent and several has two means."""
    report = driver_report(rated_tickets())
    told = [each for each in report.findings if each.is_supported]
    assert {"first_reply_time", "proactive_update"} <= {each.slug for each in told}
    assert list(report.findings[: len(told)]) == told
    assert all((each.means is not None) == (each.slug == SAME_AGENT) for each in report.findings)


@pytest.mark.parametrize(
    ("tickets", "notice"),
    [
        (rated_tickets(rating=np.nan), "no_ratings"),
        (rated_tickets(rating=5.0), "all_alike"),
        (rated_tickets(40), "too_few"),
        (rated_tickets(0), "no_ratings"),
        (rated_tickets(first_reply_seconds=np.nan), "no_times"),
    ],
    ids=["no ratings", "all 5", "few", "no tickets", "no replies"],
)
def test_bad_input_gives_a_report_that_says_what_is_missing(tickets: pd.DataFrame, notice: str) -> None:
    """No error, no confident number: a notice."""
    report = driver_report(tickets)
    assert notice in {each.slug for each in report.notices}
    assert not any(each.unit == "points" for each in report.findings)
    assert report.shares == ()


def test_one_agent_and_one_category_give_the_rest() -> None:
    """One agent never hands over, so that comparison is missing and says so; reply time is still told."""
    report = driver_report(rated_tickets(agent="Neo", category="order", is_same_agent=True))
    assert "not_compared" in {each.slug for each in report.notices}
    assert any(each.slug == "first_reply_time" and each.is_supported for each in report.findings)


def test_who_answers_is_told_by_kind() -> None:
    """Rates of all and of each kind, with intervals."""
    tickets = rated_tickets(customer_type=["teacher"] * 450 + ["business"] * 450)
    tickets.loc[500:, "rating"] = np.nan
    rates = response_rates(tickets)
    assert (rates[0].offered, rates[0].answered) == (900, 500)
    assert {rate.value for rate in rates if rate.dimension == "customer_type"} == {"teacher", "business"}
    assert wilson_interval(0, 0) == (0.0, 1.0)

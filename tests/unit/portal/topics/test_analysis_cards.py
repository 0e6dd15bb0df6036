"""The cards about ratings and leaving say what is missing, and never more than was found."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from analytics.notices import Notice
from portal.topics.churn import conclusion as says
from portal.topics.churn.cards import customers_block, hazards_block, pain_points_block, trust_block
from portal.topics.churn.dataset import Churn, LeavingRatio, ModelTest, RiskyCustomer
from portal.topics.drivers.cards import correlations_block, effects_block, response_block, shares_block
from portal.topics.drivers.dataset import CorrelationCell, DriverEffect, Drivers, DriverShare
from portal.topics.staffing.conclusion import MISSING
from portal.topics.staffing.dataset import PlanOutcome

_AT = datetime(2026, 3, 1, tzinfo=UTC)
_NO_DRIVERS = Drivers(_AT, None, None, 0, 0, None, (), (), (), (), (), (Notice("no_ratings"),))
_NO_CHURN = Churn(_AT, "indicator", 3, 0, 1, None, 90, (), (), (), (), (Notice("nobody_left"),))


def _text(block: object) -> str:
    return json.dumps(block, ensure_ascii=False)


@pytest.mark.parametrize(
    "block",
    [
        effects_block(None),
        shares_block(None),
        correlations_block(None, ("Rating",)),
        response_block(None),
        pain_points_block(None),
        hazards_block(None),
        customers_block(None, {}),
        trust_block(None),
    ],
)
def test_before_the_first_run_each_card_says_which_job_to_run(block: object) -> None:
    """Never an empty card."""
    assert "Run the job" in _text(block)


def test_without_ratings_each_card_says_so() -> None:
    """The notice stands where the numbers would."""
    assert "No ticket with a reply and a resolution has a rating" in _text(effects_block(_NO_DRIVERS))
    assert "too few ratings" in _text(shares_block(_NO_DRIVERS))
    assert "No ticket has a rating yet." in _text(correlations_block(_NO_DRIVERS, ("Rating",)))
    assert "nobody could be asked" in _text(response_block(_NO_DRIVERS))


def test_an_effect_that_may_be_chance_is_drawn_muted() -> None:
    """And the card's point says that nothing was found."""
    effect = DriverEffect(
        "contacts", "Messages", "one more", "points", 0.01, -0.02, 0.04, None, None, 500, is_supported=False
    )
    found = _text(effects_block(replace(_NO_DRIVERS, rated_count=500, effects=(effect,))))
    assert "is-uncertain" in found
    assert "by more than chance" in found
    assert "may be chance" in found


def test_one_agent_against_several_is_told_once() -> None:
    """By the two means; as several in place of one it stands in the table only, as does all else with points."""
    points = (None, None, 500)
    several = DriverEffect(
        "several_agents", "Several agents", "", "points", -0.67, -0.7, -0.6, *points, is_supported=True
    )
    reply = DriverEffect("first_reply_time", "First reply", "", "points", -0.15, -0.2, -0.1, *points, is_supported=True)
    means = (3.96, 3.29)
    same = DriverEffect("same_agent", "", "", "ratio", 1.2, 1.18, 1.23, *points, means=means, is_supported=True)
    found = _text(effects_block(replace(_NO_DRIVERS, rated_count=500, effects=(several, same, reply))))
    assert found.count("Where one agent writes every reply") == 1
    assert "other things equal: 3.96 against 3.29" in found
    assert "in place of one, goes with" not in found
    first = _text(effects_block(replace(_NO_DRIVERS, rated_count=500, effects=(reply, several, same))))
    assert "Where one agent writes every reply" in first
    assert "twice as long goes with" in first


def test_every_table_leads_to_its_file() -> None:
    """A card has its link where it has numbers, and none where it has nothing."""
    effect = DriverEffect("contacts", "Messages", "one more", "points", 0.1, 0.0, 0.2, None, None, 9, is_supported=True)
    share, cell = DriverShare("Messages", 0.1, 0.0, 0.2), CorrelationCell("Rating", "Messages", 0.1, 0.1, 9)
    rated = replace(_NO_DRIVERS, effects=(effect,), shares=(share,), correlations=(cell,))
    variables = ("Rating", "Messages")
    assert '"/drivers/export/effects.csv"' in _text(effects_block(rated))
    assert '"/drivers/export/shares.csv"' in _text(shares_block(rated))
    assert '"/drivers/export/correlations.csv"' in _text(correlations_block(rated, variables))
    customer = RiskyCustomer(1, 35.0, (), "Teacher", 4, 17, "/tickets/17")
    ratio = LeavingRatio("A late answer", "experience", 1.6, 1.2, 2.1, 20, 5.0, is_supported=True)
    left = replace(_NO_CHURN, top=(customer,), pain_points=(ratio,))
    assert '"/churn/export/customers.csv"' in _text(customers_block(left, {}))
    assert '"/churn/export/pain-points.csv"' in _text(pain_points_block(left))
    empty = (effects_block(_NO_DRIVERS), shares_block(_NO_DRIVERS), correlations_block(_NO_DRIVERS, variables))
    assert "export" not in _text([*empty, customers_block(_NO_CHURN, {}), pain_points_block(_NO_CHURN)])


def test_what_a_file_would_fill_is_said_with_the_command() -> None:
    """Leaving dates, hiring dates and minutes of work come with a file of customers, agents or interactions."""
    assert "import customers.csv --kind customers" in _text(pain_points_block(_NO_CHURN))
    missing = Notice("no_difference", {"driver": "agent_experience"})
    assert "import agents.csv --kind agents" in _text(effects_block(replace(_NO_DRIVERS, notices=(missing,))))
    assert "import interactions.csv --kind interactions" in " ".join(MISSING[PlanOutcome.NO_HANDLE_TIME])


def test_points_are_never_called_chances() -> None:
    """Without recorded departures the column is headed Points, without a per-cent sign."""
    customer = RiskyCustomer(1, 35.0, ("late_recently",), "Teacher", 4, 17, "/tickets/17")
    found = _text(customers_block(replace(_NO_CHURN, top=(customer,)), {}))
    assert '"Points"' in found
    assert '"Chance"' not in found
    assert "35\u202f%" not in found
    assert "Nobody has recorded which customers left" in found
    assert "no chances to test" in _text(trust_block(_NO_CHURN))


def test_chances_that_are_a_guess_are_not_called_the_highest() -> None:
    """What the card beside it says of the model holds for its list too."""
    sure = ModelTest("Model", True, 0.7, (0.6, 0.8), 2.0, (1.5, 2.5), 0.2, 0.3, (), 900, 30)  # noqa: FBT003 - the chosen one
    model = replace(_NO_CHURN, kind="model", scored=392, expected=13.0, tests=(sure,))
    assert says.customers(model).endswith("These have the highest chances.")
    guess = replace(model, tests=(replace(sure, auc_interval=(0.45, 0.6)),))
    assert says.customers(guess).endswith("Which of them, the model cannot tell by more than chance.")


def test_the_top_three_are_supported_and_above_one() -> None:
    """What may be chance, or goes with staying, is not named."""
    ratios = tuple(
        LeavingRatio(name, "experience", ratio, low, high, 20, 5.0, is_supported=told)
        for name, ratio, low, high, told in (
            ("A late answer", 1.6, 1.2, 2.1, True),
            ("An escalated ticket", 1.3, 0.9, 1.8, False),
            ("A reopened ticket", 0.5, 0.3, 0.8, True),
        )
    )
    dataset = replace(_NO_CHURN, left=60, pain_points=ratios)
    assert [each.label for each in says.top_pain_points(dataset)] == ["A late answer"]
    sentence = says.pain_points(dataset)
    assert sentence.startswith("The one pain point: a late answer.")
    assert "1.2 to 2.1" in sentence
    assert says.pain_points(replace(dataset, pain_points=ratios[1:])).startswith("After none of the 2")


def test_an_interval_above_one_that_is_not_told_is_explained() -> None:
    """No "none by more than chance" stands above an interval that is clear of 1; no departures more is a plain 0."""
    ratio = LeavingRatio("A late answer", "experience", 1.6, 1.1, 2.4, 9, -0.2, is_supported=False)
    dataset = replace(_NO_CHURN, left=60, pain_points=(ratio,), hazards=(ratio,))
    for sentence in (says.pain_points(dataset), says.hazards(dataset)):
        assert "a likely range may lie above 1 by chance" in sentence
        assert "by more than chance" not in sentence
    assert "\u22120" not in _text(pain_points_block(dataset))
    assert [says.excess(each) for each in (-0.2, 0.4, 3.2, -2.0)] == ["0", "0", "+3", "\u22122"]


def test_what_a_few_ratings_correlate_by_chance_is_not_told() -> None:
    """Of 117 ratings 0.08 is nothing; of 15,000 it is told."""
    few, many = (CorrelationCell("Rating", "First reply time", -0.08, -0.07, n) for n in (117, 15_000))
    assert "nothing goes with the rating by more than chance" in _text(
        correlations_block(replace(_NO_DRIVERS, correlations=(few,)), ("Rating", "First reply time"))
    )
    said = _text(correlations_block(replace(_NO_DRIVERS, correlations=(many,)), ("Rating", "First reply time")))
    assert "these go with the rating: first reply time \u22120.08" in said


def test_no_share_is_shown_where_none_can_be_told() -> None:
    """That is another thing than too few ratings; and "most" is said only of more than half."""
    assert "by more than chance" in _text(shares_block(replace(_NO_DRIVERS, rated_count=500, r_squared=0.01)))
    two = (DriverShare("Messages", 0.1, 0.08, 0.12), DriverShare("Category", 0.09, 0.07, 0.11))
    assert "most of it" not in _text(shares_block(replace(_NO_DRIVERS, r_squared=0.2, shares=two)))
    one = (DriverShare("Messages", 0.3, 0.25, 0.35), DriverShare("Category", 0.02, 0.01, 0.03))
    assert "most of it with messages" in _text(shares_block(replace(_NO_DRIVERS, r_squared=0.4, shares=one)))

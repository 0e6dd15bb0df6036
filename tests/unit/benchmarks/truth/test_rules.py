"""The rules by which sentences about made-up desks are true: each also calls a false sentence false."""

from datetime import date

import numpy as np
import pytest

from benchmarks.truth.plan import ALL, OddDays
from benchmarks.truth.rules import METRIC_OF, RULES, Verdict, is_worse, judge, told_agents, told_days
from benchmarks.truth.sentence import AgentFigure, Said
from benchmarks.truth.truth import Truth
from tests.unit.benchmarks.truth.sentences import sentence, verdict

_MARCH = date(2025, 3, 1), date(2025, 4, 1)


def test_a_claim_without_a_rule_is_not_judged() -> None:
    """It counts neither as true nor as false, and the reason names it."""
    judged = judge(sentence("brand_new_claim"), Said(()), Truth())
    assert judged.verdict is Verdict.UNKNOWN
    assert "brand_new_claim" in judged.why


@pytest.mark.parametrize("claim", sorted(RULES))
def test_every_claim_is_false_of_a_neutral_desk(claim: str) -> None:
    """Where nothing is planted, no rule lets any sentence pass."""
    flat = Truth(
        means={"a": 5.0, "b": 5.0}, medians={"a": 4.0, "b": 4.0}, missed={"a/low": 0.1, "b/low": 0.1},
        rates={"school": 2.0, "person": 2.0}, seasons={ALL: np.ones(365), "a": np.ones(365)},
        worse={name: {"Ann": 0.0, "Ben": 0.0, "Cai": 0.0} for name in METRIC_OF.values()},
        goes_with={"late_answer": 1.0},
    )  # fmt: skip
    figures = tuple(
        AgentFigure(metric, "Ann", 0.5 if metric == "mean_rating" else 2.0, is_clear=True)
        for metric in METRIC_OF.values()
    )
    for subject in ("a", "a/low", "school", "first_reply_time", "late_answer", ":3"):
        told = sentence(claim, subject, facts={"worse_count": 1}, days=_MARCH)
        assert verdict(told, flat, Said((told,), figures)) is Verdict.FALSE


def test_the_slowest_category_is_the_one_planted_slowest() -> None:
    truth = Truth(means={"a": 9.0, "b": 5.0, "c": 5.0}, medians={"a": 4.0, "b": 5.0, "c": 3.0})
    assert verdict(sentence("slowest_category", "a", facts={"mean_minutes": 9}), truth) is Verdict.TRUE
    assert verdict(sentence("slowest_category", "b", facts={"mean_minutes": 9}), truth) is Verdict.FALSE
    assert verdict(sentence("slowest_category", "a", facts={"typical_minutes": 9}), truth) is Verdict.FALSE
    assert verdict(sentence("slowest_category", "a + b", facts={"typical_minutes": 9}), truth) is Verdict.TRUE


def test_of_two_that_are_planted_alike_one_alone_is_not_the_slowest() -> None:
    truth = Truth(medians={"a": 4.0, "b": 4.0, "c": 3.0})
    assert verdict(sentence("slowest_category", "a"), truth) is Verdict.FALSE
    assert verdict(sentence("slowest_category", "a + b"), truth) is Verdict.TRUE
    assert verdict(sentence("slowest_category", "a + b + c"), truth) is Verdict.FALSE


def test_what_differs_by_rounding_alone_is_alike() -> None:
    assert verdict(sentence("most_missed_targets", "a"), Truth(missed={"a": 0.3 + 1e-9, "b": 0.3})) is Verdict.FALSE


def test_missed_targets_are_judged_by_pair_or_by_category() -> None:
    truth = Truth(missed={"a/low": 0.1, "a/high": 0.5, "b/low": 0.2, "a": 0.3, "b": 0.2})
    assert verdict(sentence("most_missed_targets", "a/high", 0.2, unit="share"), truth) is Verdict.TRUE
    assert verdict(sentence("most_missed_targets", "b/low", 0.2, unit="share"), truth) is Verdict.FALSE
    assert verdict(sentence("most_missed_targets", "a", 0.2, unit="share"), truth) is Verdict.TRUE
    assert verdict(sentence("most_missed_targets", "b", 0.2, unit="share"), truth) is Verdict.FALSE


def test_targets_met_of_late_need_the_planted_direction() -> None:
    truth = Truth(missed_change=0.05)
    assert verdict(sentence("targets_met", "all", 0.04, unit="share"), truth) is Verdict.TRUE
    assert verdict(sentence("targets_met", "all", -0.04, unit="share"), truth) is Verdict.FALSE
    assert verdict(sentence("targets_met", "all", 0.04, unit="share"), Truth(missed_change=0.001)) is Verdict.FALSE


def test_support_need_is_the_planted_rate() -> None:
    truth = Truth(rates={"school": 3.0, "person": 2.0})
    assert verdict(sentence("most_tickets_a_customer", "school"), truth) is Verdict.TRUE
    assert verdict(sentence("most_tickets_a_customer", "person"), truth) is Verdict.FALSE


def _march() -> Truth:
    factor = np.ones(365)
    factor[59:90] = 1.5
    return Truth(seasons={ALL: factor, "a": factor, "b": np.ones(365)})


def test_a_season_needs_most_of_its_days_and_the_direction() -> None:
    """March is planted: February to March is half right only, and fewer tickets is the opposite."""
    assert verdict(sentence("season", ":4", facts={"category": ""}, days=_MARCH), _march()) is Verdict.TRUE
    assert verdict(sentence("season", "a:4", facts={"category": "a"}, days=_MARCH), _march()) is Verdict.TRUE
    assert verdict(sentence("season", "b:4", facts={"category": "b"}, days=_MARCH), _march()) is Verdict.FALSE
    assert verdict(sentence("season", ":4", 0.5, facts={"category": ""}, days=_MARCH), _march()) is Verdict.FALSE
    wide = date(2025, 1, 15), date(2025, 4, 1)
    assert verdict(sentence("season", ":1", facts={"category": ""}, days=wide), _march()) is Verdict.FALSE


def test_told_days_go_over_the_turn_of_the_year() -> None:
    days = told_days(sentence("season", days=(date(2024, 12, 30), date(2025, 1, 3))))
    assert np.flatnonzero(days).tolist() == [0, 1, 363, 364]


def test_an_odd_day_needs_the_day_the_series_and_the_direction() -> None:
    truth = Truth(odd=(OddDays("burst", "a", date(2025, 5, 6), 2, 4.0),))
    day = date(2025, 5, 7), date(2025, 5, 8)
    assert verdict(sentence("odd_days", "a:2025-05-07", facts={"category": "a"}, days=day), truth) is Verdict.TRUE
    assert verdict(sentence("odd_days", ":2025-05-07", facts={"category": ""}, days=day), truth) is Verdict.TRUE
    assert verdict(sentence("odd_days", "b:2025-05-07", facts={"category": "b"}, days=day), truth) is Verdict.FALSE
    assert verdict(sentence("odd_days", "a:2025-05-07", 0.2, facts={"category": "a"}, days=day), truth) is Verdict.FALSE
    later = date(2025, 5, 8), date(2025, 5, 9)
    assert verdict(sentence("bulk_day", "a:2025-05-08", facts={"category": "a"}, days=later), truth) is Verdict.FALSE


def test_a_driver_needs_the_planted_sign() -> None:
    """Where longer solutions are rated worse and replies count for nothing, no sentence about replies is true."""
    truth = Truth(ratings={"resolution_time": -0.2, "several_agents": -0.3})
    assert verdict(sentence("driver", "resolution_time", -0.1, unit="rating"), truth) is Verdict.TRUE
    assert verdict(sentence("driver", "resolution_time", 0.1, unit="rating"), truth) is Verdict.FALSE
    assert verdict(sentence("driver", "first_reply_time", -0.1, unit="rating"), truth) is Verdict.FALSE
    assert verdict(sentence("quick_replies", "quick_replies", 0.7, unit="rating"), truth) is Verdict.FALSE
    assert verdict(sentence("driver", "same_agent", 1.1), truth) is Verdict.TRUE
    assert verdict(sentence("driver", "same_agent", 0.9), truth) is Verdict.FALSE


def test_quick_replies_are_rated_better_where_long_ones_are_planted_worse() -> None:
    truth = Truth(ratings={"first_reply_time": -0.2})
    assert verdict(sentence("quick_replies", "quick_replies", 0.7, unit="rating"), truth) is Verdict.TRUE
    assert verdict(sentence("quick_replies", "quick_replies", -0.7, unit="rating"), truth) is Verdict.FALSE


def _figures() -> tuple[AgentFigure, ...]:
    ratios = {"Ann": 1.9, "Ben": 1.4, "Cai": 0.8, "Dee": 2.5}
    return tuple(AgentFigure("resolution_time", name, ratio, name != "Dee") for name, ratio in ratios.items())


def test_told_agents_are_the_clear_ones_the_worst_first() -> None:
    """Dee has the largest ratio, but too few tickets for it to be clear."""
    told = sentence("slower_agents", "slower", facts={"slower_count": 1, "compared_count": 4})
    assert told_agents(told, Said((told,), _figures())) == ["Ann"]


def test_each_told_agent_has_to_be_planted_worse() -> None:
    truth = Truth(worse={"resolution_time": {"Ann": 0.6, "Ben": 0.0, "Cai": 0.0, "Dee": 0.0}})
    for count, wanted in ((1, Verdict.TRUE), (2, Verdict.FALSE)):
        told = sentence("slower_agents", "slower", facts={"worse_count": count, "compared_count": 4})
        assert verdict(told, truth, Said((told,), _figures())) is wanted


def test_low_rated_agents_are_those_below_the_others() -> None:
    figures = tuple(
        AgentFigure("mean_rating", name, ratio, is_clear=True) for name, ratio in (("Ann", 0.8), ("Ben", 1.2))
    )
    told = sentence("lower_rated_agents", "mean_rating", -0.4, facts={"worse_count": 1}, unit="rating")
    worse = {"Ann": 0.5, "Ben": 0.0, "Cai": 0.0}
    assert verdict(told, Truth(worse={"mean_rating": worse}), Said((told,), figures)) is Verdict.TRUE
    assert verdict(told, Truth(worse={"mean_rating": {**worse, "Ann": -0.5}}), Said((told,), figures)) is Verdict.FALSE


def test_worse_is_told_against_the_median_of_the_others() -> None:
    shifts = {"Ann": 0.5, "Ben": 0.5, "Cai": 0.0, "Dee": 0.0, "Eve": 0.0}
    assert is_worse(shifts, "Ann")
    assert not is_worse(shifts, "Cai")


def test_leaving_is_true_where_it_is_planted_or_by_a_planted_path() -> None:
    truth = Truth(
        hazards={"low_rating": 3.0, "category:a": 2.0}, leads_on=frozenset({"late_answer"}),
        goes_with={"reopened": 1.5, "several_agents": 1.05, "low_rating": 3.0},
    )  # fmt: skip
    told = {name: verdict(sentence("leaving_after_experience", name), truth) for name in truth.goes_with}
    assert told == {"reopened": Verdict.TOGETHER, "several_agents": Verdict.FALSE, "low_rating": Verdict.TRUE}
    assert verdict(sentence("leaving_after_experience", "late_answer"), truth) is Verdict.TRUE
    assert verdict(sentence("leaving_after_experience", "low_rating", 0.5), truth) is Verdict.FALSE
    assert verdict(sentence("leaving_after_category", "a"), truth) is Verdict.TRUE
    assert verdict(sentence("leaving_after_category", "b"), truth) is Verdict.FALSE

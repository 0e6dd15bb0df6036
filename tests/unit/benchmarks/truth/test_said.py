"""Whether a planted effect is said: only by a true sentence about the same thing."""

from datetime import date

from benchmarks.truth.plan import ALL, OddDays, Season
from benchmarks.truth.planted import Effect, Family
from benchmarks.truth.rules import Judged, Verdict
from benchmarks.truth.said import is_said
from benchmarks.truth.sentence import AgentFigure, Said, Sentence
from benchmarks.truth.truth import Truth
from tests.unit.benchmarks.truth.sentences import judged_true, sentence

_MARCH = date(2025, 3, 1), date(2025, 4, 1)


def _is_said(
    family: Family, subject: str, told: Sentence, truth: Truth | None = None, said: Said | None = None
) -> bool:
    effect = Effect(family, subject, 1.0, 5.0, 5.0)
    return is_said(effect, [judged_true(told)], said or Said((told,)), truth or Truth())


def test_a_false_sentence_says_nothing() -> None:
    told = sentence("driver", "contacts", unit="rating")
    effect = Effect(Family.RATINGS, "contacts", 1.0, 5.0, 5.0)
    assert not is_said(effect, [Judged(told, Verdict.FALSE, "")], Said((told,)), Truth())
    assert is_said(effect, [judged_true(told)], Said((told,)), Truth())


def test_all_that_are_planted_alike_have_to_be_named() -> None:
    assert _is_said(Family.SLOWEST, "a", sentence("slowest_category", "a + b"))
    assert not _is_said(Family.SLOWEST, "a + b", sentence("slowest_category", "a"))
    assert not _is_said(Family.SLOWEST, "a", sentence("most_tickets_a_customer", "a"))


def test_a_pair_is_said_by_itself_or_by_its_category() -> None:
    assert _is_said(Family.TARGETS, "a/low", sentence("most_missed_targets", "a/low"))
    assert _is_said(Family.TARGETS, "a/low", sentence("most_missed_targets", "a"))
    assert not _is_said(Family.TARGETS, "a/low", sentence("most_missed_targets", "a/high"))


def test_a_season_is_said_by_days_it_shares_in_its_direction() -> None:
    truth = Truth(planted_seasons=(Season("a", 59, 31, 1.5),))
    assert _is_said(Family.SEASON, "a:59", sentence("season", "a:4", facts={"category": "a"}, days=_MARCH), truth)
    assert _is_said(Family.SEASON, "a:59", sentence("season", ":4", facts={"category": ""}, days=_MARCH), truth)
    assert not _is_said(Family.SEASON, "a:59", sentence("season", "b:4", facts={"category": "b"}, days=_MARCH), truth)
    assert not _is_said(
        Family.SEASON, "a:59", sentence("season", "a:4", 0.5, facts={"category": "a"}, days=_MARCH), truth
    )
    june = date(2025, 6, 1), date(2025, 7, 1)
    assert not _is_said(Family.SEASON, "a:59", sentence("season", "a:4", facts={"category": "a"}, days=june), truth)


def test_an_odd_day_is_said_by_its_day() -> None:
    truth = Truth(odd=(OddDays("bulk", ALL, date(2025, 3, 4), 1, 9.0),))
    day, next_day = (date(2025, 3, 4), date(2025, 3, 5)), (date(2025, 3, 5), date(2025, 3, 6))
    assert _is_said(Family.ODD, ":2025-03-04", sentence("bulk_day", facts={"category": "a"}, days=day), truth)
    assert not _is_said(Family.ODD, ":2025-03-04", sentence("odd_days", facts={"category": ""}, days=next_day), truth)


def test_agents_are_said_on_their_own_metric() -> None:
    figures = tuple(AgentFigure(metric, "Ann", 0.7, is_clear=True) for metric in ("mean_rating", "resolution_time"))
    told = sentence("lower_rated_agents", facts={"worse_count": 1}, unit="rating")
    assert _is_said(Family.LOW_AGENTS, "Ann", told, said=Said((told,), figures))
    assert not _is_said(Family.SLOW_AGENTS, "Ann", told, said=Said((told,), figures))
    assert not _is_said(Family.LOW_AGENTS, "Ben", told, said=Said((told,), figures))


def test_what_happens_after_a_category_is_no_experience() -> None:
    assert _is_said(Family.LEAVING, "category:a", sentence("leaving_after_category", "a"))
    assert not _is_said(Family.LEAVING, "category:a", sentence("leaving_after_experience", "a"))
    assert _is_said(Family.LEAVING, "low_rating", sentence("leaving_after_experience", "low_rating"))


def test_one_agent_in_place_of_several_says_the_effect_of_several() -> None:
    assert _is_said(Family.RATINGS, "several_agents", sentence("driver", "same_agent"))

"""A challenger serves only if tickets cost less with it, by more than chance, and nothing that was known is lost."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from classifier_service.training.abstention import WRONG_COST
from classifier_service.training.comparison import Comparison, Evidence, Filed, compare, side_of
from classifier_service.training.evaluation import Answers

OUTCOMES = ("right", "wrong", "none")


def filed(outcomes: list[str]) -> Filed:
    """Return answers that are right, wrong, or too unsure to be given."""
    predicted = tuple("yes" if each == "right" else "no" for each in outcomes)
    confidence = np.array([0.1 if each == "none" else 0.9 for each in outcomes], np.float32)
    return Filed(Answers(("yes",) * len(outcomes), predicted, confidence), 0.5)


@given(st.lists(st.tuples(st.sampled_from(OUTCOMES), st.sampled_from(OUTCOMES)), max_size=60))
def test_a_side_counts_costs_as_they_are_stated(pairs: list[tuple[str, str]]) -> None:
    """Nothing for a right answer, 1 for none, `WRONG_COST` for a wrong one; the p-value is that of the sign test."""
    price = {"right": 0.0, "none": 1.0, "wrong": WRONG_COST}
    side = side_of(filed([one for one, _ in pairs]), filed([other for _, other in pairs]))
    gained = sum(price[other] < price[one] for one, other in pairs)
    lost = sum(price[other] > price[one] for one, other in pairs)
    assert (side.tickets, side.gained, side.lost) == (len(pairs), gained, lost)
    assert side.champion_cost * len(pairs) == pytest.approx(sum(price[one] for one, _ in pairs))
    assert side.challenger_cost * len(pairs) == pytest.approx(sum(price[other] for _, other in pairs))
    assert side.p_value == pytest.approx(min(1.0, 2 * binom.cdf(min(gained, lost), gained + lost, 0.5)))


def judged(
    shared: list[tuple[str, str]],
    only_new: list[tuple[str, str]],
    own: list[tuple[str, str]] | None = None,
    corrected: int = 0,
) -> Comparison:
    """Return the verdict on pairs of a champion's and a challenger's outcomes; the last tickets are corrections."""
    pairs = [*shared, *only_new]
    places = np.arange(len(pairs))
    return compare(
        Evidence(
            champion=filed([one for one, _ in pairs]),
            challenger=filed([other for _, other in pairs]),
            is_shared=places < len(shared),
            is_corrected=places >= len(pairs) - corrected,
            before=filed([one for one, _ in own]) if own else None,
            after=filed([other for _, other in own]) if own else None,
        )
    )


SAME = ("right", "right")
TAUGHT = ("wrong", "right")


def test_a_category_that_only_the_challenger_knows_counts_by_its_own_tickets() -> None:
    """Forty of fifty learnt, and nothing else changed."""
    verdict = judged([], [TAUGHT] * 40 + [("wrong", "none")] * 10, own=[SAME] * 300, corrected=50)
    assert verdict.is_better
    assert (verdict.only_new.tickets, verdict.only_new.challenger_right) == (50, 0.8)
    assert "50 of a category that it does not know" in verdict.reason


@pytest.mark.parametrize(
    ("count", "is_better"),
    [(14, False), (15, True)],
)
def test_few_tickets_of_a_new_category_are_enough(count: int, is_better: bool) -> None:
    """Fifteen; with fewer nothing is concluded, and the reason says so."""
    verdict = judged([], [TAUGHT] * count, own=[SAME] * 300, corrected=count)
    assert verdict.is_better is is_better
    assert ("30 are needed" in verdict.reason) is not is_better


@pytest.mark.parametrize(
    ("wins", "losses", "words"),
    [(20, 5, "Promoted"), (5, 20, "worse"), (8, 5, "may be chance"), (0, 0, "no gain"), (6, 0, "Promoted")],
)
def test_the_reason_says_what_was_counted(wins: int, losses: int, words: str) -> None:
    """Anybody can see why a model was promoted or not."""
    verdict = judged([("none", "right")] * wins + [("right", "none")] * losses + [SAME] * 40, [])
    assert words in verdict.reason
    assert verdict.is_better == (words == "Promoted")
    assert f"alone does better on {wins}" in verdict.reason


def test_what_was_known_must_not_be_lost() -> None:
    """A gain on new tickets does not pay for a loss of more than a point on the champion's own."""
    gain = [TAUGHT] * 50
    assert judged([], gain, own=[SAME] * 991 + [("right", "wrong")] * 9).is_better
    verdict = judged([], gain, own=[SAME] * 980 + [("right", "wrong")] * 20)
    assert not verdict.is_better
    assert "98.0%" in verdict.reason


def test_corrections_that_contradict_the_other_tickets_are_not_learnt() -> None:
    """Three in ten of them wrong: the others taught, but the batch is not trusted."""
    verdict = judged([], [TAUGHT] * 35 + [("wrong", "wrong")] * 15, own=[SAME] * 300, corrected=50)
    assert not verdict.is_better
    assert "15 contradict the other tickets" in verdict.reason


def test_an_answer_turned_wrong_weighs_more_than_one_won() -> None:
    """A wrong answer costs three readings, none costs one: more wins than losses can still cost more."""
    verdict = judged([("none", "right")] * 20 + [("right", "wrong")] * 8 + [SAME] * 30, [])
    assert not verdict.is_better
    assert verdict.together.challenger_cost > verdict.together.champion_cost

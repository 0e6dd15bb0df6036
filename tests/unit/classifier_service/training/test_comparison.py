"""A challenger serves only if it is better by more than chance, on tickets new to both."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from classifier_service.models.text_hashes import TextHashes
from classifier_service.training.comparison import compare, judge
from classifier_service.training.evaluation import answer
from classifier_service.training.labelled_tickets import LabelledTickets
from tests.factories.models import ConstantModel, make_bundle


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=60))
def test_the_p_value_is_that_of_the_definition(pairs: list[tuple[bool, bool]]) -> None:
    """Twice the smaller tail of the binomial distribution over the tickets that they disagree on, at most 1."""
    comparison = judge([one for one, _ in pairs], [other for _, other in pairs])
    disagreements = comparison.only_challenger_right + comparison.only_champion_right
    fewer = min(comparison.only_challenger_right, comparison.only_champion_right)
    assert comparison.p_value == pytest.approx(min(1.0, 2 * binom.cdf(fewer, disagreements, 0.5)))
    assert comparison.is_better == (
        comparison.p_value < 0.05 and comparison.only_challenger_right > comparison.only_champion_right
    )


@pytest.mark.parametrize(
    ("wins", "losses", "words"),
    [
        (20, 5, "Promoted"),
        (5, 20, "no gain"),
        (8, 5, "may be chance"),
        (0, 0, "no gain"),
        (6, 0, "Promoted"),
        (5, 0, "chance"),
    ],
)
def test_the_reason_says_what_was_counted(wins: int, losses: int, words: str) -> None:
    """Anybody can see why a model was promoted or not."""
    comparison = judge([True] * wins + [False] * losses + [True], [False] * wins + [True] * losses + [True])
    assert words in comparison.reason
    assert comparison.is_better == (words == "Promoted")
    assert f"alone is right on {wins}" in comparison.reason


def held_out(count: int) -> LabelledTickets:
    """Return different tickets that are all returns."""
    texts = tuple(f"{'abcdefghij'[place % 10]} {'klmnopqrst'[place // 10]}" for place in range(count))
    return LabelledTickets(texts, ("return_refund",) * count)


def test_only_tickets_new_to_the_champion_count() -> None:
    """What it has learnt from would flatter it."""
    tickets = held_out(100)
    champion = make_bundle(learnt_texts=TextHashes.of(tickets.texts[:60]))
    challenger = answer(ConstantModel(answer=(0.1, 0.9)), tickets)
    comparison = compare(champion, challenger, tickets)
    assert (comparison.tickets, comparison.only_challenger_right, comparison.is_better) == (40, 40, True)


def test_too_few_new_tickets_keep_the_champion() -> None:
    """Nothing is concluded from next to nothing; the reason says so."""
    tickets = held_out(100)
    champion = make_bundle(learnt_texts=TextHashes.of(tickets.texts[:90]))
    comparison = compare(champion, answer(ConstantModel(answer=(0.1, 0.9)), tickets), tickets)
    assert not comparison.is_better
    assert "all but 10 of the 100" in comparison.reason

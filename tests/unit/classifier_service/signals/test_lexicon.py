"""The lexicon's words weigh as they are written: denied, strengthened, weakened, contrasted."""

import pytest

from classifier_service.signals.lexicon import sentiment_lexicon


def valence(text: str) -> float:
    return sum(each.valence for each in sentiment_lexicon().feelings(text))


def test_words_have_the_sign_of_their_feeling() -> None:
    """Pleasure is above 0, frustration below, a matter of fact nothing."""
    assert valence("wonderful") > 0 > valence("unacceptable")
    assert valence("please refund the damaged book, the website has an error") == 0


@pytest.mark.parametrize(
    ("weaker", "stronger"),
    [("good", "so good"), ("bad", "really bad"), ("slightly bad", "bad"), ("bad", "bad!!")],
)
def test_emphasis_moves_a_word_away_from_nothing(weaker: str, stronger: str) -> None:
    """Intensifiers and exclamation marks strengthen, dampers weaken, in the direction of the word."""
    assert abs(valence(stronger)) > abs(valence(weaker))
    assert valence(stronger) * valence(weaker) > 0


def test_a_denial_up_to_three_words_before_turns_a_word_round() -> None:
    """VADER's factor for negation, and its reach."""
    assert valence("not a nice thing") == pytest.approx(-0.74 * valence("nice"))
    assert valence("not that this here is nice") == valence("nice")


def test_a_denial_reaches_no_further_than_its_sentence() -> None:
    """What the next sentence feels is not denied by this one."""
    assert valence("There is no invoice. Good work") == valence("Good work")


def test_what_comes_after_but_counts_more() -> None:
    """The second half is what is meant."""
    assert valence("good, but bad") < 0 < valence("bad, but good")


def test_formulas_of_letters_are_no_feelings() -> None:
    """Greetings and polite phrases hold words of feeling and mean none."""
    assert valence("Good morning, I would like to know. Kind regards") == 0


def test_setswana_is_felt_too() -> None:
    """Its phrases have their valence, and a denied one its own entry."""
    assert valence("Ke itumetse thata") > 0 > valence("Ga ke a itumela")

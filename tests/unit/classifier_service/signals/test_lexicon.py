"""The lexicon's words weigh as they are written: denied, strengthened, weakened, contrasted, asked about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier_service.signals.lexicon import sentiment_lexicon
from classifier_service.words import words_and_ends


def valence(text: str) -> float:
    return sum(each.valence for each in sentiment_lexicon().feelings(text))


def test_words_have_the_sign_of_their_feeling() -> None:
    """Pleasure is above 0, frustration below, a matter of fact nothing."""
    assert valence("wonderful") > 0 > valence("unacceptable")
    assert valence("please refund the book that I sent back, my order number is 4471") == 0


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
    assert valence("not that this here is nice") > 0


def test_a_denial_reaches_no_further_than_its_sentence() -> None:
    """What the next sentence feels is not denied by this one."""
    assert valence("There is no invoice. Good work") > 0


def test_what_comes_after_but_counts_more() -> None:
    """The second half is what is meant."""
    assert valence("good, but bad") < 0 < valence("bad, but good")


def test_formulas_of_letters_are_no_feelings() -> None:
    """Greetings and polite phrases hold words of feeling and mean none."""
    assert valence("Good morning, I would like to know. Kind regards") == 0


def test_setswana_is_felt_too() -> None:
    """Its phrases have their valence, and a denied one its own entry."""
    assert valence("Ke itumetse thata") > 0 > valence("Ga ke a itumela")


@pytest.mark.parametrize(
    "text",
    [
        "😡😡😡",
        "#horribleservice",
        "#WorstBankEver",
        "hung up on me after 2 hours on hold",
        "still no refund after 3 weeks",
        "still waiting, third time",
        "soooo rude",
        ":(",
        "Ke letile dibeke tse pedi, ga go ope yo o nkarabang",
        "lost my bag, no reply, never again",
    ],
)
def test_complaints_are_felt_without_a_word_of_anger(text: str) -> None:
    """Emoji, hashtags, waiting times and what goes wrong with a service say enough."""
    assert valence(text) <= -1.3


@pytest.mark.parametrize("text", ["Thanks!", "thank you 😊", "#greatcrew", "<3", "Ke a leboga!", "YOU ROCK"])
def test_short_thanks_and_signs_are_pleasure(text: str) -> None:
    """A message that is nothing but thanks is glad."""
    assert valence(text) >= 1.3


@pytest.mark.parametrize(
    "text",
    [
        "Is my flight delayed?",
        "How do I report a lost bag?",
        "Could you tell me whether the shop is closed?",
        "Please tell me what to do if my card is lost. Thanks",
        "Ke kopa nomore ya lona. Ke a leboga.",
    ],
)
def test_a_question_or_request_complains_of_nothing_and_its_thanks_are_a_formula(text: str) -> None:
    """What went wrong is asked about."""
    assert abs(valence(text)) < 1.2


def test_a_reproach_is_no_plain_question() -> None:
    """Why and how often are asked in anger."""
    assert valence("Why is nobody answering the phone?") < valence("Is somebody answering the phone?")


def test_repeating_a_sign_and_capitals_make_it_stronger() -> None:
    """Up to a point."""
    assert valence("😡😡") < valence("😡")
    assert valence("this is AWFUL") < valence("this is awful")
    assert valence("😡" * 50) == valence("😡" * 4)


def test_praise_for_what_was_put_right_is_praise() -> None:
    """The problem that it names does not count as a complaint."""
    assert valence("Great help with my lost bag, thank you") > 1.3


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("😡😍#!?:()aoX")), max_size=300))
def test_any_text_has_a_valence(text: str) -> None:
    """Whatever marks and letters are thrown together."""
    assert isinstance(valence(text), float | int)


@given(
    st.lists(st.sampled_from(["Thanks", "not", "good", "sooo", "#latebook", "never came", "?", "!", ". ", "\n", " "]))
)
def test_a_caller_may_bring_the_words(parts: list[str]) -> None:
    """The feelings are the same with and without the words that the caller has cut."""
    text = " ".join(parts)
    assert sentiment_lexicon().feelings(text, words_and_ends(text)) == sentiment_lexicon().feelings(text)


@pytest.mark.parametrize(
    "text",
    [
        "The website is down again. Nobody answers. Great job",
        "They left my parcel in the rain. Nice one",
        "Our flight was cancelled and nobody tells us anything. Amazing.",
    ],
)
def test_a_few_words_of_praise_after_nothing_but_complaints_mock(text: str) -> None:
    """They make it no better."""
    assert valence(text) < -1


def test_praise_that_says_what_it_is_for_does_not_mock() -> None:
    """A complaint and a compliment can stand side by side."""
    assert valence("The flight was delayed. The crew was wonderful with my children though, thank you") > 0


@pytest.mark.parametrize(
    ("asked", "complained"),
    [
        ("Can you tell me what to do if I lost my card?", "You lost my card"),
        ("Does no answer mean that the form was received?", "I wrote twice and got no answer"),
    ],
)
def test_what_went_wrong_counts_less_where_it_is_asked_about(asked: str, complained: str) -> None:
    """A question about a loss is no complaint of it."""
    assert valence(complained) < 3 * valence(asked) < 0

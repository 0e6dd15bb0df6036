"""How a customer sounds is a score between -1 and 1, with the words behind it."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier_service.classification import Sentiment
from classifier_service.signals.sentiment import LearnedSentiment, cold_start_sentiment, sentiment_answer, squash


@pytest.mark.parametrize(
    ("text", "sentiment"),
    [
        ("This is the third time I write. Nobody cares, it is ridiculous.", Sentiment.FRUSTRATED),
        ("Where is the parcel?", Sentiment.NEUTRAL),
        ("", Sentiment.NEUTRAL),
        ("You have been wonderful, my children love the books!", Sentiment.PLEASED),
        ("Ke swabile thata.", Sentiment.FRUSTRATED),
        ("Lo dirile sentle thata, ke itumetse.", Sentiment.PLEASED),
    ],
)
def test_cold_start(text: str, sentiment: Sentiment) -> None:
    """Without anything learnt, plain messages are felt as a reader feels them."""
    assert sentiment_answer(float(cold_start_sentiment().scores([text])[0])).sentiment == sentiment


def test_terms_are_the_strongest_first_and_no_more_than_asked_for() -> None:
    """Each stands with the valence that it has in this text."""
    terms = cold_start_sentiment().terms("good, and not bad, and unacceptable", 2)
    assert [term for term, _valence in terms] == ["unacceptable", "good"]


def test_learnt_terms_add_to_the_lexicon() -> None:
    """A word that only this desk uses moves the score by its share of the log-odds times the trust."""
    model = LearnedSentiment({"laybuy": (2.0, -3.0)}, intercept=0.5, trust=2.0)
    assert model.learnt_log_odds(["laybuy"]) == pytest.approx(-2.5)
    assert model.scores(["laybuy", "parcel"]).tolist() == pytest.approx([squash(-5.0), 0.0])
    assert model.terms("laybuy is good", 5) == (("laybuy", -6.0), ("good", 2.0))


@given(st.floats(1e-6, 1e6), st.sampled_from([-1, 1]))
def test_squash_keeps_sign_and_bounds(size: float, sign: int) -> None:
    """A score stays within -1..1 on the side of its sum."""
    assert 0 < sign * squash(sign * size) <= 1


@given(
    st.lists(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("😡😍#!soO 39h")), max_size=200), max_size=4)
)
def test_any_text_scores_between_minus_one_and_one(texts: list[str]) -> None:
    """Whatever is written."""
    assert all(-1 <= score <= 1 for score in cold_start_sentiment().scores(texts).tolist())


def test_models_can_be_pickled() -> None:
    """Both kinds come back equal: they are stored with a category model."""
    for model in (cold_start_sentiment(), LearnedSentiment({"a": (1.0, 2.0)}, 0.1, 0.5)):
        assert pickle.loads(pickle.dumps(model)) == model  # noqa: S301 - our own bytes

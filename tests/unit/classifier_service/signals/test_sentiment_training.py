"""A desk's own words are learnt where its labels say something, and left out where they do not."""

import random

import pytest

from classifier_service.classification import Sentiment
from classifier_service.signals.sentiment import LearnedSentiment, LexiconSentiment
from classifier_service.signals.sentiment_training import sentiment_of_rating, train_sentiment

FILLER = ("parcel", "shop", "invoice", "box", "slip", "shelf", "cover", "page", "counter")


def texts(seed: int, *words: str, count: int = 80) -> list[str]:
    draw = random.Random(seed)
    return [" ".join([*draw.sample(FILLER, 6), draw.choice(words)]) for _ in range(count)]


def test_words_of_this_desk_are_learnt() -> None:
    """Words that the lexicon does not know and that part the labels decide afterwards."""
    labels = [Sentiment.FRUSTRATED] * 80 + [Sentiment.PLEASED] * 80
    model = train_sentiment([*texts(1, "laybuy", "backlog"), *texts(2, "storytime", "craft")], labels)
    assert isinstance(model, LearnedSentiment)
    frustrated, pleased, neither = model.scores(["laybuy slip", "storytime slip", "zebra"])
    assert frustrated < -0.3 < 0.3 < pleased
    assert neither == 0
    assert model.terms("my laybuy", 1)[0][0] == "laybuy"


def test_labels_that_say_nothing_leave_the_lexicon_alone() -> None:
    """Chance labels are not trusted."""
    labels = random.Random(3).choices([Sentiment.FRUSTRATED, Sentiment.PLEASED], k=400)
    assert train_sentiment(texts(3, "good", "bad", count=400), labels) == LexiconSentiment()


@pytest.mark.parametrize("frustrated", [0, 49])
def test_too_few_labels_leave_the_lexicon_alone(frustrated: int) -> None:
    """Fifty of each side are needed; neutral ones are no side."""
    labels = [Sentiment.FRUSTRATED] * frustrated + [Sentiment.PLEASED] * 100 + [Sentiment.NEUTRAL] * 500
    assert train_sentiment(texts(4, "a", count=len(labels)), labels) == LexiconSentiment()


def test_training_again_gives_the_same_model() -> None:
    """Nothing in it is left to chance."""
    labels = [Sentiment.FRUSTRATED] * 80 + [Sentiment.PLEASED] * 80
    rows = [*texts(1, "laybuy"), *texts(2, "storytime")]
    assert train_sentiment(rows, labels) == train_sentiment(rows, labels)


def test_ratings_become_labels() -> None:
    """One and two stars are frustrated, three neutral, four and five pleased."""
    moods = [sentiment_of_rating(rating) for rating in range(1, 6)]
    assert moods == [Sentiment.FRUSTRATED] * 2 + [Sentiment.NEUTRAL] + [Sentiment.PLEASED] * 2

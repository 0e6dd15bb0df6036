"""Texts unlike those that were learnt are told from the others."""

import pickle

import numpy as np
import pytest

from classifier_service.models.familiarity import (
    SURE,
    WITHIN,
    Familiarity,
    LearntWords,
    Nearness,
    Scope,
    familiar_tokens,
    likeness_of,
    sureness,
)
from classifier_service.training.familiarity import learn_words
from classifier_service.training.labelled_tickets import LabelledTickets

LEARNT = LabelledTickets(
    ("where is my parcel", "the parcel is late", "my password is wrong", "reset the password please"),
    ("book_order", "book_order", "account_issue", "account_issue"),
)


@pytest.fixture(scope="module")
def words() -> LearntWords:
    """The words of four short texts."""
    return learn_words(LEARNT)


def test_a_learnt_text_is_nearer_than_a_foreign_one(words: LearntWords) -> None:
    """Each word that was not learnt takes a text further away."""
    closeness = words.measure(["where is my parcel", "where is my geyser", "plumber geyser valve"])
    assert closeness[0] > closeness[1] > closeness[2] == 0


def test_closeness_is_the_mean_cosine_with_the_nearest_texts(words: LearntWords) -> None:
    """Compared with the definition, where all texts are among the nearest: four words, so by their fourth root."""
    closeness = words.measure(["is my parcel late"])
    idf = {word: float(words.idf[column]) for word, column in words.columns.items()}
    rows = [{word: idf[word] for word in familiar_tokens(text)} for text in LEARNT.texts]
    asked = {word: idf[word] for word in ("is", "my", "parcel", "late")}

    def length(row: dict[str, float]) -> float:
        return float(np.sqrt(sum(value * value for value in row.values())))

    cosines = [
        sum(value * row.get(word, 0) for word, value in asked.items()) / length(asked) / length(row) for row in rows
    ]
    assert closeness[0] == pytest.approx(np.mean(cosines) / 4**0.25, rel=1e-5)


@pytest.mark.parametrize("text", ["", "!?", "a", " \n "])
def test_a_text_without_words_is_near_nothing(words: LearntWords, text: str) -> None:
    """No crash and no division by zero."""
    assert words.measure([text]).tolist() == [0]


def test_every_number_is_the_same_word() -> None:
    """An order number that was never seen is no unknown word."""
    assert familiar_tokens("Order BK123 of 2024-05-01!") == ["order", "0", "of", "0", "0", "0"]


def test_a_phrase_is_known_if_all_its_words_are(words: LearntWords) -> None:
    """As keywords ask."""
    assert words.knows("Parcel late")
    assert not words.knows("parcel valve")


def test_only_what_is_below_the_usual_lowers_the_score() -> None:
    """A text that is nearer than the usual one cannot make up for a model that is not sure."""
    scope = Scope(closeness=0.5, sureness=7.0, edge=-2.0, belonging=1.0)
    nearness = Nearness(
        closeness=np.array([0.5, 0.9, 0.2, 0.5, 0.9]),
        sureness=np.array([7.0, 9.0, 7.0, -7.0, 9.0]),
        belonging=np.array([1.0, 3.0, 1.0, 1.0, -0.5]),
    )
    score = scope.score(nearness)
    assert score.tolist() == pytest.approx([0, 0, -1, -1, -1.5])


def test_a_familiarity_from_before_the_border_still_opens_and_answers(words: LearntWords) -> None:
    """Its pickle has fewer values; what is missing tells nothing of a text."""
    scope, familiarity = Scope.__new__(Scope), Familiarity.__new__(Familiarity)
    scope.__setstate__([0.5, 2.0, -2.0])
    familiarity.__setstate__([words, scope])
    assert (familiarity.scope, familiarity.border) == (Scope(0.5, 2.0, -2.0), None)
    probabilities = np.array([[0.9, 0.1]], np.float32)
    before = Nearness(words.measure(["where is my parcel"]), sureness(probabilities), np.zeros(1))
    assert familiarity.score(["where is my parcel"], probabilities) == pytest.approx(scope.score(before))


def test_a_familiarity_can_be_pickled(words: LearntWords) -> None:
    """As a model is published."""
    familiarity = Familiarity(words, Scope(0.5, 2.0, -2.0, 0.3))
    again = pickle.loads(pickle.dumps(familiarity))  # noqa: S301 - made here
    assert again.scope == familiarity.scope
    assert again.border is None


def test_likeness_is_half_at_the_edge() -> None:
    """Above it rises to 1, below it falls to 0."""
    likeness = likeness_of(np.array([0.0, -1.5, -2.0, -2.5, -9.0]), -2.0)
    assert likeness[2] == WITHIN
    assert np.all(np.diff(likeness) < 0)
    assert likeness[0] > 0.99
    assert likeness[-1] < 0.01


def test_a_model_can_be_sure_but_no_more_than_sure() -> None:
    """A model of templates says 1.0 of everything; that is no sign of likeness beyond 99.9 %."""
    odds = sureness(np.array([[1.0, 0.0], [0.5, 0.5]], np.float32))
    assert odds.tolist() == pytest.approx([SURE, 0.0])


def test_the_likeness_of_no_texts_is_empty(words: LearntWords) -> None:
    """A batch may be empty."""
    familiarity = Familiarity(words, Scope(0.5, 2.0, -2.0))
    assert familiarity.likeness([], np.empty((0, 2), np.float32)).shape == (0,)

"""What a desk's texts are like is learnt from them, and the texts of another trade lie outside."""

from datetime import UTC, datetime
from functools import cache

import numpy as np
import pytest

from classifier_service.models.bundle import Flavour
from classifier_service.models.familiarity import WITHIN
from classifier_service.training.familiarity import (
    HIGHEST_EDGE,
    LEFT_OUT,
    LEFT_OUT_OF_TEMPLATE,
    MAX_TEXTS,
    find_scope,
    learn_words,
)
from classifier_service.training.fitting import calibrate
from classifier_service.training.labelled_tickets import LabelledTickets
from classifier_service.training.other_trades import other_trades
from classifier_service.training.train import TrainedModel, TrainingPlan, train
from tests.factories.labelled_texts import labelled_texts

FOREIGN = ("Geyser burst, water runs through the ceiling", "Node three of our cluster stopped at midnight")


@cache
def trained() -> TrainedModel:
    """Return a model of made-up tickets, trained once."""
    texts, labels = labelled_texts(400)
    return train(
        LabelledTickets(tuple(texts), tuple(labels)), TrainingPlan(Flavour.FAST, datetime(2026, 7, 1, tzinfo=UTC))
    )


def likeness(texts: tuple[str, ...]) -> np.ndarray:
    """Return the likeness of texts by the trained model."""
    bundle = trained().bundle
    assert bundle.familiarity is not None
    return bundle.familiarity.likeness(texts, bundle.category_model.probabilities(texts))


def test_the_desks_own_texts_are_like_it_and_foreign_ones_are_not() -> None:
    """New texts of the same desk, against texts of two other trades."""
    texts, _labels = labelled_texts(200, seed=9)
    assert (likeness(tuple(texts)) < WITHIN).mean() <= 2 * LEFT_OUT
    assert np.all(likeness(FOREIGN) < WITHIN)


def test_the_edge_is_never_above_its_highest() -> None:
    """Texts made from templates are so alike that their own lowest fiftieth would leave out nearly everything else."""
    familiarity = trained().bundle.familiarity
    assert familiarity is not None
    assert familiarity.scope.edge <= HIGHEST_EDGE


def test_a_template_leaves_more_of_its_own_texts_out_than_a_desk() -> None:
    """Its texts are no desk's own, so it is more careful with what it files."""
    texts, labels = labelled_texts(400)
    tickets = LabelledTickets(tuple(texts), tuple(labels)).as_read().without_rare()
    _calibration, answers = calibrate(tickets, 1, None)
    desk, _likeness = find_scope(tickets, answers, 1, other_trades())
    template, likeness = find_scope(tickets, answers, 1, other_trades(), is_of_template=True)
    assert template.edge > desk.edge
    assert (likeness < WITHIN).mean() == pytest.approx(LEFT_OUT_OF_TEMPLATE, abs=0.02)


def test_the_confidence_of_held_out_answers_is_lowered_by_their_likeness() -> None:
    """The figures of the card are those of what serves."""
    result = trained()
    assert np.all(result.unseen_answers.confidence <= 1)
    assert len(result.unseen_answers.confidence) == len(result.unseen)


def test_few_of_many_texts_are_kept() -> None:
    """So that a large desk is as quick as a small one."""
    texts = tuple(f"word{'abcdefghij'[place % 10]}x letter{chr(97 + place // 200)}" for place in range(MAX_TEXTS + 100))
    words = learn_words(LabelledTickets(texts, ("one", "two") * (len(texts) // 2)))
    assert words.text_count == MAX_TEXTS
    assert int(words.texts.max()) < MAX_TEXTS
    assert words.starts[-1] == len(words.texts) == len(words.values)


def test_equal_tickets_give_equal_words() -> None:
    """Training is repeatable."""
    texts, labels = labelled_texts(100)
    one, other = (learn_words(LabelledTickets(tuple(texts), tuple(labels))) for _ in range(2))
    np.testing.assert_array_equal(one.values, other.values)
    np.testing.assert_array_equal(one.texts, other.texts)
    assert one.columns == other.columns

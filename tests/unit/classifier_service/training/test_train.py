"""Training learns, says how well, and comes out the same again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import joblib
import numpy as np
import pytest

from classifier_service.errors import TrainingDataError
from classifier_service.models.accurate import AccurateModel
from classifier_service.models.bundle import Flavour
from classifier_service.training.labelled_tickets import LabelledTickets
from classifier_service.training.train import TrainedModel, TrainingPlan, train
from tests.factories.fake_encoder import WordEncoder
from tests.factories.labelled_texts import labelled_texts

NOW = datetime(2026, 7, 1, tzinfo=UTC)


def tickets(count: int = 400) -> LabelledTickets:
    """Return made-up tickets of four categories, an hour between two."""
    texts, labels = labelled_texts(count)
    created_at = tuple(NOW - timedelta(hours=count - place) for place in range(count))
    return LabelledTickets(tuple(texts), tuple(labels), (), created_at)


@cache
def trained(flavour: Flavour) -> TrainedModel:
    """Return a model of each flavour, trained once."""
    return train(tickets(), TrainingPlan(flavour, NOW, encoder=WordEncoder()))


FLAVOURS = pytest.mark.parametrize("flavour", list(Flavour))


@FLAVOURS
def test_a_model_learns_and_its_card_says_how_well(flavour: Flavour) -> None:
    """One label in twenty is wrong; nearly everything else is right, and the card says so."""
    card = trained(flavour).card
    assert card.metrics.accuracy > 0.85
    assert card.metrics.macro_f1 > 0.8
    assert card.flavour == trained(flavour).bundle.flavour == flavour
    assert (card.training_rows, card.data_from, card.data_to) == (
        400,
        NOW - timedelta(hours=400),
        NOW - timedelta(hours=1),
    )
    assert card.held_out_rows == len(trained(flavour).held_out) == sum(cell.tickets for cell in card.confusion)
    assert card.data_hash == tickets().data_hash()
    assert 0 < card.abstention_threshold < 1
    assert len(card.thresholds) == 101
    assert card.thresholds[0].precision == pytest.approx(card.metrics.accuracy)


@FLAVOURS
def test_equal_tickets_and_seed_make_equal_models(flavour: Flavour) -> None:
    """Equal answers, equal data hash, and a model file that is equal to the byte."""
    again = train(tickets(), TrainingPlan(flavour, NOW + timedelta(days=1), encoder=WordEncoder()))
    first = trained(flavour)
    assert again.card.data_hash == first.card.data_hash
    assert again.card.metrics.accuracy == first.card.metrics.accuracy
    texts = list(tickets().texts)
    np.testing.assert_array_equal(
        again.bundle.category_model.probabilities(texts), first.bundle.category_model.probabilities(texts)
    )
    if flavour is Flavour.FAST:
        assert joblib.hash(again.bundle) == joblib.hash(first.bundle)


def test_another_ticket_is_another_hash() -> None:
    """What was learnt from can be told by it."""
    some = tickets()
    assert replace(some, texts=("something else", *some.texts[1:])).data_hash() != some.data_hash()


@FLAVOURS
def test_held_out_tickets_are_new_to_what_was_measured_and_known_to_what_is_published(flavour: Flavour) -> None:
    """The published model has learnt from everything, and says so, so that it is never measured on it."""
    result = trained(flavour)
    assert result.bundle.learnt_texts.hold(result.held_out.texts).all()
    assert result.answers.right == result.held_out.labels


def test_a_desk_of_few_tickets_asks_the_encoder_for_every_ticket() -> None:
    """A few hundred tickets cannot show that the quick model alone is as good."""
    model = trained(Flavour.ACCURATE).bundle.category_model
    assert isinstance(model, AccurateModel)
    texts, _ = labelled_texts(50, seed=9)
    assert model.asks_encoder(texts).all()


def test_the_encoder_is_asked_below_the_threshold_only() -> None:
    """A surer answer of the quick model stays as it is."""
    model = trained(Flavour.ACCURATE).bundle.category_model
    assert isinstance(model, AccurateModel)
    texts, _ = labelled_texts(500, seed=9)
    encoder = WordEncoder()
    threshold = float(np.median(model.fast.probabilities(texts).max(axis=1)))
    model = replace(model, encoder=encoder, blend=replace(model.blend, threshold=threshold))
    asked = model.asks_encoder(texts)
    answers = model.probabilities(texts)
    assert encoder.asked == [text for text, is_asked in zip(texts, asked, strict=True) if is_asked]
    np.testing.assert_array_equal(answers[~asked], model.fast.probabilities(texts)[~asked])
    assert asked.any()
    assert not asked.all()


def test_answers_do_not_depend_on_who_else_asks() -> None:
    """A ticket alone gets what it gets in a batch."""
    model = trained(Flavour.ACCURATE).bundle.category_model
    texts, _ = labelled_texts(60, seed=9)
    together = model.probabilities(texts)
    np.testing.assert_allclose(together.sum(axis=1), 1, atol=1e-5)
    for place, text in enumerate(texts):
        np.testing.assert_allclose(model.probabilities([text])[0], together[place], atol=1e-5)


@FLAVOURS
def test_terms_name_words_of_the_text(flavour: Flavour) -> None:
    """For a sure answer and for one that the encoder was asked for."""
    model = trained(flavour).bundle.category_model
    texts, _ = labelled_texts(100, seed=9)
    for text in texts:
        for term, _weight in model.terms(text, "return_refund", 5):
            assert term in " ".join(text.lower().split()) or all(word in text.lower() for word in term.split())


def test_a_small_category_is_found() -> None:
    """One ticket in thirty is of it, and most of those are still found."""
    texts, labels = labelled_texts(900)
    keep = [place for place, label in enumerate(labels) if label != "return_refund" or place % 10 == 0]
    some = LabelledTickets(tuple(texts[place] for place in keep), tuple(labels[place] for place in keep))
    card = train(some, TrainingPlan(Flavour.FAST, NOW)).card
    small = next(category for category in card.categories if category.category == "return_refund")
    assert some.labels.count("return_refund") < len(some) / 20
    assert small.recall > 0.5


def test_a_correction_outweighs_an_import() -> None:
    """Where people corrected what an import said, the model follows the people."""
    texts, labels = labelled_texts(300)
    wrong, right = ["where is the parcel"] * 20, ["where is the parcel"] * 12
    some = LabelledTickets(
        (*texts, *wrong, *right),
        (*labels, *["account_issue"] * 20, *["book_order"] * 12),
        (*[1.0] * 320, *[3.0] * 12),
    )
    model = train(some, TrainingPlan(Flavour.FAST, NOW)).bundle.category_model
    assert model.classes[int(model.probabilities(["where is the parcel"])[0].argmax())] == "book_order"


def test_too_little_is_a_clear_error() -> None:
    """Nothing is learnt from one category."""
    with pytest.raises(TrainingDataError):
        train(LabelledTickets(("a",) * 20, ("one",) * 20), TrainingPlan(Flavour.FAST, NOW))


def test_categories_that_repeat_one_text_are_refused() -> None:
    """Nothing could be measured without the fold that holds the text."""
    texts, labels = labelled_texts(200)
    some = [text for text, label in zip(texts, labels, strict=True) if label == labels[0]]
    repeating = LabelledTickets((*some, *(["so many words"] * 8)), (*("A" for _ in some), *(["B"] * 8)))
    with pytest.raises(TrainingDataError, match="repeat the same text"):
        train(repeating, TrainingPlan(Flavour.FAST, NOW))

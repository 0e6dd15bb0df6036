"""Makes a model and its card from labelled tickets."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import sklearn

from classifier_service.models.bundle import Flavour, ModelBundle
from classifier_service.models.category_model import CategoryModel
from classifier_service.models.encoder import Encoder, shared_encoder
from classifier_service.models.text_hashes import TextHashes
from classifier_service.registry.model_card import ModelCard, new_version
from classifier_service.signals.sentiment import SentimentModel, cold_start_sentiment
from classifier_service.training.abstention import abstention_threshold, coverage_and_precision
from classifier_service.training.evaluation import Answers, answer, evaluate, milliseconds_a_ticket
from classifier_service.training.fitting import OutOfFold, calibrate, fit
from classifier_service.training.labelled_tickets import LabelledTickets
from classifier_service.training.remembered_vectors import RememberingEncoder
from classifier_service.training.splitting import split_tickets

DEFAULT_SEED: Final = 20_260_101
LEAST_THRESHOLD: Final = 0.3
"""Lowest abstention threshold: tickets of unknown categories, which should get no answer, do not occur in training."""


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """How to train.

    Attributes:
        flavour: The kind of model.
        trained_at: Time of training.
        seed: Seed of every random choice.
        sentiment: Sentiment model for the bundle; None takes the lexicon alone.
        encoder: Encoder for an `accurate` model; None takes the installed encoder.
    """

    flavour: Flavour
    trained_at: datetime
    seed: int = DEFAULT_SEED
    sentiment: SentimentModel | None = None
    encoder: Encoder | None = None


@dataclass(frozen=True, slots=True)
class TrainedModel:
    """A model and what it was measured on.

    Attributes:
        bundle: The model; it has learnt from all tickets, the held-out ones included.
        card: Its card; the figures are those of a model made in the same way without the held-out tickets.
        held_out: The held-out tickets.
        answers: Answers to them by the model that had not seen them; for the comparison with a champion.
    """

    bundle: ModelBundle
    card: ModelCard
    held_out: LabelledTickets
    answers: Answers


def train(tickets: LabelledTickets, plan: TrainingPlan) -> TrainedModel:
    """Measure a model on held-out tickets, then make a model in the same way from all tickets.

    The newest fifth is held out. The calibration and the abstention threshold come from the older tickets alone. The
    same tickets and seed give the same model.

    Raises:
        TrainingDataError: If there are too few tickets or categories.
        EncoderMissingError: If an `accurate` model is asked for, but the extra `encoder` is not installed.
    """
    tickets = tickets.as_read()
    encoder = choose_encoder(plan)
    split = split_tickets(tickets.without_rare(), plan.seed)
    known = split.training.without_rare()
    calibration, out_of_fold = calibrate(known, plan.seed, encoder)
    measured = fit(known, calibration, plan.seed, encoder)
    answers = answer(measured, split.held_out)
    everything = tickets.without_rare()
    bundle = _bundle(plan, everything, fit(everything, calibration, plan.seed, encoder), out_of_fold)
    milliseconds = milliseconds_a_ticket(bundle.category_model, split.held_out.texts)
    card = _card(plan, everything, bundle, answers, milliseconds)
    return TrainedModel(bundle, card, split.held_out, answers)


def learn(tickets: LabelledTickets, plan: TrainingPlan) -> tuple[ModelBundle, OutOfFold]:
    """Return a model of all tickets, and answers to each ticket by models that had not seen it.

    Nothing is held out: the model is to be measured on the tickets of another file. It raises the errors of `train`.
    """
    encoder = choose_encoder(plan)
    known = tickets.as_read().without_rare()
    calibration, out_of_fold = calibrate(known, plan.seed, encoder)
    return _bundle(plan, known, fit(known, calibration, plan.seed, encoder), out_of_fold), out_of_fold


def choose_encoder(plan: TrainingPlan) -> RememberingEncoder | None:
    """Return the encoder that a plan needs, with a cache; None for a `fast` model."""
    if plan.flavour is Flavour.FAST:
        return None
    return RememberingEncoder(plan.encoder or shared_encoder())


def _bundle(plan: TrainingPlan, tickets: LabelledTickets, model: CategoryModel, out_of_fold: OutOfFold) -> ModelBundle:
    cheapest = abstention_threshold(out_of_fold.confidence, out_of_fold.is_right)
    return ModelBundle(
        category_model=model,
        sentiment_model=plan.sentiment or cold_start_sentiment(),
        flavour=plan.flavour,
        abstention_threshold=max(LEAST_THRESHOLD, cheapest),
        learnt_texts=TextHashes.of(tickets.texts),
    )


def _card(
    plan: TrainingPlan, tickets: LabelledTickets, bundle: ModelBundle, answers: Answers, milliseconds: float
) -> ModelCard:
    evaluation = evaluate(answers, milliseconds)
    instants = tickets.instants
    return ModelCard(
        version=new_version(plan.trained_at, plan.flavour),
        flavour=plan.flavour,
        trained_at=plan.trained_at,
        data_from=min(instants) if instants else None,
        data_to=max(instants) if instants else None,
        data_hash=tickets.data_hash(),
        seed=plan.seed,
        training_rows=len(tickets),
        held_out_rows=len(answers.right),
        abstention_threshold=bundle.abstention_threshold,
        metrics=evaluation.metrics,
        categories=evaluation.categories,
        confusion=evaluation.confusion,
        sklearn_version=sklearn.__version__,
        thresholds=coverage_and_precision(answers.confidence, answers.is_right),
    )

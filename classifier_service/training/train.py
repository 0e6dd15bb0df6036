"""Makes a model and its card from labelled tickets."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

import numpy as np
import sklearn
from numpy.typing import NDArray

from classifier_service.models.bundle import Flavour, ModelBundle, told
from classifier_service.models.category_model import CategoryModel
from classifier_service.models.encoder import Encoder, shared_encoder
from classifier_service.models.familiarity import Scope
from classifier_service.models.text_hashes import TextHashes
from classifier_service.registry.model_card import ModelCard, new_version
from classifier_service.signals.sentiment import SentimentModel, cold_start_sentiment
from classifier_service.training.abstention import abstention_threshold, coverage_and_precision
from classifier_service.training.evaluation import Answers, answer, answers_of, evaluate, milliseconds_a_ticket
from classifier_service.training.familiarity import find_scope, learn_familiarity
from classifier_service.training.fitting import Calibration, OutOfFold, calibrate, fit
from classifier_service.training.labelled_tickets import LabelledTickets
from classifier_service.training.other_trades import OtherTrades, other_trades
from classifier_service.training.remembered_vectors import RememberingEncoder
from classifier_service.training.splitting import split_tickets

DEFAULT_SEED: Final = 20_260_101
LEAST_THRESHOLD: Final = 0.3
"""Lowest abstention threshold: tickets of unknown categories, which should get no answer, do not occur in training."""
LEAST_OF_TEMPLATE: Final = 0.6
"""The same for a template: its texts are no desk's, so they must not make it bold beyond their edge."""


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """How to train.

    Attributes:
        flavour: The kind of model.
        trained_at: Time of training.
        seed: Seed of every random choice.
        sentiment: Sentiment model for the bundle; None takes the lexicon alone.
        encoder: Encoder for an `accurate` model; None takes the installed encoder.
        is_of_template: Whether the tickets are made from a template; see `ModelCard`.
        others: Texts of other trades, which the desk's are told from.
    """

    flavour: Flavour
    trained_at: datetime
    seed: int = DEFAULT_SEED
    sentiment: SentimentModel | None = None
    encoder: Encoder | None = None
    is_of_template: bool = False
    others: OtherTrades = field(default_factory=other_trades)


@dataclass(frozen=True, slots=True)
class TrainedModel:
    """A model and what it was measured on.

    Attributes:
        bundle: The model; it has learnt from all tickets, the held-out ones included.
        card: Its card; the figures are those of a model made in the same way without the held-out tickets.
        held_out: The held-out tickets.
        answers: Answers to them by the model that had not seen them.
        unseen: All tickets that were answered by a model that had not seen them: out of fold, then the held-out ones.
        unseen_answers: Answers to them; for the comparison with a champion.
        plan: How it was trained; its encoder remembers the tickets' vectors.
    """

    bundle: ModelBundle
    card: ModelCard
    held_out: LabelledTickets
    answers: Answers
    unseen: LabelledTickets
    unseen_answers: Answers
    plan: TrainingPlan


@dataclass(frozen=True, slots=True)
class Unseen:
    """Tickets and answers to them by models that had not seen them.

    Attributes:
        tickets: The tickets.
        places: Their places among the tickets to learn from and, after these, the held-out ones.
        answers: Answers to them.
        held_out_answers: Those of them to the held-out tickets, which are the last.
        threshold: Confidence below which abstaining is cheaper, by the answers out of fold.
        calibration: Settings of the models.
        scope: Where the learnt texts end.
        encoder: The encoder that was used; None for a `fast` model.
    """

    tickets: LabelledTickets
    places: NDArray[np.int64]
    answers: Answers
    held_out_answers: Answers
    threshold: float
    calibration: Calibration
    scope: Scope
    encoder: RememberingEncoder | None


def train(tickets: LabelledTickets, plan: TrainingPlan) -> TrainedModel:
    """Measure a model on held-out tickets, then make a model in the same way from all tickets.

    A fifth is held out, see `split_tickets`. The calibration and the abstention threshold come from the other tickets
    alone. The same tickets and seed give the same model.

    Raises:
        TrainingDataError: If there are too few tickets or categories.
        EncoderMissingError: If an `accurate` model is asked for, but the extra `encoder` is not installed.
    """
    tickets = tickets.as_read()
    split = split_tickets(tickets.without_rare(), plan.seed)
    measured = answer_unseen(split.training, split.held_out, plan)
    everything = tickets.without_rare()
    model = fit(everything, measured.calibration, plan.seed, measured.encoder)
    bundle = _bundle(plan, everything, model, measured.scope, measured.threshold)
    milliseconds = milliseconds_a_ticket(bundle.category_model, split.held_out.texts)
    card = _card(plan, everything, bundle, measured.held_out_answers, milliseconds)
    remembered = replace(plan, encoder=measured.encoder or plan.encoder)
    return TrainedModel(
        bundle, card, split.held_out, measured.held_out_answers, measured.tickets, measured.answers, remembered
    )


def answer_unseen(training: LabelledTickets, held_out: LabelledTickets, plan: TrainingPlan) -> Unseen:
    """Answer tickets by models that have not seen them: those to learn from out of fold, then the held-out ones.

    Args:
        training: Tickets to learn from.
        held_out: Other tickets, at least one.
        plan: How to train.

    Raises:
        TrainingDataError: If fewer than two categories have enough tickets to learn from.
        EncoderMissingError: If an `accurate` model is asked for, but the extra `encoder` is not installed.
    """
    encoder = choose_encoder(plan)
    kept = training.places_with_enough()
    known = training.select(kept)
    calibration, out_of_fold = calibrate(known, plan.seed, encoder)
    scope, likeness = find_scope(known, out_of_fold, plan.seed, plan.others, is_of_template=plan.is_of_template)
    model = fit(known, calibration, plan.seed, encoder)
    folded = known.select(out_of_fold.places)
    others = answers_of(model.classes, out_of_fold.probabilities, folded.labels, likeness)
    answers = answer(model, held_out, learn_familiarity(known, scope, plan.others))
    return Unseen(
        tickets=folded.and_also(held_out),
        places=np.concatenate([kept[out_of_fold.places], len(training) + np.arange(len(held_out))]),
        answers=others.and_also(answers),
        held_out_answers=answers,
        threshold=_threshold(others, plan),
        calibration=calibration,
        scope=scope,
        encoder=encoder,
    )


def learn(tickets: LabelledTickets, plan: TrainingPlan) -> tuple[ModelBundle, OutOfFold]:
    """Return a model of all tickets, and answers to each ticket by models that had not seen it.

    Nothing is held out: the model is to be measured on the tickets of another file. It raises the errors of `train`.
    """
    encoder = choose_encoder(plan)
    known = tickets.as_read().without_rare()
    calibration, out_of_fold = calibrate(known, plan.seed, encoder)
    scope, likeness = find_scope(known, out_of_fold, plan.seed, plan.others, is_of_template=plan.is_of_template)
    model = fit(known, calibration, plan.seed, encoder)
    folded = known.select(out_of_fold.places)
    answers = answers_of(model.classes, out_of_fold.probabilities, folded.labels, likeness)
    return _bundle(plan, known, model, scope, _threshold(answers, plan)), out_of_fold


def choose_encoder(plan: TrainingPlan) -> RememberingEncoder | None:
    """Return the encoder that a plan needs, with a cache; None for a `fast` model."""
    if plan.flavour is Flavour.FAST:
        return None
    return RememberingEncoder(plan.encoder or shared_encoder())


def _threshold(out_of_fold: Answers, plan: TrainingPlan) -> float:
    least = LEAST_OF_TEMPLATE if plan.is_of_template else LEAST_THRESHOLD
    return max(least, abstention_threshold(out_of_fold.confidence, out_of_fold.is_right))


def _bundle(
    plan: TrainingPlan, tickets: LabelledTickets, model: CategoryModel, scope: Scope, threshold: float
) -> ModelBundle:
    return ModelBundle(
        category_model=model,
        sentiment_model=plan.sentiment or cold_start_sentiment(),
        flavour=plan.flavour,
        abstention_threshold=threshold,
        learnt_texts=TextHashes.of(tickets.texts),
        familiarity=learn_familiarity(tickets, scope, plan.others),
        learnt_answers=TextHashes.of(map(told, tickets.texts, tickets.labels)),
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
        is_of_template=plan.is_of_template,
    )

"""The report on a model after it was measured on a file."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier_service.models.accurate import AccurateModel
from classifier_service.models.bundle import Flavour, ModelBundle
from classifier_service.training.abstention import recall_of_others
from classifier_service.training.evaluation import Evaluation, answer, evaluate, milliseconds_a_ticket
from classifier_service.training.labelled_tickets import LabelledTickets


@dataclass(frozen=True, slots=True)
class Report:
    """How a model does on one file. Shares are 0..1.

    Attributes:
        version: Version of the model; None for a model that was trained for this report only.
        flavour: The kind of model.
        tickets: Number of tickets that belong to a category.
        already_learnt: How many of those the model has learnt from: they make its figures too good.
        abstention_threshold: Confidence below which it abstains.
        answered: Share of tickets that it answers.
        answered_accuracy: Share of right answers among the answered tickets; None if it answered none.
        encoder_share: Share of tickets for which the sentence encoder was asked.
        out_of_scope_tickets: Number of texts that belong to no category.
        out_of_scope_recall: Share of those texts that it abstains from; None without any.
        out_of_scope_recall_at_95_coverage: That share with the threshold at which it answers 95 % of the tickets.
        evaluation: Accuracy, F1, calibration, the figures of each category, and the confusion matrix.
    """

    version: str | None
    flavour: Flavour
    tickets: int
    already_learnt: int
    abstention_threshold: float
    answered: float
    answered_accuracy: float | None
    encoder_share: float
    out_of_scope_tickets: int
    out_of_scope_recall: float | None
    out_of_scope_recall_at_95_coverage: float | None
    evaluation: Evaluation


def report_on(bundle: ModelBundle, version: str | None, tickets: LabelledTickets, others: tuple[str, ...]) -> Report:
    """Measure a model.

    Args:
        bundle: The model.
        version: Its version in the registry, if it has one.
        tickets: Tickets with their right categories.
        others: Texts that belong to no category.

    Raises:
        TrainingDataError: If there are no tickets.
    """
    model = bundle.category_model
    answers = answer(model, tickets, bundle.familiarity)
    is_answered = answers.confidence >= bundle.abstention_threshold
    unsure = _confidence(bundle, others)
    return Report(
        version=version,
        flavour=bundle.flavour,
        tickets=len(tickets),
        already_learnt=int(bundle.learnt_texts.hold(tickets.texts).sum()),
        abstention_threshold=bundle.abstention_threshold,
        answered=float(is_answered.mean()),
        answered_accuracy=float(answers.is_right[is_answered].mean()) if is_answered.any() else None,
        encoder_share=float(model.asks_encoder(tickets.texts).mean()) if isinstance(model, AccurateModel) else 0.0,
        out_of_scope_tickets=len(others),
        out_of_scope_recall=float(np.mean(unsure < bundle.abstention_threshold)) if others else None,
        out_of_scope_recall_at_95_coverage=recall_of_others(answers.confidence, unsure) if others else None,
        evaluation=evaluate(answers, milliseconds_a_ticket(model, tickets.texts)),
    )


def _confidence(bundle: ModelBundle, texts: tuple[str, ...]) -> NDArray[np.floating]:
    probabilities = bundle.category_model.probabilities(texts)
    best: NDArray[np.floating] = probabilities.max(axis=1, initial=0)
    return best if bundle.familiarity is None else best * bundle.familiarity.likeness(texts, probabilities)


def without_scope(tickets: LabelledTickets, label: str | None) -> tuple[LabelledTickets, tuple[str, ...]]:
    """Return the tickets that belong to a category, and the texts whose label says that they belong to none."""
    is_other = [each == label for each in tickets.labels]
    kept = tickets.select([place for place, other in enumerate(is_other) if not other])
    return kept, tuple(text for text, other in zip(tickets.texts, is_other, strict=True) if other)

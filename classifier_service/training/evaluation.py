"""How well a model does on tickets that it has not seen."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from classifier_service.errors import TrainingDataError
from classifier_service.models.category_model import CategoryModel
from classifier_service.models.familiarity import Familiarity
from classifier_service.registry.model_card import CategoryMetrics, ConfusionCell, Metrics
from classifier_service.training.abstention import coverage_at_precision
from classifier_service.training.calibration import expected_calibration_error
from classifier_service.training.labelled_tickets import LabelledTickets

_TIMED_TICKETS: Final = 200


@dataclass(frozen=True, slots=True)
class Answers:
    """A model's answers to tickets whose category is known.

    Attributes:
        right: Slug of each ticket's right category.
        predicted: Slug of the likeliest category.
        confidence: Probability of the likeliest category, 0..1, lowered where the text is unlike what was learnt.
    """

    right: tuple[str, ...]
    predicted: tuple[str, ...]
    confidence: NDArray[np.float32]

    @property
    def is_right(self) -> NDArray[np.bool_]:
        """Whether each answer is right."""
        return np.array([one == other for one, other in zip(self.right, self.predicted, strict=True)], dtype=bool)

    def and_also(self, others: "Answers") -> "Answers":
        """Return these answers and, after them, others."""
        confidence = np.concatenate([self.confidence, others.confidence])
        return Answers(self.right + others.right, self.predicted + others.predicted, confidence)

    def select(self, places: Sequence[int] | NDArray[np.int64]) -> "Answers":
        """Return the answers at some places, in that order."""
        chosen = [int(place) for place in places]
        right, predicted = (tuple(names[place] for place in chosen) for names in (self.right, self.predicted))
        return Answers(right, predicted, self.confidence[chosen])


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures of a model card."""

    metrics: Metrics
    categories: tuple[CategoryMetrics, ...]
    confusion: tuple[ConfusionCell, ...]


def answers_of(
    classes: Sequence[str],
    probabilities: NDArray[np.float32],
    right: Sequence[str],
    likeness: NDArray[np.floating] | float = 1.0,
) -> Answers:
    """Return the answers that follow from a model's probabilities and the texts' likeness to what was learnt."""
    likeliest = probabilities.argmax(axis=1)
    confidence = (probabilities.max(axis=1) * likeness).astype(np.float32)
    return Answers(tuple(right), tuple(classes[place] for place in likeliest.tolist()), confidence)


def answer(model: CategoryModel, tickets: LabelledTickets, familiarity: Familiarity | None = None) -> Answers:
    """Return a model's answers to tickets.

    Args:
        model: The model.
        tickets: Tickets with their right categories.
        familiarity: Says how like the learnt texts a text is; None takes every text as like them.

    Raises:
        TrainingDataError: If there are no tickets.
    """
    if not len(tickets):
        message = "There are no tickets to measure on."
        raise TrainingDataError(message)
    probabilities = model.probabilities(tickets.texts)
    likeness = 1.0 if familiarity is None else familiarity.likeness(tickets.texts, probabilities)
    return answers_of(model.classes, probabilities, tickets.labels, likeness)


def evaluate(answers: Answers, ticket_milliseconds: float) -> Evaluation:
    """Return the figures of some answers.

    Args:
        answers: Answers to at least one ticket.
        ticket_milliseconds: See `Metrics`.
    """
    pairs = Counter(zip(answers.right, answers.predicted, strict=True))
    categories = tuple(_of_category(name, pairs) for name in sorted({name for pair in pairs for name in pair}))
    # A category without tickets has no F1. Counting it as 0 would punish a model for knowing more categories.
    present = [category.f1 for category in categories if category.tickets]
    metrics = Metrics(
        accuracy=float(answers.is_right.mean()),
        macro_f1=float(np.mean(present)),
        expected_calibration_error=expected_calibration_error(answers.confidence, answers.is_right),
        coverage_at_95_precision=coverage_at_precision(answers.confidence, answers.is_right),
        ticket_milliseconds=ticket_milliseconds,
    )
    confusion = tuple(ConfusionCell(*pair, count) for pair, count in sorted(pairs.items()))
    return Evaluation(metrics, categories, confusion)


def _of_category(name: str, pairs: Counter[tuple[str, str]]) -> CategoryMetrics:
    hits = pairs[name, name]
    tickets = sum(count for (right, _predicted), count in pairs.items() if right == name)
    said = sum(count for (_right, predicted), count in pairs.items() if predicted == name)
    return CategoryMetrics(
        category=name,
        precision=hits / said if said else 0.0,
        recall=hits / tickets if tickets else 0.0,
        f1=2 * hits / (tickets + said),
        tickets=tickets,
    )


def milliseconds_a_ticket(
    model: CategoryModel, texts: Sequence[str], clock: Callable[[], float] = time.perf_counter
) -> float:
    """Return the mean time for one ticket, each asked alone, over at most 200 texts."""
    some = texts[:_TIMED_TICKETS]
    began = clock()
    for text in some:
        model.probabilities([text])
    return (clock() - began) * 1_000 / len(some)

"""Fits a model of either flavour, and calibrates it by its answers to tickets that it has not seen."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from classifier_service.models.accurate import AccurateModel, Blend
from classifier_service.models.fast import FastModel
from classifier_service.models.temperature import Floats, softmax
from classifier_service.training.calibration import Places, fit_temperature
from classifier_service.training.category_weights import category_weights
from classifier_service.training.fast_training import fit_fast
from classifier_service.training.kernel_training import MAX_POINTS, fit_head
from classifier_service.training.labelled_tickets import LabelledTickets
from classifier_service.training.remembered_vectors import RememberingEncoder
from classifier_service.training.splitting import FOLDS, fold_numbers

ENCODER_SHARE: Final = 0.22
"""Share of tickets for which the encoder is asked: those that the quick model is least sure of."""
_HEAD_SHARE: Final = 0.65
_UNKNOWN: Final = 20.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """Settings learnt from answers to unseen tickets.

    Attributes:
        temperature: Temperature of the quick model.
        blend: Blend of the accurate model; None for the quick model.
    """

    temperature: float
    blend: Blend | None = None


@dataclass(frozen=True, slots=True)
class OutOfFold:
    """Calibrated answers to tickets, each by a model that had not seen the ticket.

    Attributes:
        places: Places of the tickets; if there are very many, an `accurate` model answers only some of them.
        probabilities: Calibrated probabilities, of shape (tickets, categories).
        right: Place of each ticket's right category.
        asked_encoder: Whether the encoder was asked for each ticket.
    """

    places: Places
    probabilities: Floats
    right: Places
    asked_encoder: NDArray[np.bool_]

    @property
    def confidence(self) -> Floats:
        """Probability of the likeliest category."""
        confidence: Floats = self.probabilities.max(axis=1)
        return confidence

    @property
    def is_right(self) -> NDArray[np.bool_]:
        """Whether the likeliest category is the right one."""
        is_right: NDArray[np.bool_] = self.probabilities.argmax(axis=1) == self.right
        return is_right


@dataclass(frozen=True, slots=True)
class _Prepared:
    """Tickets in the form that every fit needs."""

    tickets: LabelledTickets
    classes: tuple[str, ...]
    right: Places
    weights: NDArray[np.float64]

    @classmethod
    def of(cls, tickets: LabelledTickets) -> "_Prepared":
        classes = tuple(sorted(set(tickets.labels)))
        place_of = {label: place for place, label in enumerate(classes)}
        right = np.array([place_of[label] for label in tickets.labels], dtype=np.int64)
        return cls(tickets, classes, right, category_weights(tickets.labels, tickets.weight_array))

    def fit_fast(self, places: Places) -> FastModel:
        texts = [self.tickets.texts[place] for place in places.tolist()]
        return fit_fast(texts, np.array(self.classes)[self.right[places]], self.weights[places])


def calibrate(tickets: LabelledTickets, seed: int, encoder: RememberingEncoder | None) -> tuple[Calibration, OutOfFold]:
    """Answer every ticket by a model fitted to four fifths of the others, and calibrate by these answers.

    Args:
        tickets: At least five tickets of each of two categories; see `LabelledTickets.without_rare`.
        seed: Seed of the folds.
        encoder: For an `accurate` model; None for a `fast` one.
    """
    prepared, folds = _Prepared.of(tickets), fold_numbers(tickets.texts, tickets.labels, seed)
    scores = _fast_scores(prepared, folds)
    temperature = fit_temperature(scores, prepared.right)
    answers = softmax(scores, temperature)
    if encoder is None:
        places = np.arange(len(tickets))
        return Calibration(temperature), OutOfFold(places, answers, prepared.right, np.zeros(len(tickets), bool))
    points = _points(tickets, seed)
    head_scores = _head_scores(prepared, points, _vectors(tickets, points, encoder), folds)
    right, answers = prepared.right[points], answers[points]
    blend = _fit_blend(answers, head_scores, right)
    asked = answers.max(axis=1) < blend.threshold
    answers[asked] = blend.mix(answers[asked], head_scores[asked])
    return Calibration(temperature, blend), OutOfFold(points, answers, right, asked)


def fit(
    tickets: LabelledTickets, calibration: Calibration, seed: int, encoder: RememberingEncoder | None
) -> FastModel | AccurateModel:
    """Return a model fitted to all tickets with a given calibration; the arguments are those of `calibrate`."""
    prepared = _Prepared.of(tickets)
    fast = replace(prepared.fit_fast(np.arange(len(tickets))), temperature=calibration.temperature)
    if encoder is None or calibration.blend is None:
        return fast
    points = _points(tickets, seed)
    vectors = _vectors(tickets, points, encoder)
    weights = prepared.weights[points]
    head = fit_head(vectors, prepared.right[points], len(prepared.classes), weights / weights.mean())
    return AccurateModel(fast, encoder.encoder, head, calibration.blend)


def _fast_scores(prepared: _Prepared, folds: Places) -> Floats:
    scores = np.empty((len(folds), len(prepared.classes)), np.float32)
    for fold in range(FOLDS):
        unseen = np.flatnonzero(folds == fold)
        model = prepared.fit_fast(np.flatnonzero(folds != fold))
        said = model.scores([prepared.tickets.texts[place] for place in unseen.tolist()])
        # A category may be in this fold alone, with all its near-duplicates. The model does not know it, so its score
        # stays the lowest.
        columns = np.array([prepared.classes.index(category) for category in model.classes])
        scores[unseen] = said.min(axis=1, keepdims=True, initial=0) - np.float32(_UNKNOWN)
        scores[np.ix_(unseen, columns)] = said
    return scores


def _head_scores(prepared: _Prepared, points: Places, vectors: Floats, folds: Places) -> Floats:
    scores = np.empty((len(points), len(prepared.classes)), np.float32)
    right, weights = prepared.right[points], prepared.weights[points]
    for fold in range(FOLDS):
        seen, unseen = (np.flatnonzero(mask) for mask in (folds[points] != fold, folds[points] == fold))
        seen_weights = weights[seen] / weights[seen].mean()
        head = fit_head(vectors[seen], right[seen], len(prepared.classes), seen_weights)
        scores[unseen] = head.log_probabilities(vectors[unseen])
    return scores


def _points(tickets: LabelledTickets, seed: int) -> Places:
    """Return the tickets that the head learns from: all, or a random selection of as many as it can take."""
    if len(tickets) <= MAX_POINTS:
        return np.arange(len(tickets))
    return np.sort(np.random.default_rng(seed).choice(len(tickets), MAX_POINTS, replace=False))


def _vectors(tickets: LabelledTickets, points: Places, encoder: RememberingEncoder) -> Floats:
    return encoder([tickets.texts[place] for place in points.tolist()])


def _fit_blend(fast: Floats, head_scores: Floats, right: Places) -> Blend:
    threshold = float(np.quantile(fast.max(axis=1), ENCODER_SHARE))
    raw = Blend(threshold, fit_temperature(head_scores, right), _HEAD_SHARE, 1.0)
    asked = fast.max(axis=1) < threshold
    return replace(raw, temperature=fit_temperature(raw.scores(fast[asked], head_scores[asked]), right[asked]))

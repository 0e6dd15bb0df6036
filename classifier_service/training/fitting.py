"""Fits a model of either flavour, and calibrates it by its answers to tickets that it has not seen."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from classifier_service.errors import TrainingDataError
from classifier_service.models.accurate import AccurateModel, Blend
from classifier_service.models.fast import FastModel
from classifier_service.models.kernel_head import KernelHead
from classifier_service.models.temperature import Floats, softmax
from classifier_service.training.blending import fit_blend, fit_offsets, fitted_losses
from classifier_service.training.calibration import Places, fit_confidence, fit_temperature
from classifier_service.training.category_names import named
from classifier_service.training.category_weights import category_weights
from classifier_service.training.fast_training import STRENGTHS, FastFit, fit_fast
from classifier_service.training.folds import deal, folds_for
from classifier_service.training.kernel_training import MAX_POINTS, fit_head
from classifier_service.training.labelled_tickets import LabelledTickets
from classifier_service.training.remembered_vectors import RememberingEncoder
from classifier_service.training.text_counts import TextCounts

_UNKNOWN: Final = 20.0
_JUDGED_TICKETS: Final = 500
_LEAST_CATEGORIES: Final = 2


@dataclass(frozen=True, slots=True)
class Calibration:
    """Settings learnt from answers to unseen tickets.

    Attributes:
        classes: Slugs of the categories that the offsets belong to.
        strength: See `STRENGTHS`.
        temperature: Temperature of the quick model.
        offsets: What is added to the quick model's score of each category, before the temperature; empty adds nothing.
        blend: Blend of the accurate model; None for the quick model.
    """

    classes: tuple[str, ...]
    strength: float
    temperature: float
    offsets: tuple[float, ...] = ()
    blend: Blend | None = None

    def offsets_for(self, classes: Sequence[str], offsets: tuple[float, ...]) -> tuple[float, ...]:
        """Return offsets in the order of other categories; 0 for one that was not known. Empty stays empty."""
        known = dict(zip(self.classes, offsets, strict=False))
        return tuple(known.get(slug, 0.0) for slug in classes) if offsets else ()


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
    """Tickets in the form that every fit needs; behind them stand the names of the categories, as texts.

    Attributes:
        tickets: The tickets.
        classes: Slugs of the categories.
        right: Place of the category of each ticket, then of each name.
        weights: How much each ticket counts, then each name.
        names: Texts of the names.
        counts: Counted n-grams of the tickets' texts and the names.
    """

    tickets: LabelledTickets
    classes: tuple[str, ...]
    right: Places
    weights: NDArray[np.float64]
    names: tuple[str, ...]
    counts: TextCounts

    @classmethod
    def of(cls, tickets: LabelledTickets) -> "_Prepared":
        classes = tuple(sorted(set(tickets.labels)))
        place_of = {label: place for place, label in enumerate(classes)}
        names, named_places = named(classes)
        right = np.array([*(place_of[label] for label in tickets.labels), *named_places], dtype=np.int64)
        weights = category_weights(tickets.labels, tickets.weight_array)
        counts = TextCounts.of([*tickets.texts, *names])
        return cls(tickets, classes, right, np.concatenate([weights, np.ones(len(names))]), names, counts)

    @property
    def of_tickets(self) -> Places:
        """Places of the tickets' categories, without the names."""
        return self.right[: len(self.tickets)]

    def with_names(self, places: Places) -> Places:
        """Return places of tickets, and behind them those of all names."""
        return np.concatenate([places, np.arange(len(self.tickets), len(self.right))])

    def fit_fast(self, places: Places, strength: float) -> FastFit:
        learnt = self.with_names(places)
        return fit_fast(self.counts, learnt, self.right[learnt], self.weights[learnt], strength)

    def fit_head(self, places: Places, vectors: Floats) -> KernelHead:
        """Fit a head to tickets and names; `vectors` are theirs, in that order."""
        learnt = self.with_names(places)
        weights = self.weights[learnt]
        return fit_head(vectors, self.right[learnt], len(self.classes), weights / weights.mean())


def calibrate(tickets: LabelledTickets, seed: int, encoder: RememberingEncoder | None) -> tuple[Calibration, OutOfFold]:
    """Answer every ticket by a model fitted to the tickets of the other folds, and calibrate by these answers.

    Args:
        tickets: At least five tickets of each of two categories; see `LabelledTickets.without_rare`.
        seed: Seed of the folds.
        encoder: For an `accurate` model; None for a `fast` one.

    Raises:
        TrainingDataError: If all but one of the categories repeat a single text.
    """
    prepared = _Prepared.of(tickets)
    right, count = prepared.of_tickets, folds_for(len(tickets))
    folds = deal(tickets.texts, right, count, seed)
    _check_folds(prepared, folds)
    strength, scores = _fast_scores(prepared, folds)
    first = fit_temperature(scores, right)
    offsets = tuple(first * offset for offset in fit_offsets(scores / np.float32(first), right))
    if offsets:
        scores += np.array(offsets, np.float32)
    temperature = fit_confidence(scores, right, 1 / count)
    answers = softmax(scores, temperature)
    quick = Calibration(prepared.classes, strength, temperature, offsets)
    if encoder is None:
        return quick, OutOfFold(np.arange(len(tickets)), answers, right, np.zeros(len(tickets), bool))
    points = _points(tickets, seed)
    head_scores = _head_scores(prepared, points, _vectors(prepared, points, encoder), folds)
    right, answers = right[points], answers[points]
    blend = fit_blend(answers, head_scores, right, 1 / count)
    asked = answers.max(axis=1) < blend.threshold
    answers[asked] = blend.mix(answers[asked], head_scores[asked])
    return replace(quick, blend=blend), OutOfFold(points, answers, right, asked)


def fit(
    tickets: LabelledTickets, calibration: Calibration, seed: int, encoder: RememberingEncoder | None
) -> FastModel | AccurateModel:
    """Return a model fitted to all tickets with a given calibration; the arguments are those of `calibrate`."""
    prepared = _Prepared.of(tickets)
    fast = prepared.fit_fast(np.arange(len(tickets)), calibration.strength).to_model(prepared.classes)
    offsets = calibration.offsets_for(fast.classes, calibration.offsets)
    bias = fast.bias + np.array(offsets, np.float32) if offsets else fast.bias
    fast = replace(fast, bias=bias, temperature=calibration.temperature)
    if encoder is None or calibration.blend is None:
        return fast
    points = _points(tickets, seed)
    head = prepared.fit_head(points, _vectors(prepared, points, encoder))
    blend_offsets = calibration.offsets_for(fast.classes, calibration.blend.offsets)
    return AccurateModel(fast, encoder.encoder, head, replace(calibration.blend, offsets=blend_offsets))


def _check_folds(prepared: _Prepared, folds: Places) -> None:
    """Check that without any one fold, which holds all that repeats a text, there are still two categories."""
    kept = (prepared.right[prepared.with_names(np.flatnonzero(folds != fold))] for fold in np.unique(folds).tolist())
    if any(len(np.unique(each)) < _LEAST_CATEGORIES for each in kept):
        message = "All categories but one repeat the same text, or nearly."
        raise TrainingDataError(message, "Label tickets with different texts, then train again.")


def _fast_scores(prepared: _Prepared, folds: Places) -> tuple[float, Floats]:
    """Return the strength that suits unseen tickets, and the scores of the quick model of that strength."""
    judged = _judged_folds(folds)
    tried = {strength: _scores_of_folds(prepared, folds, judged, strength) for strength in STRENGTHS}
    right, is_judged = prepared.of_tickets, np.isin(folds, judged)
    best = min(STRENGTHS, key=lambda strength: fitted_losses(tried[strength][is_judged], right[is_judged]).mean())
    others = np.setdiff1d(folds, judged)
    scores = np.where(is_judged[:, None], tried[best], _scores_of_folds(prepared, folds, others, best))
    return best, scores


def _judged_folds(folds: Places) -> Places:
    """Return as many folds as hold enough tickets to tell by: a large desk need not try everything on all."""
    sizes = np.bincount(folds)
    judged: Places = np.arange(min(len(sizes), int(np.searchsorted(np.cumsum(sizes), _JUDGED_TICKETS)) + 1))
    return judged


def _scores_of_folds(prepared: _Prepared, folds: Places, wanted: Places, strength: float) -> Floats:
    """Return the scores of the tickets of some folds, each by a model that had not seen it; 0 for other tickets."""
    scores = np.zeros((len(folds), len(prepared.classes)), np.float32)
    for fold in wanted.tolist():
        unseen = np.flatnonzero(folds == fold)
        model = prepared.fit_fast(np.flatnonzero(folds != fold), strength)
        said = model.scores(unseen)
        # A category without a name may be in this fold alone, with all its near-duplicates. The model does not know it,
        # so its score stays the lowest.
        scores[unseen] = said.min(axis=1, keepdims=True, initial=0) - np.float32(_UNKNOWN)
        scores[np.ix_(unseen, model.classes)] = said
    return scores


def _head_scores(prepared: _Prepared, points: Places, vectors: Floats, folds: Places) -> Floats:
    """Return the head's scores of the points, each by a head that had not seen it; `vectors`: points, then names."""
    scores = np.empty((len(points), len(prepared.classes)), np.float32)
    names = np.arange(len(points), len(vectors))
    for fold in np.unique(folds[points]).tolist():
        seen, unseen = np.flatnonzero(folds[points] != fold), np.flatnonzero(folds[points] == fold)
        head = prepared.fit_head(points[seen], vectors[np.concatenate([seen, names])])
        scores[unseen] = head.log_probabilities(vectors[unseen])
    return scores


def _points(tickets: LabelledTickets, seed: int) -> Places:
    """Return the tickets that the head learns from: all, or a random selection of as many as it can take."""
    if len(tickets) <= MAX_POINTS:
        return np.arange(len(tickets))
    return np.sort(np.random.default_rng(seed).choice(len(tickets), MAX_POINTS, replace=False))


def _vectors(prepared: _Prepared, points: Places, encoder: RememberingEncoder) -> Floats:
    return encoder([*(prepared.tickets.texts[place] for place in points.tolist()), *prepared.names])

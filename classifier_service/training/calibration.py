"""Calibrates confidence, and measures how well it is calibrated."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from classifier_service.models.temperature import Floats, softmax

Places = NDArray[np.int64]
BINS: Final = 15
_LIMITS: Final = (-4.0, 4.0)
_LEAST: Final = 1e-12
_LEAST_DOUBT: Final = 1e-6
_LEARNING_POWER: Final = 0.4


def fit_temperature(scores: Floats, right: Places) -> float:
    """Return the temperature that makes the right classes likeliest (Guo et al., 2017), between 0.02 and 55.

    Args:
        scores: Log-odds of texts that the model has not seen, of shape (texts, classes).
        right: Place of the right class of each text; -1 where the model does not know the class: the text is left out.
    """
    is_known = right >= 0
    kept, places = scores[is_known], right[is_known]
    if not len(kept):
        return 1.0

    def loss(log_temperature: float) -> float:
        return log_loss(softmax(kept, float(np.exp(log_temperature))), places)

    return float(np.exp(minimize_scalar(loss, bounds=_LIMITS, method="bounded").x))


def fit_confidence(scores: Floats, right: Places, learning: float = 0.0) -> float:
    """Return the temperature that makes the confidence in the likeliest class agree with how often it is right.

    A model of fewer tickets is wrong more often than the model that will serve. So wrong answers count a little less:
    errors fall about with the power 0.4 of the number of tickets, as far as they can fall at all.

    Args:
        scores: Log-odds of texts that the model has not seen, of shape (texts, classes).
        right: Place of the right class of each text.
        learning: Share of the tickets, 0..1, that the answering models had to do without.
    """
    if not len(scores):
        return 1.0
    is_right = scores.argmax(axis=1) == right
    wrong_weight = (1 - learning) ** (_LEARNING_POWER * float(is_right.mean()))

    def loss(log_temperature: float) -> float:
        confidence = softmax(scores, float(np.exp(log_temperature))).max(axis=1).astype(np.float64)
        hits = np.log(np.maximum(confidence[is_right], _LEAST)).sum()
        misses = np.log(np.maximum(1 - confidence[~is_right], _LEAST_DOUBT)).sum()
        return -float(hits + wrong_weight * misses)

    return float(np.exp(minimize_scalar(loss, bounds=_LIMITS, method="bounded").x))


def log_loss(probabilities: Floats, right: Places) -> float:
    """Return the mean of -ln(probability of the right class)."""
    return float(log_losses(probabilities, right).mean())


def log_losses(probabilities: Floats, right: Places) -> Floats:
    """Return -ln(probability of the right class) of each text."""
    likelihoods = probabilities[np.arange(len(right)), right]
    losses: Floats = -np.log(np.maximum(likelihoods, _LEAST))
    return losses


def expected_calibration_error(confidence: NDArray[np.floating], is_right: NDArray[np.bool_]) -> float:
    """Return the expected calibration error, 0..1 (Naeini, Cooper and Hauskrecht, 2015).

    Confidences are probabilities of the likeliest class. They go into 15 bins of equal width. The error is the distance
    between a bin's mean confidence and its accuracy, averaged over the bins and weighted by their numbers of texts.
    """
    if not len(confidence):
        return 0.0
    bins = np.minimum((confidence * BINS).astype(np.int64), BINS - 1)
    confident = np.bincount(bins, weights=confidence, minlength=BINS)
    right = np.bincount(bins, weights=is_right, minlength=BINS)
    return float(np.abs(confident - right).sum() / len(confidence))

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
        likelihoods = softmax(kept, float(np.exp(log_temperature)))[np.arange(len(kept)), places]
        return -float(np.log(np.maximum(likelihoods, _LEAST)).mean())

    return float(np.exp(minimize_scalar(loss, bounds=_LIMITS, method="bounded").x))


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

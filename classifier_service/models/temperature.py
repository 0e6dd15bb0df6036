"""Probabilities from scores, softened by one temperature."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def softmax(scores: Floats, temperature: float = 1.0) -> Floats:
    """Return probabilities whose rows sum to 1.

    Args:
        scores: Log-odds up to a constant in each row, of shape (rows, classes).
        temperature: Number that the scores are divided by: above 1 gives less confident answers, below 1 more so.
    """
    scaled = scores / np.float32(temperature)
    scaled -= scaled.max(axis=1, keepdims=True)
    np.exp(scaled, out=scaled)
    scaled /= scaled.sum(axis=1, keepdims=True)
    return scaled

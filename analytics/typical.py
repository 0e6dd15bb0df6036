"""The typical one of several effects, told so that a few odd ones do not move it.

Tukey's biweight with the errors of the effects as their scale, or more where they differ by more (Huber and Ronchetti,
Robust Statistics, 2009, chapter 4).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from analytics.quasi_poisson import Floats

_TUNING: Final = 4.685
"""95 % as precise as a mean where nothing is odd."""
_NORMAL_MAD: Final = 1.4826
_LEAST_SPREAD: Final = 3
"""With fewer effects there is no telling how much they differ beyond their errors."""
_ROUNDS: Final = 30
_TOLERANCE: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Typical:
    """The typical effect.

    Attributes:
        value: On the scale of the effects.
        error: Its standard error.
    """

    value: float
    error: float


def typical_of(effects: Floats, errors: Floats, start: float) -> Typical:
    """Return the typical effect.

    Args:
        effects: At least one.
        errors: Their standard errors, greater than 0.
        start: Where to begin the search, such as the median of more effects than these.

    >>> found = typical_of(np.array([0.0, 0.01, -0.01, 0.02, 0.9]), np.full(5, 0.02), 0.01)
    >>> round(found.value, 3)
    0.005
    """
    middle = start
    spread = _NORMAL_MAD * float(np.median(np.abs(effects - start) / errors))
    scale = max(1.0, spread) if effects.size >= _LEAST_SPREAD else 1.0
    weights = np.zeros(effects.size)
    for _ in range(_ROUNDS):
        far = (effects - middle) / (errors * scale * _TUNING)
        weights = np.where(np.abs(far) < 1, (1 - far**2) ** 2, 0.0) / errors**2
        if not weights.sum():
            weights = errors**-2.0
        before, middle = middle, float((weights * effects).sum() / weights.sum())
        if abs(middle - before) < _TOLERANCE:
            break
    error = scale * float(np.sqrt((weights**2 * errors**2).sum())) / float(weights.sum())
    return Typical(middle, error)

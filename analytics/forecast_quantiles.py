"""The seven quantiles that describe every forecast, and what can be read from them."""

from collections.abc import Sequence
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

FloatArray: TypeAlias = NDArray[np.float64]

LEVELS: Final = (0.025, 0.10, 0.25, 0.50, 0.75, 0.90, 0.975)
"""Probabilities of the quantiles: the ends of the 95, 80 and 50 % intervals, and the middle."""
COLUMNS: Final = ("q025", "q10", "q25", "q50", "q75", "q90", "q975")
"""What the quantiles are called in tables, in the order of `LEVELS`."""
INTERVALS: Final = {50: (2, 4), 80: (1, 5), 95: (0, 6)}
"""Per cent -> places of an interval's two ends within `LEVELS`."""


def quantile_at(values: Sequence[float], probability: float) -> float:
    """Return any quantile of a forecast: interpolated between the seven, and the first or last beyond them.

    Args:
        values: The seven quantiles, in the order of `LEVELS`.
        probability: 0 to 1.

    >>> quantile_at([0, 1, 2, 4, 6, 8, 10], 0.5)
    4.0
    >>> round(quantile_at([0, 1, 2, 4, 6, 8, 10], 0.8), 3)
    6.667
    """
    return float(np.interp(probability, LEVELS, values))


def mean_of(quantiles: FloatArray) -> FloatArray:
    """Return the mean of each distribution that seven quantiles describe.

    The quantile function is taken as straight between the seven and flat beyond them; its integral is the mean.

    Args:
        quantiles: Shape (..., 7).

    >>> mean_of(np.array([0.0, 1, 2, 4, 6, 7, 8])).round(3).item()
    4.0
    """
    widths = np.diff(np.array((0.0, *LEVELS, 1.0)))
    ends = np.concatenate([quantiles[..., :1], quantiles, quantiles[..., -1:]], axis=-1)
    return np.asarray(((ends[..., 1:] + ends[..., :-1]) / 2) @ widths, dtype=np.float64)

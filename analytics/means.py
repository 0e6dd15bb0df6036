"""Means, shares and their ratios with 95 % intervals."""

from dataclasses import dataclass
from math import exp, hypot, log, sqrt
from typing import Final

import numpy as np
from scipy import stats

from analytics.case_mix import Codes
from analytics.quasi_poisson import Floats

_LEAST_CLUSTERS: Final = 10
_STRAIGHT: Final = 1e-6  # with less skewness the corrected interval equals the symmetric one, but for rounding


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean with its uncertainty.

    Attributes:
        value: The mean.
        error: Its standard error.
        freedom: Degrees of freedom of the error.
        n: Number of values.
        skewness: Skewness of the mean: that of the values ÷ the square root of their number.
    """

    value: float
    error: float
    freedom: int
    n: int
    skewness: float = 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval: Student's t, corrected for skewness by Hall's cubic.

        Times have long tails. A sample with few long times has a mean that is too low, and also an error that is too
        small. So a symmetric interval would lie too low more often than it should. Hall 1992, On the removal of
        skewness by transformation, J. R. Stat. Soc. B 54, 221 to 228.
        """
        margin = float(stats.t.ppf(0.975, self.freedom))
        low, high = (self.value - self.error * _unbent(each, self.skewness) for each in (margin, -margin))
        return low, high


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two means compared.

    Attributes:
        value: Difference or ratio.
        low: Lower end of the 95 % interval.
        high: Upper end.
        p_value: Two-sided p-value of no difference.
    """

    value: float
    low: float
    high: float
    p_value: float


def mean_of(values: Floats, clusters: Codes | None = None) -> Mean:
    """Return a mean; with clusters (customers, weeks) its error allows for values of one cluster being alike.

    The error is never smaller than that of independent values. The mean of one value, or of none, has an infinite
    error.

    Args:
        values: Any numbers.
        clusters: Cluster of each value.

    >>> made = mean_of(np.array([1.0, 2.0, 3.0, 4.0]))
    >>> made.value, round(made.error, 4)
    (2.5, 0.6455)
    """
    n = values.size
    if n < 2:  # noqa: PLR2004 - one value has no spread
        return Mean(float(values.mean()) if n else 0.0, float("inf"), 1, n)
    mean = float(values.mean())
    left, unit = _in_units(values - mean)
    error, freedom, skewness = sqrt(float((left**2).sum()) / (n - 1) / n), n - 1, _skewness(left)
    if clusters is not None:
        _, places = np.unique(clusters, return_inverse=True)
        sums: Floats = np.bincount(places, left).astype(np.float64)
        if sums.size >= _LEAST_CLUSTERS:
            together = float(np.sqrt((sums**2).sum() * sums.size / (sums.size - 1))) / n
            error, freedom, skewness = max(error, together), sums.size - 1, _skewness(sums)
    return Mean(mean, error * unit, freedom, n, skewness)


def _in_units(left: Floats) -> tuple[Floats, float]:
    """Return residuals as shares of the largest one, and the largest: their powers then neither vanish nor overflow."""
    largest = float(np.abs(left).max())
    return (left / largest, largest) if largest > 0 else (left, 1.0)


def _skewness(sums: Floats) -> float:
    """Return the skewness of a mean from the residuals of its values."""
    left, _ = _in_units(sums)
    spread = float((left**2).sum())
    return float((left**3).sum()) / spread**1.5 if spread > 0 else 0.0


def _unbent(quantile: float, skewness: float) -> float:
    """Return the studentised mean at a quantile: the inverse of ((1 + kt/3)^3 - 1) / k + k/6, with k the skewness."""
    if abs(skewness) < _STRAIGHT:
        return quantile
    return 3 / skewness * (float(np.cbrt(1 + skewness * (quantile - skewness / 6))) - 1)


def difference(one: Mean, other: Mean) -> Comparison:
    """Return one mean minus that of other cases, by Welch's t (1947, doi:10.1093/biomet/34.1-2.28)."""
    gap, error = one.value - other.value, hypot(one.error, other.error)
    freedom = _freedom(one.error, other.error, one.freedom, other.freedom)
    margin, p_value = _margin(gap, error, freedom)
    return Comparison(gap, gap - margin, gap + margin, p_value)


def ratio(one: Mean, other: Mean) -> Comparison:
    """Return one mean ÷ that of other cases, on the log scale by the delta method; both have to be positive."""
    if min(one.value, other.value) <= 0:
        return Comparison(1.0, 0.0, float("inf"), 1.0)
    errors = one.error / one.value, other.error / other.value
    gap, error = log(one.value) - log(other.value), hypot(*errors)
    margin, p_value = _margin(gap, error, _freedom(*errors, one.freedom, other.freedom))
    return Comparison(exp(gap), exp(gap - min(margin, 50.0)), exp(min(gap + margin, 50.0)), p_value)


def _freedom(one: float, other: float, first: int, second: int) -> float:
    largest = max(one, other)
    if not np.isfinite(largest) or largest == 0:
        return float(max(min(first, second), 1))
    # As shares of the larger one: its fourth power is 1, and the sum below is never nought.
    one, other = one / largest, other / largest
    return (one**2 + other**2) ** 2 / (one**4 / first + other**4 / second)


def _margin(gap: float, error: float, freedom: float) -> tuple[float, float]:
    """Return half the width of the interval, and the p-value; without any spread a difference is no evidence."""
    if error == 0 or not np.isfinite(error):
        return (0.0 if error == 0 else float("inf")), 1.0
    return float(stats.t.ppf(0.975, freedom)) * error, 2 * float(stats.t.sf(abs(gap) / error, freedom))

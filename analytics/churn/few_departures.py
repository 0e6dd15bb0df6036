"""A ratio of hazards that holds for few departures too: Poisson regression with Firth's penalty.

With few departures plain likelihood gives ratios that are too far from 1, or endless where nobody without an experience
left. Firth's penalty (Biometrika 80, 1993) takes that bias away: half a departure, shared out by how much each row
decides about the columns. Intervals and p-values are those of the penalised profile likelihood (Heinze and Schemper,
Statistics in Medicine 21, 2002).
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import exp, inf
from typing import Final

import numpy as np
from scipy.optimize import brentq
from scipy.stats import chi2

from analytics.churn.history import Floats
from analytics.intervals import Estimate

_DROP_95: Final = float(chi2.ppf(0.95, 1))
_FARTHEST: Final = 12.0
"""The search for an interval's end stops here: no real ratio of hazards is larger than e^12."""
_STEP: Final = 0.5
_ROUNDS: Final = 200
_LONGEST_STEP: Final = 2.0
_TOLERANCE: Final = 1e-8


@dataclass(frozen=True, slots=True)
class _Fit:
    """Coefficients, and twice the penalised log-likelihood."""

    coefficients: Floats
    twice_likelihood: float


def ratio_of_few(departures: Floats, days: Floats, column: Floats, others: Floats) -> Estimate:
    """Return a 0-1 column's ratio of hazards, with its interval and p-value.

    Args:
        departures: Of each row.
        days: Of each row, more than 0.
        column: 1 where exposed.
        others: Columns held equal, a column of ones among them.

    >>> found = ratio_of_few(np.array([60.0, 30.0]), np.array([4e3, 1e3]), np.array([0.0, 1.0]), np.ones((2, 1)))
    >>> round(found.value, 4), round((30.5 / 1e3) / (60.5 / 4e3), 4)
    (2.0165, 2.0165)
    """
    columns, log_days = np.column_stack([others, column]), np.log(days)
    full = _fit(departures, log_days, columns, None)
    value = float(np.clip(full.coefficients[-1], -_FARTHEST, _FARTHEST))
    warm = full.coefficients

    def drop(log_ratio: float) -> float:
        """Return by how much a ratio explains the departures worse than the best one."""
        return full.twice_likelihood - _fit(departures, log_days, columns, log_ratio, warm).twice_likelihood

    low, high = (_end(drop, value, step) for step in (-_STEP, _STEP))
    p_value = float(chi2.sf(max(drop(0.0), 0.0), 1))
    return Estimate(exp(value), 0.0 if low == -inf else exp(low), inf if high == inf else exp(high), p_value)


def _fit(
    departures: Floats, log_days: Floats, columns: Floats, fixed: float | None, start: Floats | None = None
) -> _Fit:
    """Fit by Newton's method; with `fixed` the last column keeps that coefficient."""
    count = columns.shape[1]
    free = slice(0, count if fixed is None else count - 1)
    beta = np.zeros(count) if start is None else start.copy()
    if start is None:
        beta[0] = np.log((departures.sum() + 0.5) / np.exp(log_days).sum())
    if fixed is not None:
        beta[-1] = fixed
    for _ in range(_ROUNDS):
        expected = np.exp(np.minimum(log_days + columns @ beta, 50.0))
        information = columns.T @ (columns * expected[:, None])
        inverse = np.linalg.pinv(information)
        lever = expected * np.einsum("ij,jk,ik->i", columns, inverse, columns)
        score = columns[:, free].T @ (departures + lever / 2 - expected)
        step = np.linalg.pinv(information[free, free]) @ score
        longest = float(np.abs(step).max(initial=0.0))
        beta[free] += step * min(1.0, _LONGEST_STEP / max(longest, 1e-12))
        if longest < _TOLERANCE:
            break
    scores = log_days + columns @ beta
    expected = np.exp(np.minimum(scores, 50.0))
    _, log_determinant = np.linalg.slogdet(columns.T @ (columns * expected[:, None]))
    return _Fit(beta, 2 * float((departures * scores - expected).sum()) + float(log_determinant))


def _end(drop: Callable[[float], float], value: float, step: float) -> float:
    """Return the point on one side where the fit is worse by what 95 % allow; infinite where it never is."""
    near, far = value, value + step
    while drop(far) < _DROP_95:
        if abs(far) > _FARTHEST:
            return inf if step > 0 else -inf
        near, far, step = far, far + 2 * step, 2 * step
    return float(brentq(lambda point: drop(point) - _DROP_95, near, far, xtol=1e-4))

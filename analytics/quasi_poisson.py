"""Counts that vary more than by chance alone: the log-linear quasi-Poisson model.

The mean of a count is the exponential of a linear function of known columns. The variance is the dispersion times the
mean (Wedderburn 1974, doi:10.1093/biomet/61.3.439; McCullagh and Nelder, Generalized Linear Models, 1989, chapter 6).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]

_STEPS: Final = 30
_TOLERANCE: Final = 1e-9
"""The fit has settled when a step gains so little likelihood. Coefficients of rows that are all 0 never settle."""
_RIDGE: Final = 1e-9
_LARGEST_LOG: Final = 25.0
_LEAST_MEAN: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted model.

    Attributes:
        coefficients: On the log scale, one for each column of the design.
        spread: Covariance of the coefficients for dispersion 1, columns × columns.
        means: Fitted means, one for each count.
        dispersion: Pearson's estimate, Σ w (y - μ)² / μ over the degrees of freedom; at least 1.
        freedom: Degrees of freedom left, at least 1.
    """

    coefficients: Floats
    spread: Floats
    means: Floats
    dispersion: float
    freedom: int

    def mean_of(self, rows: Floats) -> Floats:
        """Return the means that the model expects for other rows of the design."""
        means: Floats = np.exp(np.clip(rows @ self.coefficients, -_LARGEST_LOG, _LARGEST_LOG))
        return means

    def log_variance_of(self, rows: Floats) -> Floats:
        """Return the variance of the log of the means of `mean_of`, for dispersion 1."""
        variance: Floats = np.maximum(((rows @ self.spread) * rows).sum(axis=1), 0.0)
        return variance


def fit(design: Floats, counts: Floats, weights: Floats | None = None, start: Floats | None = None) -> Fit:
    """Fit the model by iteratively reweighted least squares.

    The design need not be of full rank: columns that are the same share one coefficient between them.

    Args:
        design: Rows × columns.
        counts: One for each row, not negative.
        weights: How much each row counts; 0 leaves a row out; None means 1 for all.
        start: Means to begin at, such as those of nearly the same fit: it takes fewer steps. None begins at the counts.

    >>> made = fit(np.ones((4, 1)), np.array([8.0, 12.0, 9.0, 11.0]))
    >>> float(np.exp(made.coefficients[0]).round(6))
    10.0
    """
    given = np.ones(counts.size) if weights is None else weights
    logs = np.log(np.maximum(counts, 0.5) if start is None else np.maximum(start, _LEAST_MEAN))
    coefficients = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        means, before = np.maximum(np.exp(logs), _LEAST_MEAN), logs
        work = logs + (counts - means) / means
        coefficients = _inverse(design, given * means)[0] @ (design.T @ (given * means * work))
        logs = np.clip(design @ coefficients, -_LARGEST_LOG, _LARGEST_LOG)
        if float((given * means) @ (logs - before) ** 2) < _TOLERANCE:
            break
    means = np.maximum(np.exp(logs), _LEAST_MEAN)
    spread, rank = _inverse(design, given * means)
    freedom = max(int((given > 0).sum()) - rank, 1)
    pearson = float((given * (counts - means) ** 2 / means).sum())
    return Fit(coefficients, spread, means, max(pearson / freedom, 1.0), freedom)


def _inverse(design: Floats, weights: Floats) -> tuple[Floats, int]:
    """Return the pseudo-inverse of the information, and its rank: the number of independent columns."""
    # `numpy.linalg.pinv` takes twice as long for so few columns.
    values, vectors = np.linalg.eigh((design.T * weights) @ design)
    sizes = np.abs(values)
    counts = sizes > _RIDGE * sizes.max(initial=0.0)
    inverted = np.divide(1.0, values, out=np.zeros_like(values), where=counts)
    return np.asarray((vectors * inverted) @ vectors.T, dtype=np.float64), int(counts.sum())


def scores(design: Floats, fitted: Fit, candidates: Floats, counts: Floats, weights: Floats) -> Floats:
    """Return how much the fit would gain from each candidate column: Rao's score statistic, signed, for dispersion 1.

    The score of a column without effect is about standard normal. Each candidate is tried by itself, given the columns
    of the design (Rao 1948, doi:10.1017/S0305004100023987).

    Args:
        design: As fitted.
        fitted: The fit.
        candidates: Rows × candidates.
        counts: As fitted.
        weights: As fitted.
    """
    importance = weights * fitted.means
    slopes = candidates.T @ (weights * (counts - fitted.means))
    return _gains(slopes, (design.T * importance) @ candidates, importance @ candidates**2, fitted.spread)


def scores_of_groups(design: Floats, fitted: Fit, groups: Codes, members: Floats, counts: Floats) -> Floats:
    """Return the `scores` of candidates that hold whole groups of rows, such as windows of the half months of a year.

    Each group is added up once, however many candidates it is in.

    Args:
        design: As fitted.
        fitted: The fit, without weights.
        groups: Group of each row.
        members: Groups × candidates: 1 where the candidate holds the group, else 0.
        counts: As fitted.
    """
    parts = np.column_stack([counts - fitted.means, fitted.means, design * fitted.means[:, None]])
    is_of = (groups[:, None] == np.arange(members.shape[0])).astype(np.float64)
    sums = members.T @ (is_of.T @ parts)
    return _gains(sums[:, 0], sums[:, 2:].T, sums[:, 1], fitted.spread)


def _gains(slopes: Floats, crossed: Floats, total: Floats, spread: Floats) -> Floats:
    """Return signed score statistics from each candidate's slope, its products with the design, and its own weight."""
    explained = (crossed * (spread @ crossed)).sum(axis=0)
    left = total - explained
    statistics: Floats = np.where(left > 1e-6 * np.maximum(total, 1.0), slopes / np.sqrt(np.maximum(left, 1e-12)), 0.0)
    return statistics

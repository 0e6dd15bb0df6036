"""A day's tickets shared out over its hours.

The share s of each hour in its weekday comes from the latest weeks. Say a day has E tickets expected, and a variance V
beyond chance. The hour then has the mean s E and the variance s E + s² V: the first part is the chance of which hour a
ticket falls in, the second is the day's own uncertainty. A negative binomial of this mean and variance gives the
quantiles, so that hours have whole tickets.
"""

from typing import Final

import numpy as np
from scipy.stats import nbinom

from analytics.forecast_quantiles import COLUMNS, LEVELS, FloatArray
from analytics.time_units import DAY_HOURS, WEEK_DAYS

_PRIOR_TICKETS: Final = 50.0
_DEVIATIONS_WITHIN_80: Final = 2.563
_LEAST: Final = 1e-9
_EXCESS: Final = 1e-6


def hour_shares(counts: FloatArray, whole: FloatArray | None = None) -> FloatArray:
    """Return the share of each hour in its weekday's tickets: shape (7, 24), each row adding up to 1.

    A weekday with few tickets is drawn towards the desk's mean day: fifty tickets of a mean day are added to it.

    Args:
        counts: Tickets by weekday (Monday first) and hour, shape (7, 24).
        whole: Tickets of a larger series that gives the mean day; None takes the series itself.
    """
    usual = counts if whole is None else whole
    by_hour = usual.sum(axis=0)
    even = np.full(DAY_HOURS, 1 / DAY_HOURS)
    mean_day = by_hour / by_hour.sum() if by_hour.sum() > 0 else even
    of_weekday = usual.sum(axis=1, keepdims=True)
    borrowed = (usual + _PRIOR_TICKETS * mean_day) / (of_weekday + _PRIOR_TICKETS)
    own = counts.sum(axis=1, keepdims=True)
    return np.asarray((counts + _PRIOR_TICKETS * borrowed) / (own + _PRIOR_TICKETS), dtype=np.float64)


def hours_ahead(expected: FloatArray, quantiles: FloatArray, shares: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return means (days, 24) and quantiles (days, 24, 7) of the tickets in each hour.

    Args:
        expected: Mean tickets of each day.
        quantiles: Quantiles of each day, shape (days, 7).
        shares: Share of each hour in its day, shape (days, 24).
    """
    means = expected[:, None] * shares
    more = excess_variance(expected, quantiles)[:, None] * shares**2
    return means, counted_quantiles(means, more)


def excess_variance(expected: FloatArray, quantiles: FloatArray) -> FloatArray:
    """Return each day's variance beyond chance: the variance that its 80 % interval implies, less its mean."""
    low, high = COLUMNS.index("q10"), COLUMNS.index("q90")
    deviation = (quantiles[:, high] - quantiles[:, low]) / _DEVIATIONS_WITHIN_80
    return np.asarray(np.maximum(deviation**2 - expected, 0.0), dtype=np.float64)


def counted_quantiles(means: FloatArray, excess: FloatArray) -> FloatArray:
    """Return the seven quantiles of counts whose variances are their means plus the excess."""
    mean = np.maximum(means, _LEAST)[..., None]
    size = mean**2 / np.maximum(excess[..., None], _EXCESS * mean**2 + _LEAST * mean)
    found = nbinom.ppf(np.array(LEVELS), size, size / (size + mean))
    return np.asarray(np.where(means[..., None] > _LEAST, found, 0.0), dtype=np.float64)


def shares_of_days(shares: FloatArray, weekdays: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> FloatArray:
    """Return the shares of each day's hours, by its weekday.

    Args:
        shares: Shape (7, 24).
        weekdays: Weekday of each day; 0 is Monday.
    """
    return np.asarray(shares.reshape(WEEK_DAYS, DAY_HOURS)[weekdays], dtype=np.float64)

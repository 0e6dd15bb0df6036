"""How far off forecasts were, and how often their intervals held.

Sources: Hyndman and Koehler, *Another look at measures of forecast accuracy* (2006) for MASE; Koenker and Bassett
(1978) for the pinball loss. NaN stands for a day without a known count; such days are left out of every figure.
"""

import numpy as np

from analytics.forecast_quantiles import INTERVALS, LEVELS, FloatArray
from analytics.time_units import WEEK_DAYS


def seasonal_scale(history: FloatArray, season: int = WEEK_DAYS) -> float:
    """Return the mean absolute change from one week to the next, which is the unit of MASE.

    Returns:
        nan where no two known days are a season apart, or where nothing ever changes.

    >>> seasonal_scale(np.array([10.0] * 7 + [12.0] * 7))
    2.0
    """
    changes = np.abs(history[season:] - history[:-season])
    known = changes[~np.isnan(changes)]
    mean = float(known.mean()) if known.size else 0.0
    return mean if mean > 0 else float("nan")


def mase(actual: FloatArray, forecast: FloatArray, scale: float) -> float:
    """Return the mean absolute error in units of `seasonal_scale`.

    1 is as far off as taking last week's counts was, on average over the history.

    >>> mase(np.array([10.0, 14.0]), np.array([11.0, 11.0]), 4.0)
    0.5
    """
    return _mean(np.abs(actual - forecast)) / scale


def wape(actual: FloatArray, forecast: FloatArray) -> float:
    """Return the sum of absolute errors ÷ the sum of actual counts; NaN where that sum is 0.

    >>> wape(np.array([10.0, 30.0]), np.array([12.0, 28.0]))
    0.1
    """
    known = ~np.isnan(actual)
    total = float(actual[known].sum())
    return float(np.abs(actual - forecast)[known].sum()) / total if total > 0 else float("nan")


def coverage(actual: FloatArray, quantiles: FloatArray, percent: int) -> float:
    """Return the share of days whose count lay within the interval, its ends included.

    Args:
        actual: Shape (days,).
        quantiles: Shape (days, 7), in the order of `LEVELS`.
        percent: 50, 80 or 95.
    """
    low, high = INTERVALS[percent]
    held = (actual >= quantiles[:, low]) & (actual <= quantiles[:, high])
    return _mean(np.where(np.isnan(actual), np.nan, held.astype(np.float64)))


def pinball(actual: FloatArray, quantiles: FloatArray) -> float:
    """Return the pinball loss, averaged over days and quantiles, in tickets: the smaller the better.

    Args:
        actual: Shape (days,).
        quantiles: Shape (days, 7), in the order of `LEVELS`.

    >>> pinball(np.array([10.0]), np.full((1, 7), 10.0))
    0.0
    """
    levels = np.array(LEVELS)
    above = actual[:, None] - quantiles
    return _mean(np.maximum(levels * above, (levels - 1) * above))


def _mean(values: FloatArray) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if known.size else float("nan")

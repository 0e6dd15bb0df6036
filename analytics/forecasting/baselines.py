"""What any forecast has to beat: the same weekday last week, and each weekday's mean over eight weeks."""

from typing import Final

import numpy as np

from analytics.forecast_quantiles import FloatArray
from analytics.forecasting.learnt import Learnt
from analytics.time_units import WEEK_DAYS

_WEEKS: Final = 8


def seasonal_naive(learnt: Learnt) -> FloatArray:
    """Return the last week, repeated over the days ahead."""
    return repeated(learnt.history.counts[-WEEK_DAYS:], learnt.horizon)


def same_weekday_mean(learnt: Learnt) -> FloatArray:
    """Return each day ahead as its weekday's mean over the last eight weeks, or over fewer if there are no more."""
    return repeated(recent_week(learnt.history.counts), learnt.horizon)


def recent_week(values: FloatArray) -> FloatArray:
    """Return each weekday's mean over the last eight weeks, starting with the weekday after the last value."""
    weeks = min(_WEEKS, len(values) // WEEK_DAYS)
    return np.asarray(values[-weeks * WEEK_DAYS :].reshape(weeks, WEEK_DAYS).mean(axis=0), dtype=np.float64)


def repeated(week: FloatArray, horizon: int) -> FloatArray:
    """Return a week repeated over `horizon` days."""
    return np.tile(week, -(-horizon // WEEK_DAYS))[:horizon]

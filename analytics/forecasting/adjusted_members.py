"""Members that forecast the series without time of year and named days, and put those back afterwards.

Smoothing follows a changing level and week well, but knows nothing of Christmas. The calendar regression knows the
factor of each time of year and named day. The history is divided by these factors, forecast, and multiplied again.
"""

from typing import Final

import numpy as np
from statsforecast.models import AutoETS

from analytics.forecast_quantiles import FloatArray
from analytics.forecasting.baselines import recent_week, repeated
from analytics.forecasting.learnt import Learnt, fading
from analytics.time_units import WEEK_DAYS

_DAYS: Final = 365
_LEAST_SEASON: Final = 0.2
_MOST_OF_MEDIAN: Final = 5.0


def calendar_regression(learnt: Learnt) -> FloatArray:
    """Return the regression's own mean of each day ahead, with its latest deviation carried on and fading."""
    ahead = learnt.fit.log_mean[-learnt.horizon :] + learnt.fit.level_shift * fading(learnt.horizon)
    return np.asarray(np.exp(ahead), dtype=np.float64)


def adjusted_week(learnt: Learnt) -> FloatArray:
    """Return each day ahead as its weekday's mean over the last eight weeks, adjusted for the calendar."""
    return _put_back(learnt, repeated(recent_week(_adjusted(learnt)), learnt.horizon))


def exponential_smoothing(learnt: Learnt) -> FloatArray:
    """Return exponential smoothing of level and week (Holt and Winters, without trend; ETS(A,N,A))."""
    model = AutoETS(season_length=WEEK_DAYS, model="ANA")
    return _put_back(learnt, model.forecast(y=_adjusted(learnt)[-_DAYS:], h=learnt.horizon)["mean"])


def _adjusted(learnt: Learnt) -> FloatArray:
    """Return the history divided by its season.

    Where almost nothing was expected, the division would mean nothing: such days get their weekday's usual value.
    """
    season = learnt.season[: -learnt.horizon]
    values = learnt.history.counts / np.maximum(season, _LEAST_SEASON)
    most = _MOST_OF_MEDIAN * max(float(np.median(values[-_DAYS:])), 1.0)
    adjusted = np.minimum(values, most)
    for place in np.flatnonzero(season < _LEAST_SEASON):
        same = np.arange(place % WEEK_DAYS, len(adjusted), WEEK_DAYS)
        near = same[(np.abs(same - place) <= 4 * WEEK_DAYS) & (season[same] >= _LEAST_SEASON)]
        adjusted[place] = float(np.median(adjusted[near])) if near.size else adjusted[place]
    return np.asarray(adjusted, dtype=np.float64)


def _put_back(learnt: Learnt, ahead: FloatArray) -> FloatArray:
    return np.asarray(np.maximum(ahead, 0.0) * learnt.season[-learnt.horizon :], dtype=np.float64)

"""Members that forecast the series without time of year and named days, and put those back afterwards.

Smoothing follows a changing level and week well, but knows nothing of Christmas. The calendar regression knows the
factor of each time of year and named day. The history is divided by these factors, forecast, and multiplied again.
"""

from typing import Final

import numpy as np
from statsforecast.models import Theta

from analytics.forecast_quantiles import FloatArray
from analytics.forecasting.learnt import Learnt, fading
from analytics.forecasting.levels import middle_level, settled_level
from analytics.time_units import WEEK_DAYS

_DAYS: Final = 365
_LEAST_SEASON: Final = 0.2
_MOST_OF_MEDIAN: Final = 5.0


def calendar_regression(learnt: Learnt) -> FloatArray:
    """Return the regression's own mean of each day ahead, with its latest deviation carried on and fading."""
    ahead = learnt.fit.log_mean[-learnt.horizon :] + learnt.fit.level_shift * fading(learnt.horizon)
    return np.asarray(np.exp(ahead), dtype=np.float64)


def recent_level(learnt: Learnt) -> FloatArray:
    """Return the level and week of the last half year, adjusted for time of year and named days."""
    level = middle_level(_adjusted(learnt), learnt.history.is_known, 14.0, 26, learnt.horizon)
    return _put_back(learnt.season, level)


def recent_level_by_events(learnt: Learnt) -> FloatArray:
    """Return the level and week of the last quarter, adjusted for named days alone.

    Where a desk has few years, its time of year is as much chance as season; this member does without.
    """
    level = middle_level(_without_events(learnt), learnt.history.is_known, 10.0, 13, learnt.horizon)
    return _put_back(_events(learnt), level)


def settled_by_events(learnt: Learnt) -> FloatArray:
    """Return a level as fast as has suited the desk, adjusted for named days alone."""
    level = settled_level(_without_events(learnt), learnt.history.is_known, learnt.horizon)
    return _put_back(_events(learnt), level)


def theta_by_events(learnt: Learnt) -> FloatArray:
    """Return the Theta method (Assimakopoulos and Nikolopoulos, 2000) on the counts adjusted for named days."""
    model = Theta(season_length=WEEK_DAYS)
    return _put_back(_events(learnt), model.forecast(y=_without_events(learnt)[-_DAYS:], h=learnt.horizon)["mean"])


def _events(learnt: Learnt) -> FloatArray:
    return np.asarray(np.exp(learnt.fit.parts["events"]), dtype=np.float64)


def _without_events(learnt: Learnt) -> FloatArray:
    return np.asarray(
        learnt.history.counts / np.maximum(_events(learnt)[: -learnt.horizon], _LEAST_SEASON), dtype=np.float64
    )


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


def _put_back(season: FloatArray, ahead: FloatArray) -> FloatArray:
    return np.asarray(np.maximum(ahead, 0.0) * season[-len(ahead) :], dtype=np.float64)

"""Members that see the series without its time of year and named days, which are put back afterwards.

What smoothing does well is to follow a changing level and a changing week; what it cannot do is to know of Christmas.
The calendar regression says what those multiply a day by; the days ahead are forecast without, and multiplied again.
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
    """Return the regression's own mean of each day ahead, its latest deviation carried on, fading."""
    ahead = learnt.fit.log_mean[-learnt.horizon :] + learnt.fit.level_shift * fading(learnt.horizon)
    return np.asarray(np.exp(ahead), dtype=np.float64)


def adjusted_week(learnt: Learnt) -> FloatArray:
    """Return the adjusted mean of each weekday over the last eight weeks."""
    return _put_back(learnt, repeated(recent_week(_adjusted(learnt)), learnt.horizon))


def exponential_smoothing(learnt: Learnt) -> FloatArray:
    """Return exponential smoothing of level and week (Holt and Winters, without trend; ETS(A,N,A))."""
    model = AutoETS(season_length=WEEK_DAYS, model="ANA")
    return _put_back(learnt, model.forecast(y=_adjusted(learnt)[-_DAYS:], h=learnt.horizon)["mean"])


def _adjusted(learnt: Learnt) -> FloatArray:
    """Return the history divided by its season.

    Where next to nothing was to be expected, a division says nothing: such days get what their weekday mostly has.
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

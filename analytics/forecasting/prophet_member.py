"""Prophet as a member: multiplicative seasons and named days, corrected by the latest weeks' deviation.

Taylor and Letham, *Forecasting at scale* (2018). Prophet fits a trend with change points to the whole history and pays
no special attention to its last residuals. Carrying their ratio on, fading, took a tenth off its error in our trials.
"""

import logging
import warnings
from typing import Final

import numpy as np
import pandas as pd
from prophet import Prophet

from analytics.forecast_quantiles import FloatArray
from analytics.forecasting.calendar import EventCalendar
from analytics.forecasting.history import History
from analytics.forecasting.learnt import Learnt, fading

_LONGEST_DAYS: Final = 4 * 366
_RECENT_DAYS: Final = 56
_RECENT_HALF_LIFE: Final = 14.0


def prophet_with_events(learnt: Learnt) -> FloatArray:
    """Return the mean of each day ahead, by Prophet with holidays and a fading correction of level."""
    history, horizon = learnt.history, learnt.horizon
    named = _frame(history, learnt.calendar)
    model = _quiet(Prophet(seasonality_mode="multiplicative", uncertainty_samples=0, holidays=named))
    fitted = _predicted(model, history, horizon)
    ahead, recent = fitted[-horizon:], min(_RECENT_DAYS, len(history.counts))
    weights = 0.5 ** (np.arange(recent - 1, -1, -1) / _RECENT_HALF_LIFE)
    expected = fitted[-horizon - recent : -horizon]
    ratio = (weights * history.counts[-recent:]).sum() / max(float((weights * expected).sum()), 1e-9)
    return np.asarray(ahead * np.clip(ratio, 0.5, 2.0) ** fading(horizon), dtype=np.float64)


def prophet_default(learnt: Learnt) -> FloatArray:
    """Return the mean of each day ahead, by Prophet with its default settings: a baseline in wide use."""
    history = learnt.history
    model = _quiet(Prophet(uncertainty_samples=0))
    return _predicted(model, history, learnt.horizon, longest=len(history.counts))[-learnt.horizon :]


def _quiet(model: Prophet) -> Prophet:
    for name in ("prophet", "cmdstanpy"):
        logging.getLogger(name).disabled = True
    return model


def _predicted(model: Prophet, history: History, horizon: int, longest: int = _LONGEST_DAYS) -> FloatArray:
    """Return the fit over the history, then the days ahead; never below zero."""
    days = np.concatenate([history.days, history.ahead(horizon)])
    frame = pd.DataFrame({"ds": pd.to_datetime(history.days[-longest:]), "y": history.counts[-longest:]})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model.fit(frame)
        predicted = model.predict(pd.DataFrame({"ds": pd.to_datetime(days[-longest - horizon :])}))
    return np.asarray(np.maximum(predicted["yhat"].to_numpy(), 0.0), dtype=np.float64)


def _frame(history: History, calendar: EventCalendar) -> pd.DataFrame | None:
    """Return the named days that occur in the history; Prophet can learn nothing about others."""
    first, last = history.days[-_LONGEST_DAYS:][0], history.days[-1]
    rows = [
        (name, day)
        for name, days in calendar.days_by_name.items()
        if ((days >= first) & (days <= last)).any()
        for day in days
    ]
    if not rows:
        return None
    return pd.DataFrame({"holiday": [name for name, _ in rows], "ds": pd.to_datetime([day for _, day in rows])})

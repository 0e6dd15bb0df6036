"""Forecasts one series. Arguments and results can be pickled, so this can run in another process."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final

import numpy as np

from analytics.forecast_quantiles import FloatArray
from analytics.forecasting.backtest import Stored
from analytics.forecasting.calendar import EventCalendar
from analytics.forecasting.forecast import SeriesForecast, forecast_series
from analytics.forecasting.history import clean
from analytics.forecasting.learnt import learn
from analytics.forecasting.series import DailySeries, DayArray

_METHOD: Final = b"3"
"""Part of every hash. Change it when the method changes, so that all forecasts are made again."""
COMPONENT_DAYS: Final = 730


@dataclass(frozen=True, slots=True, eq=False)
class Components:
    """The expected tickets of each day, split into their components.

    Attributes:
        days: The latest two years and the days ahead.
        parts: trend (tickets), week, year and events (factors), each of shape (days,).
    """

    days: DayArray
    parts: Mapping[str, FloatArray]


@dataclass(frozen=True, slots=True, eq=False)
class LookedAhead:
    """The results for one series."""

    forecast: SeriesForecast
    components: Components | None


def look_ahead(
    series: DailySeries, calendar: EventCalendar, horizon: int, cutoff_count: int, stored: Stored
) -> LookedAhead:
    """Forecast a series and split it into components; the arguments are those of `forecast_series`."""
    made = forecast_series(series, calendar, horizon, cutoff_count=cutoff_count, stored=stored)
    return LookedAhead(made, _components(series, calendar, horizon) if made.models else None)


def _components(series: DailySeries, calendar: EventCalendar, horizon: int) -> Components:
    learnt = learn(clean(series), calendar, horizon)
    parts = learnt.fit.parts
    known = len(learnt.history.counts)
    week, year = np.exp(parts["week"]), np.exp(parts["year"])
    # Factors are relative to the mean day of the history, so that the seven weekdays average 1.
    week_mean, year_mean = float(week[:known].mean()), float(year[:known].mean())
    trend = np.exp(parts["level"] + parts["trend"]) * week_mean * year_mean
    latest = slice(-(COMPONENT_DAYS + horizon), None)
    days = np.concatenate([learnt.history.days, learnt.history.ahead(horizon)])
    relative = {"trend": trend, "week": week / week_mean, "year": year / year_mean, "events": np.exp(parts["events"])}
    return Components(days[latest], {name: part[latest] for name, part in relative.items()})


def calendar_hash(calendar: EventCalendar) -> bytes:
    """Return a hash of all named days (holidays and the desk's events)."""
    digest = sha256(_METHOD)
    for name in sorted(calendar.days_by_name):
        digest.update(name.encode() + b"\0")
        digest.update(calendar.days_by_name[name].astype("datetime64[D]").astype(np.int64).tobytes())
        digest.update(str(calendar.expected_changes.get(name)).encode())
    return digest.digest()


def history_hash(series: DailySeries, named: bytes, until: date | None = None) -> str:
    """Return a hash of a forecast's data: the daily tickets until a cutoff, and the named days."""
    known = series if until is None else series.until(until)
    return sha256(named + str(known.first_date).encode() + known.counts.tobytes()).hexdigest()

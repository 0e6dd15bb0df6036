"""The forecast of one series: members, combination, intervals, and what could be done with the series."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

import numpy as np

from analytics.forecast_quantiles import FloatArray
from analytics.forecasting.backtest import (
    NOTHING_STORED,
    Origin,
    Plan,
    Stored,
    origin_at,
    regular_cutoffs,
    run_backtest,
)
from analytics.forecasting.calendar import EventCalendar
from analytics.forecasting.combination import combined, weights_at
from analytics.forecasting.history import History, believable, clean
from analytics.forecasting.members import COMBINATION, NAIVE
from analytics.forecasting.past import Past, quantiles_of, replay
from analytics.forecasting.series import DailySeries

LEAST_DAYS: Final = 56
"""Fewest days for a backtest: 28 to learn from, and 28 to look ahead."""
BACKTEST_HORIZON: Final = 28
SHOWN: Final[tuple[str, ...]] = (COMBINATION, NAIVE, "same_weekday_mean", "prophet")
"""Models whose forecasts are kept: the one shown, and those it is compared with."""


class Outcome(StrEnum):
    """What could be done with a series."""

    FORECAST = "forecast"
    SEASONAL_NAIVE = "seasonal_naive"
    CONSTANT = "constant"
    TOO_SHORT = "too_short"
    ALL_ZERO = "all_zero"
    BORROWED = "borrowed"


@dataclass(frozen=True, slots=True, eq=False)
class Ahead:
    """What one model forecasts for the days ahead.

    Attributes:
        expected: Mean tickets of each day.
        quantiles: Shape (days, 7), in the order of `analytics.forecast_quantiles.LEVELS`.
    """

    expected: FloatArray
    quantiles: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class SeriesForecast:
    """The forecast of one series.

    Attributes:
        outcome: What could be done with the series.
        model_name: The model whose forecast is shown; "" when none is.
        models: Name -> forecast, for the models that are kept.
        weights: Share of each member in the combination.
        past: The backtest that the choice and the intervals rest on; None when there was none.
        history: What was learnt from; None when there was nothing.
        now: What each member says of the days ahead; None when there is no forecast.
    """

    outcome: Outcome
    model_name: str = ""
    models: Mapping[str, Ahead] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    past: Past | None = None
    history: History | None = None
    now: Origin | None = None


def forecast_series(
    series: DailySeries,
    calendar: EventCalendar,
    horizon: int,
    *,
    cutoff_count: int = 6,
    stored: Stored = NOTHING_STORED,
) -> SeriesForecast:
    """Forecast the days after the end of a series.

    Args:
        series: One count a day.
        calendar: Named days, of the days ahead too.
        horizon: Days ahead.
        cutoff_count: At how many cutoffs of the past to try the members.
        stored: Forecasts at those cutoffs from an earlier run on the same history.
    """
    known = np.nan_to_num(series.counts)
    if not (known > 0).any():
        return SeriesForecast(Outcome.ALL_ZERO)
    history = clean(series)
    if len(history.counts) < LEAST_DAYS:
        return SeriesForecast(Outcome.TOO_SHORT, history=history)
    cutoffs = regular_cutoffs(series, BACKTEST_HORIZON, cutoff_count)
    plan = Plan(BACKTEST_HORIZON, stored=stored)
    past = replay(run_backtest(believable(series), calendar, cutoffs, plan), SHOWN)
    now = origin_at(series, np.full(horizon, np.nan), calendar, Plan(horizon))
    weights = weights_at(tuple(now.members), past.origins)
    said = {COMBINATION: combined(now.members, weights), **now.members}
    models: dict[str, Ahead] = {
        name: Ahead(said[name], quantiles_of(said[name], now, past.errors(name))) for name in SHOWN if name in said
    }
    outcome = _outcome(history, past)
    shown = COMBINATION if outcome is Outcome.FORECAST else NAIVE
    return SeriesForecast(outcome, shown, models, weights, past, history, now)


def _outcome(history: History, past: Past) -> Outcome:
    recent = history.counts[-LEAST_DAYS:]
    if np.ptp(recent) == 0:
        return Outcome.CONSTANT
    scores = past.scores()
    beats = scores.get(COMBINATION, np.inf) < scores.get(NAIVE, np.inf)
    return Outcome.FORECAST if beats else Outcome.SEASONAL_NAIVE

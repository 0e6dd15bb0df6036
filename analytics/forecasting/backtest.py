"""Rolling-origin backtest: forecast from past days with what was known then, and compare with what came."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from analytics.forecast_accuracy import seasonal_scale
from analytics.forecast_quantiles import FloatArray
from analytics.forecasting.calendar import EventCalendar
from analytics.forecasting.history import clean
from analytics.forecasting.learnt import learn
from analytics.forecasting.members import member_forecasts
from analytics.forecasting.series import DailySeries

LEAST_TRAINING: Final = 28
"""Fewest days to learn from."""
_EPOCH: Final = date(2001, 1, 1)


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """What was forecast at one cutoff.

    Attributes:
        cutoff: The last day that was known.
        members: Name -> mean of each day ahead.
        is_named: Which of the days ahead have a name in the calendar.
        actual: Actual counts; NaN where unknown.
        scale: The unit of MASE, from the days until the cutoff.
    """

    cutoff: date
    members: Mapping[str, FloatArray]
    is_named: NDArray[np.bool_]
    actual: FloatArray
    scale: float

    @property
    def horizon(self) -> int:
        """Days ahead."""
        return len(self.actual)

    @property
    def end(self) -> date:
        """The last day that was forecast."""
        return self.cutoff + timedelta(days=self.horizon)

    def mase_of(self, forecast: FloatArray) -> float:
        """Return the MASE of a forecast of these days; NaN where no count is known or counts never changed."""
        errors = np.abs(forecast - self.actual)
        return float(np.nanmean(errors)) / self.scale if (~np.isnan(errors)).any() else float("nan")


Stored: TypeAlias = Mapping[date, Mapping[str, FloatArray]]
"""Cutoff -> member -> forecast of the days ahead, from an earlier backtest of the same history."""
NOTHING_STORED: Final[Stored] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Plan:
    """How a backtest is run.

    Attributes:
        horizon: Days ahead.
        with_baselines: Whether to measure the baselines too.
        stored: Forecasts that need not be made again.
        say: Called with each cutoff that is finished.
    """

    horizon: int
    with_baselines: bool = False
    stored: Stored = field(default_factory=lambda: NOTHING_STORED)
    say: Callable[[date], None] = lambda _cutoff: None


def regular_cutoffs(series: DailySeries, horizon: int, count: int) -> tuple[date, ...]:
    """Return the latest cutoffs of a fixed grid, a horizon apart, oldest first.

    The grid does not move with the end of the series. So tomorrow most cutoffs are the same, and already computed.
    """
    last = series.last_date - timedelta(days=horizon)
    newest = last - timedelta(days=(last - _EPOCH).days % horizon)
    return _with_history(series, [newest - timedelta(days=horizon * step) for step in range(count)])


def spread_cutoffs(series: DailySeries, horizon: int, count: int, span_days: int) -> tuple[date, ...]:
    """Return cutoffs evenly spread over a series' last days, oldest first; the last horizon ends with the series."""
    last = series.last_date - timedelta(days=horizon)
    between = max(span_days - horizon, 0) / max(count - 1, 1)
    return _with_history(series, [last - timedelta(days=round(between * step)) for step in range(count)])


def _with_history(series: DailySeries, cutoffs: list[date]) -> tuple[date, ...]:
    first = series.first_date + timedelta(days=LEAST_TRAINING - 1)
    return tuple(sorted({cutoff for cutoff in cutoffs if cutoff >= first}))


def run_backtest(
    series: DailySeries, calendar: EventCalendar, cutoffs: tuple[date, ...], plan: Plan
) -> tuple[Origin, ...]:
    """Return what each member forecast at each cutoff, and what came.

    Args:
        series: The whole series.
        calendar: Named days.
        cutoffs: Oldest first.
        plan: How to run the backtest.
    """
    found = []
    for cutoff in cutoffs:
        known = series.until(cutoff)
        if (np.nan_to_num(known.counts) > 0).any() and len(clean(known).counts) >= LEAST_TRAINING:
            found.append(origin_at(known, series.after(cutoff, plan.horizon), calendar, plan))
            plan.say(cutoff)
    return tuple(found)


def origin_at(known: DailySeries, actual: FloatArray, calendar: EventCalendar, plan: Plan) -> Origin:
    """Return what the members forecast from the end of the known series."""
    members = plan.stored.get(known.last_date)
    ahead = np.datetime64(known.last_date, "D") + np.arange(1, plan.horizon + 1)
    if members is None:
        learnt = learn(clean(known), calendar, plan.horizon)
        members = member_forecasts(learnt, with_baselines=plan.with_baselines)
    named = np.concatenate([np.array([], dtype="datetime64[D]"), *calendar.days_by_name.values()])
    return Origin(known.last_date, members, np.isin(ahead, named), actual, seasonal_scale(known.counts))

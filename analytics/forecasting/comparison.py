"""The combination compared with the baselines over many series: the result of backtesting a whole file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import numpy as np

from analytics.forecasting.backtest import Origin, Plan, run_backtest, spread_cutoffs
from analytics.forecasting.calendar import DeskEvent, country_calendar
from analytics.forecasting.countries import country_followed
from analytics.forecasting.forecast import LEAST_DAYS, Outcome
from analytics.forecasting.history import believable, clean
from analytics.forecasting.members import BASELINES, COMBINATION, MEMBERS, NAIVE, SIMPLE
from analytics.forecasting.past import Accuracy, replay
from analytics.forecasting.series import DailySeries

DETECTED: Final = "auto"
WARM_UP: Final = 6
"""Cutoffs before those that count: weights and intervals are learnt from them, as in real use."""


@dataclass(frozen=True, slots=True)
class Trial:
    """How series are tried.

    Attributes:
        horizon: Days ahead.
        cutoffs: How many cutoffs count.
        span_days: Over how many of the latest days the cutoffs are spread; at most two thirds of a history.
        country: Whose holidays: a code, None for none, or "auto" to find it in the days before each cutoff.
        events: The desk's own events.
    """

    horizon: int = 28
    cutoffs: int = 12
    span_days: int = 1096
    country: str | None = DETECTED
    events: tuple[DeskEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class TriedSeries:
    """How one series went.

    Attributes:
        outcome: What could be done with the series.
        country: Whose holidays were used at the last cutoff.
        cutoffs: ISO dates of the cutoffs that count, oldest first.
        accuracy: Model -> its accuracy.
    """

    outcome: Outcome
    country: str | None
    cutoffs: tuple[str, ...]
    accuracy: Mapping[str, Accuracy]


@dataclass(frozen=True, slots=True)
class Summary:
    """Figures over all series that could be tried.

    Attributes:
        mean_mase: Model -> mean over series of its MASE.
        best_single: The single way that was best in hindsight.
        to_naive: Mean MASE of the combination ÷ that of the seasonal naive forecast.
        to_prophet_default: Mean MASE of the combination ÷ that of Prophet with its default settings.
        to_best_single: Mean MASE of the combination ÷ that of `best_single`.
        coverage_80: Share of days within the 80 % intervals, averaged over the series.
        least_coverage_80: The same share for the series where it is lowest.
    """

    mean_mase: Mapping[str, float]
    best_single: str
    to_naive: float
    to_prophet_default: float
    to_best_single: float
    coverage_80: float
    least_coverage_80: float


def try_series(series: DailySeries, trial: Trial) -> TriedSeries:
    """Backtest one series, or say why it cannot be backtested."""
    if not (np.nan_to_num(series.counts) > 0).any():
        return TriedSeries(Outcome.ALL_ZERO, None, (), {})
    history = clean(series)
    if len(history.counts) < max(LEAST_DAYS, trial.horizon + LEAST_DAYS // 2):
        return TriedSeries(Outcome.TOO_SHORT, None, (), {})
    if np.ptp(history.counts) == 0:
        return TriedSeries(Outcome.CONSTANT, None, (), {})
    origins, counting, country = _origins(series, trial)
    past = replay(origins)
    names = [name for name in (COMBINATION, *MEMBERS, *SIMPLE, *BASELINES) if name in past.forecasts]
    accuracy = {name: past.accuracy(name, counting) for name in names}
    cutoffs = tuple(origin.cutoff.isoformat() for origin in origins[-counting:])
    best, naive = accuracy[COMBINATION].mase, accuracy[NAIVE].mase
    is_better = best is not None and naive is not None and best < naive
    return TriedSeries(Outcome.FORECAST if is_better else Outcome.SEASONAL_NAIVE, country, cutoffs, accuracy)


def _origins(series: DailySeries, trial: Trial) -> tuple[tuple[Origin, ...], int, str | None]:
    """Return the backtest, how many of its last cutoffs count, and the country that was found."""
    span = min(trial.span_days, len(series.counts) * 2 // 3)
    counting = spread_cutoffs(series, trial.horizon, trial.cutoffs, span)
    step = (counting[-1] - counting[0]) / max(len(counting) - 1, 1) if len(counting) > 1 else timedelta()
    step = max(step, timedelta(days=trial.horizon))
    first = clean(series).first_date + timedelta(days=LEAST_DAYS)
    warming = tuple(cutoff for place in range(WARM_UP, 0, -1) if (cutoff := counting[0] - place * step) >= first)
    plan = Plan(trial.horizon, with_baselines=True)
    known, country = believable(series), None
    origins: list[Origin] = []
    for cutoff in (*warming, *counting):
        country = country_followed(clean(series.until(cutoff))) if trial.country == DETECTED else trial.country
        years = (series.first_date.year, series.last_date.year + 1)
        calendar = country_calendar(country, *years).with_events(trial.events)
        origins += run_backtest(known, calendar, (cutoff,), plan)
    return tuple(origins), min(len(counting), len(origins)), country


def summary_of(tried: Mapping[str, TriedSeries]) -> Summary | None:
    """Return the figures over all series that could be tried; None when none could."""
    scored = [each.accuracy for each in tried.values() if each.accuracy and each.accuracy[COMBINATION].mase is not None]
    if not scored:
        return None
    everywhere = [name for name in (COMBINATION, *MEMBERS, *SIMPLE, *BASELINES) if all(name in each for each in scored)]
    mean = {name: float(np.mean([each[name].mase or 0.0 for each in scored])) for name in everywhere}
    singles = {name: mean[name] for name in (*MEMBERS, *SIMPLE) if name in mean}
    best = min(singles, key=lambda name: singles[name])
    covered = [each[COMBINATION].coverage_80 or 0.0 for each in scored]
    prophet = mean.get("prophet_default", float("nan"))
    return Summary(
        mean,
        best,
        mean[COMBINATION] / mean[NAIVE],
        mean[COMBINATION] / prophet,
        mean[COMBINATION] / mean[best],
        float(np.mean(covered)),
        min(covered),
    )

"""How accurate the combination of forecasts is on four kinds of daily series, compared with simpler ways; and its cost.

The kinds: ten stations and the parts of a city's complaints, both public, from `SUPPORT_SHARED_DATA` (default:
`../shared/data`); made-up desks; and bookshops. `--data` names a long CSV (`unique_id,ds,y`) instead. Each series is
forecast 28 days ahead from six days of the past, spread over its latest three years or two thirds. Then made-up desks
are forecast by the hour, and again during the day.
"""

import argparse
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from analytics.forecasting.calendar import country_calendar
from analytics.forecasting.comparison import Trial, TriedSeries, summary_of, try_series
from analytics.forecasting.forecast import forecast_series
from analytics.forecasting.series import DailySeries
from benchmarks.forecast_hours import NOW, hour_errors
from benchmarks.forecast_series import Kinds, series_by_kind
from benchmarks.needed_data import SHARED, needed
from etl.importing.sources.daily_counts import read_daily_counts
from etl.running.workers import mapped

_HORIZON: Final = 90
_HOURLY_DESKS: Final = 12
_HOURLY_CUTOFFS: Final = 3
_HOURLY_DAYS: Final = 20


def main() -> None:
    """Backtest every series of every kind and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a long CSV (unique_id,ds,y) instead of the kinds at hand")
    parser.add_argument("--horizon", type=int, default=28)
    parser.add_argument("--cutoffs", type=int, default=6)
    parser.add_argument("--span", type=int, default=1096, help="days that the cutoffs are spread over")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--quick", action="store_true", help="every third series, three cutoffs")
    chosen = parser.parse_args()
    kinds: Kinds = (
        {chosen.data.stem: read_daily_counts(needed(chosen.data))}
        if chosen.data
        else series_by_kind(SHARED, is_quick=chosen.quick)
    )
    cutoffs = 3 if chosen.quick else chosen.cutoffs
    tried = {
        kind: _tried(series, Trial(chosen.horizon, cutoffs, chosen.span), chosen.workers)
        for kind, series in kinds.items()
    }
    _table(tried)
    if not chosen.data:
        _hours(range(0, _HOURLY_DESKS, 3 if chosen.quick else 1), chosen.workers)
    series = next(iter(kinds.values()))
    _one(next(iter(series.values())))


def _tried(series: Mapping[str, DailySeries], trial: Trial, workers: int) -> dict[str, TriedSeries]:
    answers = mapped(try_series, [(each, trial) for each in series.values()], workers)
    tried = dict(zip(series, answers, strict=True))
    for name, each in tried.items():
        figures = {model: round(found.mase or 0.0, 3) for model, found in each.accuracy.items()}
        held = next((found.coverage_80 for found in each.accuracy.values()), None)
        print(f"{name}: {each.outcome}, holidays {each.country}, 80 % interval held {held}, MASE {figures}", flush=True)
    return tried


def _table(kinds: Mapping[str, Mapping[str, TriedSeries]]) -> None:
    """Print the ratios of each kind, and of all series together."""
    everything = {f"{kind} {name}": each for kind, tried in kinds.items() for name, each in tried.items()}
    print(f"{'mean MASE':24}{'series':>7}{'/ Prophet':>11}{'/ last week':>12}{'/ best single':>14}{'80 % held':>10}")
    for kind, tried in [*kinds.items(), *([("all", everything)] if len(kinds) > 1 else [])]:
        found = summary_of(tried)
        if found is None:
            print(f"{kind:24} no series could be tried")
            continue
        ratios = f"{found.to_prophet_default:>11.3f}{found.to_naive:>12.3f}{found.to_best_single:>14.3f}"
        print(f"{kind:24}{len(tried):>7}{ratios}{found.coverage_80:>10.3f}  best single: {found.best_single}")
    print(f"{'bars':24}{'':>7}{'0.85':>11}{'0.74':>12}{'0.97':>14}{'.77-.84':>10}")


def _hours(desks: Sequence[int], workers: int) -> None:
    """Print the ratio by the hour, and by how much the afternoon's error falls."""
    found = list(mapped(hour_errors, [(desk, _HOURLY_CUTOFFS, _HOURLY_DAYS) for desk in desks], workers))
    hourly = np.mean([each.hourly / each.hourly_naive for each in found])
    print(f"by the hour, error / last week's same hour, {len(found)} made-up desks: {hourly:.3f} (at most 0.90)")
    for place, hour in enumerate(NOW):
        errors = np.array([each.by_now[place] for each in found])
        left, known, seen = (float(np.mean(errors[:, column] / errors[:, 0])) for column in (2, 3, 4))
        day, held = float(np.mean(errors[:, 2] / errors[:, 1])), np.mean([each.held[place] for each in found])
        print(f"at {hour}:00, error with today's tickets / the morning's: day {day:.3f}, hours left {left:.3f}")
        print(
            f"  hours left, at best: {known:.3f} who knows the process, {seen:.3f} chance alone; 80 % held {held:.3f}"
        )


def _one(series: DailySeries) -> None:
    """Print the time of the daily forecast of one series whose backtest is stored; libraries are loaded already."""
    calendar = country_calendar("US", series.first_date.year, series.last_date.year + 1)
    first = forecast_series(series, calendar, _HORIZON)
    stored = {origin.cutoff: origin.members for origin in first.past.origins} if first.past else {}
    began = time.process_time()
    forecast_series(series, calendar, _HORIZON, stored=stored)
    print(f"one series, backtest kept: {time.process_time() - began:.2f} s of one core (at most 3)")


if __name__ == "__main__":
    main()

"""How accurate the combination of forecasts is on ten public daily series, compared with simpler ways; and its cost.

Reads `demand/chicago_l_daily_2001_2013.csv` in `SUPPORT_SHARED_DATA` (default: `../shared/data`); `--data` names
another long CSV (`unique_id,ds,y`). By default there are twelve cutoffs, spread over the latest three years, and 28
days ahead. `--segments 50` also times forecasts of 50 series at once, backtest included.
"""

import argparse
import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Final

from analytics.forecasting.calendar import country_calendar
from analytics.forecasting.comparison import Trial, summary_of, try_series
from analytics.forecasting.forecast import BACKTEST_HORIZON, SeriesForecast, forecast_series
from analytics.forecasting.series import DailySeries
from benchmarks.needed_data import needed
from etl.forecasting.work import look_ahead
from etl.importing.sources.daily_counts import read_daily_counts
from etl.running.workers import mapped

_ROOT: Final = Path(__file__).parents[1]
_DATA: Final = Path(os.environ.get("SUPPORT_SHARED_DATA", _ROOT.parent / "shared" / "data")) / "demand"
_HORIZON: Final = 90
_SEGMENT_DAYS: Final = 730


def main() -> None:
    """Backtest every series and print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=_DATA / "chicago_l_daily_2001_2013.csv")
    parser.add_argument("--horizon", type=int, default=28)
    parser.add_argument("--cutoffs", type=int, default=12)
    parser.add_argument("--span", type=int, default=1096, help="days that the cutoffs are spread over")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--segments", type=int, default=0, help="series to time at once")
    chosen = parser.parse_args()
    series = read_daily_counts(needed(chosen.data))
    _accuracy(series, Trial(chosen.horizon, chosen.cutoffs, chosen.span), chosen.workers)
    _one(next(iter(series.values())))
    if chosen.segments:
        _many(list(series.values()), chosen.segments, chosen.workers)


def _accuracy(series: dict[str, DailySeries], trial: Trial, workers: int) -> None:
    answers = mapped(try_series, [(each, trial) for each in series.values()], workers)
    tried = dict(zip(series, answers, strict=True))
    for name, each in tried.items():
        figures = {model: round(found.mase or 0.0, 3) for model, found in each.accuracy.items()}
        held = next((found.coverage_80 for found in each.accuracy.values()), None)
        print(f"{name}: {each.outcome}, holidays {each.country}, 80 % interval held {held}, MASE {figures}", flush=True)
    summary = summary_of(tried)
    if summary is None:
        print("no series could be tried")
        return
    print(f"mean MASE of the combination / seasonal naive: {summary.to_naive:.3f} (at most 0.80)")
    print(f"mean MASE of the combination / Prophet as it comes: {summary.to_prophet_default:.3f} (at most 0.92)")
    best = f"{summary.to_best_single:.3f}, {summary.best_single} (at most 1.00, goal 0.95)"
    print(f"mean MASE of the combination / best single way in hindsight: {best}")
    covered = f"{summary.coverage_80:.3f} on average (0.74 to 0.86), {summary.least_coverage_80:.3f} at least (0.60)"
    print(f"days within the 80 % interval: {covered}")


def _one(series: DailySeries) -> None:
    """Print the time of the daily forecast of one series whose backtest is stored; libraries are loaded already."""
    calendar = country_calendar("US", series.first_date.year, series.last_date.year + 1)
    first = forecast_series(series, calendar, _HORIZON)
    stored = {origin.cutoff: origin.members for origin in first.past.origins} if first.past else {}
    began = time.process_time()
    forecast_series(series, calendar, _HORIZON, stored=stored)
    print(f"one series, backtest kept: {time.process_time() - began:.2f} s of one core (at most 3)")


def _many(series: list[DailySeries], count: int, workers: int) -> None:
    """Print how long many parts take, each two years long and without a stored backtest."""
    calendar = country_calendar("US", 2000, 2015)
    parts = [_part(series[place % len(series)], place) for place in range(count)]
    began = time.monotonic()
    done = list(mapped(look_ahead, [(part, calendar, _HORIZON, 4, {}) for part in parts], workers))
    seconds = time.monotonic() - began
    tried = sum(_cutoffs(each.forecast) for each in done)
    print(f"{count} parts on {workers} processes, {tried} cutoffs tried: {seconds:.0f} s (at most 90)")


def _part(series: DailySeries, place: int) -> DailySeries:
    end = series.last_date - timedelta(days=BACKTEST_HORIZON * place)
    known = series.until(end)
    return DailySeries(end - timedelta(days=_SEGMENT_DAYS - 1), known.counts[-_SEGMENT_DAYS:])


def _cutoffs(forecast: SeriesForecast) -> int:
    return len(forecast.past.origins) if forecast.past else 0


if __name__ == "__main__":
    main()

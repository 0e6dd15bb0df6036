"""How long the first forecast of many parts of a desk takes, backtests and bands included.

Each part has two years, a calendar of holidays and nothing stored: the dearest night there is. The parts are made up,
so that no data is needed. Processes have one thread each. On a busy machine the seconds say little; the seconds of
processor are nearly those of a quiet one, and divided by the processes they are what two quiet cores would take.
"""

import argparse
import os
import time
from datetime import timedelta
from typing import Final

from analytics.forecasting.backtest import NOTHING_STORED
from analytics.forecasting.calendar import EventCalendar, country_calendar
from analytics.forecasting.pooling import with_pooled_intervals
from analytics.forecasting.series import DailySeries
from benchmarks.made_up_demand import made_up_desk
from etl.forecasting.looking_ahead import HORIZON
from etl.forecasting.work import LookedAhead, look_ahead
from etl.running.workers import mapped

_DAYS: Final = 730
_CUTOFFS: Final = 4
_COUNTRY: Final = "US"


def main() -> None:
    """Forecast the parts and print the seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parts", type=int, default=50)
    parser.add_argument("--workers", type=int, default=2)
    chosen = parser.parse_args()
    parts = _parts(chosen.parts)
    calendar = country_calendar(_COUNTRY, 2020, 2026)
    began = time.monotonic()
    done = list(mapped(_looked_ahead, [(part, calendar) for part in parts], chosen.workers))
    with_pooled_intervals([each.forecast for each, _ in done])
    seconds, busy = time.monotonic() - began, sum(each for _, each in done)
    fits = sum(1 + len(each.forecast.past.origins) for each, _ in done if each.forecast.past)
    what = f"{len(parts)} parts of {_DAYS} days on {chosen.workers} processes, forecast from {fits} days"
    print(f"{what}: {seconds:.0f} s (at most 60)")
    print(f"processor: {busy:.0f} s, {busy / chosen.workers:.0f} s on each of {chosen.workers} quiet cores")
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def _parts(count: int) -> list[DailySeries]:
    """Return parts of two years each, cut from made-up desks that are long enough."""
    found: list[DailySeries] = []
    seed = 0
    while len(found) < count:
        series = made_up_desk(seed).series
        if len(series.counts) >= _DAYS:
            found.append(DailySeries(series.last_date - timedelta(days=_DAYS - 1), series.counts[-_DAYS:]))
        seed += 1
    return found


def _looked_ahead(part: DailySeries, calendar: EventCalendar) -> tuple[LookedAhead, float]:
    """Return the forecast of a part, and the seconds of processor that it took."""
    began = time.process_time()
    done = look_ahead(part, calendar, HORIZON, _CUTOFFS, NOTHING_STORED)
    return done, time.process_time() - began


if __name__ == "__main__":
    main()

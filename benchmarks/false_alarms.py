"""False alarms of odd days compared with their budget, and the share of planted bursts that is found.

The first desks have weekdays, growth, holidays and days that vary more than by chance, but no burst. So every alarm in
the last year is false; the budget is twelve a year for the whole desk. In the other desks one day has several times its
usual tickets.
"""

import argparse
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from analytics.anomalies import ALARMS_PER_YEAR, Anomaly, find_anomalies
from analytics.calendar_design import days_from
from standalone.bookshop.arrivals import plan_arrivals
from standalone.bookshop.effects import Effects
from standalone.bookshop.effects_file import NEUTRAL_FILE, read_effects
from standalone.bookshop.opening_hours import public_holidays
from standalone.bookshop.vocabulary import CATEGORIES

_UNTIL: Final = date(2026, 7, 1)
_YEAR: Final = 364
_DAYS_BACK: Final = 20
_JUDGED: Final = 28


def main() -> None:
    """Print the false alarms a year, and the share of bursts that is found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--desks", type=int, default=10)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--effects", type=Path)
    options = parser.parse_args()
    seeds = range(options.first_seed, options.first_seed + options.desks)
    plans = [("nothing planted", read_effects(NEUTRAL_FILE)), ("seasons planted", read_effects())]
    if options.effects:
        plans.append((str(options.effects), read_effects(options.effects)))
    for name, effects in plans:
        for tickets in (20_000, 100_000):
            alarms = [len(_found(tickets, seed, effects, _YEAR)) for seed in seeds]
            print(
                f"{name}, {tickets:,} tickets in two years: {np.mean(alarms):.1f} alarms a year"
                f" (budget {ALARMS_PER_YEAR:.0f}), most {max(alarms)}"
            )
    for times in (2.0, 3.0):
        found = [_is_found(20_000, seed, times) for seed in seeds]
        print(f"one day of {times:.0f} times the technical tickets (27 a day in all): found in {np.mean(found):.0%}")


def _found(tickets: int, seed: int, effects: Effects, judged: int, burst: float = 1.0) -> tuple[Anomaly, ...]:
    plan = plan_arrivals(np.random.default_rng(seed), tickets, effects, _UNTIL)
    counts = plan.counts.astype(np.float64)
    place, code = len(plan.days) - _DAYS_BACK, CATEGORIES.index("technical_support")
    if burst > 1:
        usual = counts[place - 7 : place - 63 : -7, code].mean()
        counts[place, code] = np.random.default_rng(seed).poisson(usual * burst)
    series = {"": counts.sum(axis=1), **{name: counts[:, code] for code, name in enumerate(CATEGORIES)}}
    years = range(plan.days[0].year, _UNTIL.year + 1)
    closed = {day for year in years for day in public_holidays(year)}
    return find_anomalies(days_from(plan.days[0], len(plan.days)), series, closed, judged)


def _is_found(tickets: int, seed: int, times: float) -> bool:
    days = plan_arrivals(np.random.default_rng(seed), tickets, read_effects(NEUTRAL_FILE), _UNTIL).days
    day = days[len(days) - _DAYS_BACK]
    found = _found(tickets, seed, read_effects(NEUTRAL_FILE), _JUDGED, times)
    return any(each.series == "technical_support" and each.first <= day <= each.last for each in found)


if __name__ == "__main__":
    main()

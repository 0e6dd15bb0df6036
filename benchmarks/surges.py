"""How often a surge is told where there is none, and how soon a doubled category is found.

The neutral desks are the bookshop's with nothing planted and with its seasons, and made-up desks whose levels wander
and jump, with holidays and days that err together. On the planted desks the tickets of one category double on a day;
the desk is looked at after 7, 10 and 14 days, and by the nightly job after each.
"""

import argparse
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from typing import Final, TypeAlias

import numpy as np
from scipy import stats

from analytics.calendar_design import Days, days_from
from analytics.forecasting.calendar import country_calendar
from analytics.quasi_poisson import Floats
from analytics.surges import ALL, FALSE_ALARMS, Kind, find_surges
from analytics.time_units import WEEK_DAYS
from benchmarks.made_up_demand import made_up_desk
from standalone.bookshop.arrivals import plan_arrivals
from standalone.bookshop.effects import Effects
from standalone.bookshop.effects_file import NEUTRAL_FILE, read_effects
from standalone.bookshop.opening_hours import public_holidays
from standalone.bookshop.vocabulary import CATEGORIES

Desk: TypeAlias = tuple[Days, dict[Kind, Floats], set[date]]
_UNTIL: Final = date(2026, 7, 1)
_DAYS: Final = 14
_CHANNELS: Final = (0.55, 0.25, 0.2)
_TYPES: Final = (0.6, 0.3, 0.1)
_CATEGORIES: Final = 5
_RATES: Final = (5.0, 7.5, 10.0, 15.0, 25.0)
_LOOKS: Final = (7, 10, _DAYS)
"""Days since the doubling at which the desk is looked at."""


def main() -> None:
    """Print the false alarms at a look, and the share of doublings found within 14 days, by tickets a week."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--desks", type=int, default=40)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--only", choices=("neutral", "planted"))
    options = parser.parse_args()
    seeds = range(options.first_seed, options.first_seed + options.desks)
    if options.only != "planted":
        _print_alarms(seeds)
    if options.only != "neutral":
        _print_doublings(seeds)


def _print_alarms(seeds: range) -> None:
    desks: tuple[tuple[str, Callable[[int], Desk]], ...] = (
        ("the bookshop, nothing planted", partial(bookshop, read_effects(NEUTRAL_FILE))),
        ("the bookshop's seasons", partial(bookshop, read_effects())),
        ("made-up desks that wander and jump", made_up),
    )
    for name, desk_of in desks:
        alarms = [bool([surge for surge in find_surges(*desk_of(seed)) if not surge.is_seasonal]) for seed in seeds]
        print(f"{name}: a surge is told of {sum(alarms)} of {len(alarms)} desks ({np.mean(alarms):.1%})", flush=True)


def _print_doublings(seeds: range) -> None:
    every: list[int | None] = []
    for rate in _RATES:
        found = [found_after(seed, rate) for seed in seeds]
        every += found
        _print_found(f"a category of {rate:g} a week", found)
        print(f"  who knew the rate would find it in {best_possible(rate):.0%}", flush=True)
    _print_found("all of them", every)


def best_possible(rate: float) -> float:
    """Return how often the doubling would be found by who knows the rate, from the 14 days and at the same level."""
    mean = _DAYS / WEEK_DAYS * rate
    least = stats.poisson.isf(FALSE_ALARMS * 0.7 / _CATEGORIES, mean) + 1
    return float(stats.poisson.sf(least - 1, 2 * mean))


def _print_found(name: str, found: list[int | None]) -> None:
    share = np.mean([day is not None for day in found])
    known = [day for day in found if day is not None]
    middle = f", half of them by day {np.median(known):.0f}" if known else ""
    print(f"{name}, doubled: found within {_DAYS} days on {share:.0%} of {len(found)} desks{middle}", flush=True)


def bookshop(effects: Effects, seed: int) -> Desk:
    """Return a desk of the bookshop, of 5,000 to 60,000 tickets in two years."""
    rng = np.random.default_rng([71, seed])
    plan = plan_arrivals(rng, int(rng.choice([5_000, 20_000, 60_000])), effects, _UNTIL)
    counts = plan.counts.astype(np.float64)
    closed = {day for year in range(plan.days[0].year, _UNTIL.year + 1) for day in public_holidays(year)}
    columns = {name: counts[:, code] for code, name in enumerate(CATEGORIES)}
    return days_from(plan.days[0], len(plan.days)), _kinds(rng, columns), closed


def made_up(seed: int) -> Desk:
    """Return a made-up desk whose tickets fall to five categories by chance."""
    desk, rng = made_up_desk(seed), np.random.default_rng([72, seed])
    shares = rng.dirichlet(np.full(5, 3.0))
    counts = np.asarray([rng.multinomial(int(count), shares) for count in desk.series.counts], dtype=np.float64)
    first = desk.series.first_date
    last = first + timedelta(days=counts.shape[0])
    named = country_calendar(desk.country, first.year, last.year).days_by_name.values()
    closed = {day.astype(object) for days in named for day in days}
    return days_from(first, counts.shape[0]), _kinds(rng, {f"c{code}": counts[:, code] for code in range(5)}), closed


def _kinds(rng: np.random.Generator, categories: dict[str, Floats]) -> dict[Kind, Floats]:
    """Return all tickets, the categories, and channels and customer types that the tickets fall to by chance."""
    total: Floats = np.sum(list(categories.values()), axis=0)
    found = {ALL: total, **{Kind("category", name): counts for name, counts in categories.items()}}
    for dimension, shares in (("channel", _CHANNELS), ("customer_type", _TYPES)):
        parts = np.asarray([rng.multinomial(int(count), shares) for count in total], dtype=np.float64)
        found |= {Kind(dimension, str(place)): parts[:, place] for place in range(len(shares))}
    return found


def found_after(seed: int, rate: float) -> int | None:
    """Return the day since a doubling on which it is told of its category; None where it is not.

    Args:
        seed: Of the desk.
        rate: Tickets of the category a week before.
    """
    for day, (days, series, closed) in zip(_LOOKS, _planted(seed, rate), strict=True):
        told = find_surges(days, series, closed)
        if any(surge.kind == Kind("category", "returns") and not surge.is_seasonal for surge in told):
            return day
    return None


def _planted(seed: int, rate: float) -> Iterator[Desk]:
    """Yield a desk as it is known at each look since a category doubled."""
    rng = np.random.default_rng([73, seed, round(10 * rate)])
    days = days_from(_UNTIL - timedelta(days=730), 730)
    week = np.array([1.3, 1.2, 1.1, 1.1, 1.0, 0.7, 0.6]) / WEEK_DAYS
    shape = week[(days.astype(np.int64) + 3) % WEEK_DAYS]
    rates = {"returns": rate, **{f"c{code}": rate * times for code, times in enumerate((1.0, 1.5, 2.5, 4.0))}}
    categories = {}
    for name, weekly in rates.items():
        luck = rng.gamma(20.0, 1 / 20.0, days.size)
        twice = np.where((np.arange(days.size) >= days.size - _DAYS) & (name == "returns"), 2.0, 1.0)
        categories[name] = rng.poisson(weekly * shape * luck * twice).astype(np.float64)
    series = _kinds(rng, categories)
    for look in _LOOKS:
        known = days.size - _DAYS + look
        yield days[:known], {kind: counts[:known] for kind, counts in series.items()}, set()


if __name__ == "__main__":
    main()

"""Seasons found at any dates: how often, with which dates, how often where there is none, and after bulk days.

Desks have two or three years of days with weekdays and days that vary more than by chance. A planted season lasts 12 to
75 days from any day of the year. It "matters" where a model that knows its dates finds it with a power of nine in ten:
its effect on the log scale is 3.24 standard errors or more.
"""

import argparse
from datetime import date, timedelta
from typing import Final

import numpy as np

from analytics.bulk_days import bulk_days, without_bulk
from analytics.calendar_design import YEAR_DAYS, Days, Window, days_from, weekday_of
from analytics.named_times import moving_times
from analytics.quasi_poisson import Floats
from analytics.seasonality import Season, find_seasons, lifts
from analytics.vocabulary import SIGNIFICANCE

_WEEKLY: Final = np.array([1.2, 1.1, 1.1, 1.0, 1.0, 0.5, 0.3])
_LEVELS: Final = (3.0, 10.0, 40.0)
_LENGTHS: Final = (730, 1095)
_MATTERS: Final = 3.24
_CLEAR: Final = 4.0
_ALIKE: Final = 0.5
_ENTERED: Final = 514


def main() -> None:
    """Print the shares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--desks", type=int, default=200)
    parser.add_argument("--first-seed", type=int, default=0)
    options = parser.parse_args()
    seeds = range(options.first_seed, options.first_seed + options.desks)
    false = [bool(_clear(*_neutral(seed))) for seed in seeds]
    print(f"nothing planted: a season is found in {np.mean(false):.1%} of {len(false)} series")
    tried = [each for seed in seeds if (each := _planted(seed)) is not None]
    for least in (_MATTERS, _CLEAR):
        some = [each for each in tried if each[0] >= least]
        hits = [alike for _, alike, _ in some if alike >= _ALIKE]
        wrong = sum(others for *_, others in some)
        print(
            f"planted, {least} standard errors or more: found in {len(hits) / len(some):.1%} of {len(some)}, dates"
            f" {np.median(hits):.0%} alike in the median; {wrong} others beside them"
        )
    for years in (1, 2):
        entered = [_entered(seed, years) for seed in seeds]
        print(
            f"{_ENTERED} tickets entered on a day of {years} year(s): the bulk days and no others are found in"
            f" {np.mean([is_told for is_told, _ in entered]):.1%}, a season of that day in"
            f" {np.mean([is_season for _, is_season in entered]):.1%} of {len(entered)}"
        )


def _desk(seed: int) -> tuple[np.random.Generator, Days, Floats]:
    rng = np.random.default_rng(seed)
    days = days_from(date(2023, 1, 1) + timedelta(days=int(rng.integers(YEAR_DAYS))), int(rng.choice(_LENGTHS)))
    means = rng.choice(_LEVELS) * _WEEKLY[weekday_of(days)] * rng.gamma(250, 1 / 250, days.size)
    return rng, days, means


def _neutral(seed: int) -> tuple[Days, Floats]:
    rng, days, means = _desk(seed)
    return days, rng.poisson(means).astype(np.float64)


def _clear(days: Days, counts: Floats) -> list[Season]:
    cleaned = without_bulk(counts, bulk_days(counts))
    found = find_seasons(days, cleaned, (), moving_times(days))
    return [season for season in found if season.lift.p_value <= SIGNIFICANCE]


def _planted(seed: int) -> tuple[float, float, int] | None:
    """Return the effect in standard errors, how alike the dates found are, and how many other seasons were found."""
    rng, days, means = _desk(seed)
    window = Window(int(rng.integers(YEAR_DAYS)), int(rng.integers(12, 75)))
    inside, effect = window.holds(days), float(rng.uniform(0.1, 0.7))
    counts = rng.poisson(means * np.where(inside, np.exp(effect), 1.0)).astype(np.float64)
    known = lifts(days, counts, {"it": inside}).get("it")
    if known is None:
        return None
    error = float(np.log(known.high / known.low)) / 3.92
    alike = [each.window.likeness(window) if each.window else 0.0 for each in _clear(days, counts)]
    return effect / error, max(alike, default=0.0), sum(each < _ALIKE for each in alike)


def _entered(seed: int, years: int) -> tuple[bool, bool]:
    """Return whether exactly the planted bulk days are found, and whether a season has one of them."""
    rng, days, means = _desk(seed)
    counts = rng.poisson(means).astype(np.float64)
    place = int(rng.integers(20, days.size - 20 - YEAR_DAYS))
    places = [place + YEAR_DAYS * year for year in range(years)]
    counts[places] += _ENTERED
    is_told = [day.place for day in bulk_days(counts)] == places
    return is_told, any(each.window and each.window.holds(days)[places].any() for each in _clear(days, counts))


if __name__ == "__main__":
    main()

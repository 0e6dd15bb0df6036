"""Draws how many tickets come each day of a made-up desk: growth, weekdays, seasons anywhere in the year, odd days."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from benchmarks.truth.calendar import holidays_of
from benchmarks.truth.plan import ALL, YEAR, OddDays, Season, VolumePlan

Size = tuple[int, date, int]


def draw_volume(
    rng: np.random.Generator, size: Size, categories: Sequence[str], country: str | None, *, is_neutral: bool
) -> VolumePlan:
    """Return how many tickets come.

    Args:
        rng: Chance.
        size: Tickets expected, first day, number of days.
        categories: Names of the categories.
        country: Whose public holidays there are.
        is_neutral: Plant no season and no odd day.
    """
    total, first, days = size
    shares = 0.6 * rng.dirichlet((2.0,) * len(categories)) + 0.4 / len(categories)
    weekend = float(rng.choice(np.array([0.05, 0.3, 0.7, 1.0])))
    weekdays = (*rng.uniform(0.8, 1.25, 5).tolist(), weekend, weekend * float(rng.uniform(0.6, 1.0)))
    return VolumePlan(
        total=total,
        first=first,
        days=days,
        shares=dict(zip(categories, shares.tolist(), strict=True)),
        weekdays=weekdays,
        growth=float(rng.uniform(-0.25, 0.45)),
        bend=float(rng.choice(np.array([0.0, 0.0, -0.1, 0.1]))),
        dispersion=float(np.exp(rng.uniform(np.log(8), np.log(200)))),
        weekly_spread=float(rng.choice(np.array([0.0, 0.0, 0.05, 0.1]))),
        holiday=1.0 if country is None else float(rng.choice(np.array([0.1, 0.4, 0.8]))),
        seasons=() if is_neutral else _seasons(rng, categories),
        odd=() if is_neutral else _odd_days(rng, (first, days), categories, weekdays, country),
    )


def _seasons(rng: np.random.Generator, categories: Sequence[str]) -> tuple[Season, ...]:
    found: list[Season] = []
    for _turn in range(int(rng.choice(np.array([0, 0, 1, 1, 2])))):
        length = int(rng.integers(10, 81))
        factor = float(np.exp(rng.uniform(np.log(1.25), np.log(2.5))))
        factor = factor if rng.random() < 0.7 else 1 / min(factor, 2.0)  # noqa: PLR2004 - a made-up share
        series = ALL if rng.random() < 0.5 else str(rng.choice(np.array(categories)))  # noqa: PLR2004 - as above
        season = Season(series, int(rng.integers(YEAR)), length, factor)
        days = np.arange(YEAR)
        # Two that overlap would be one season of another form.
        if not any((season.holds(days) & each.holds(days)).any() for each in found):
            found.append(season)
    return tuple(found)


def _odd_days(
    rng: np.random.Generator,
    span: tuple[date, int],
    categories: Sequence[str],
    weekdays: Sequence[float],
    country: str | None,
) -> tuple[OddDays, ...]:
    first, days = span
    found = []
    holidays = holidays_of(country, first, days)
    for kind, chance in (("bulk", 0.3), ("burst", 0.35), ("gap", 0.1)):
        if rng.random() >= chance:
            continue
        is_late = rng.random() < 0.5  # noqa: PLR2004 - a made-up share
        while True:
            day = first + timedelta(
                days=int(rng.integers(days - 80, days - 6) if is_late else rng.integers(30, days - 6))
            )
            if weekdays[day.weekday()] > 0.5 and day not in holidays:  # noqa: PLR2004 - a day with tickets
                break
        series = str(rng.choice(np.array([ALL, *categories]))) if kind != "gap" else ALL
        found.append(_odd(rng, kind, series, day))
    return tuple(found)


def _odd(rng: np.random.Generator, kind: str, series: str, day: date) -> OddDays:
    if kind == "bulk":
        return OddDays(kind, series, day, 1, float(np.exp(rng.uniform(np.log(5), np.log(30)))))
    if kind == "burst":
        return OddDays(kind, series, day, int(rng.integers(1, 4)), float(rng.uniform(2, 6)))
    return OddDays(kind, series, day, 1, 0.03)

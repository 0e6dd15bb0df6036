"""Planted effects on how many tickets come: seasons, and odd days."""

from collections.abc import Iterator

import numpy as np

from benchmarks.truth.calendar import day_of_year
from benchmarks.truth.made_desk import MadeDesk
from benchmarks.truth.plan import ALL, Floats, OddDays, Season
from benchmarks.truth.planted import Effect, Family
from benchmarks.truth.volume import expected_counts, odd_factor

JUDGED_DAYS = 91
_LEAST_TIMES = 2
_HALF = 0.5


def volume_effects(desk: MadeDesk) -> Iterator[Effect]:
    """Yield the planted seasons that come twice or more, and the planted odd days."""
    plan = desk.plan
    expected = expected_counts(plan.volume, plan.country)
    whole = {ALL: np.sum(list(expected.values()), axis=0), **expected}
    for season in plan.volume.seasons:
        z = _season_z(desk, season, whole[season.series])
        yield Effect(Family.SEASON, f"{season.series}:{season.start}", season.factor, z, z)
    for odd in plan.volume.odd:
        z = _odd_z(desk, odd, whole[odd.series])
        is_judged = (plan.volume.end - odd.first).days <= JUDGED_DAYS
        yield Effect(Family.ODD, f"{odd.series}:{odd.first}", odd.factor, z if is_judged else 0.0, z)


def _season_z(desk: MadeDesk, season: Season, expected: Floats) -> float:
    """Return the planted size ÷ its error in a regression of the weeks' tickets on trend and season."""
    volume = desk.plan.volume
    inside = season.holds(day_of_year(volume.first, volume.days))
    begins = np.flatnonzero(np.diff(np.concatenate([[0], inside.astype(int), [0]])) == 1)
    lengths = [int(np.argmin(np.concatenate([inside[begin:], [False]]))) for begin in begins]
    if sum(length >= _HALF * season.length for length in lengths) < _LEAST_TIMES:
        return 0.0
    usable = odd_factor(volume, season.series or next(iter(volume.shares))) == 1.0
    mean, weeks = expected * usable, np.arange(volume.days) // 7
    by_week = np.bincount(weeks, mean)
    variance = by_week + np.bincount(weeks, mean**2) / volume.dispersion + (volume.weekly_spread * by_week) ** 2
    share = np.bincount(weeks, mean * inside) / np.maximum(by_week, 1e-9)
    years = np.arange(by_week.size) / 52
    design = np.column_stack([np.ones(by_week.size), years, years**2, share])
    weight = by_week**2 / np.maximum(variance, 1e-9)
    error = float(np.sqrt(np.linalg.pinv(design.T @ (design * weight[:, None]))[-1, -1]))
    return abs(float(np.log(season.factor))) / error


def _odd_z(desk: MadeDesk, odd: OddDays, expected: Floats) -> float:
    """Return the tickets planted on odd days ÷ the deviation of their usual number."""
    volume = desk.plan.volume
    start = (odd.first - volume.first).days
    mean = expected[start : start + odd.count]
    variance = mean.sum() + (mean**2).sum() / volume.dispersion + (volume.weekly_spread * mean.sum()) ** 2
    return float(abs(odd.factor - 1) * mean.sum() / np.sqrt(variance))

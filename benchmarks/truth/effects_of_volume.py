"""Planted effects on how many tickets come: seasons, and odd days."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy import stats

from benchmarks.truth.calendar import day_of_year
from benchmarks.truth.made_desk import MadeDesk
from benchmarks.truth.plan import ALL, Floats, OddDays, Season, VolumePlan
from benchmarks.truth.planted import Effect, Family
from benchmarks.truth.volume import expected_counts, odd_factor

JUDGED_DAYS = 91
_LEAST_TIMES = 2
_HALF = 0.5
_ONE_SIDE = 0.025
_SURE = 1 - 1e-12


def volume_effects(desk: MadeDesk) -> Iterator[Effect]:
    """Yield the planted seasons that come twice or more, and the planted odd days."""
    plan = desk.plan
    expected = expected_counts(plan.volume, plan.country)
    whole = {ALL: np.sum(list(expected.values()), axis=0), **expected}
    for season in plan.volume.seasons:
        z = _season_z(desk, season, whole[season.series])
        yield Effect(Family.SEASON, f"{season.series}:{season.start}", season.factor, z, z)
    for odd in plan.volume.odd:
        z = odd_z(plan.volume, odd, whole[odd.series])
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


def odd_z(volume: VolumePlan, odd: OddDays, expected: Floats) -> float:
    """Return the z that has the same power as a test of the planted days by somebody who knows what is usual.

    Of few tickets a day the deviation says little: where one comes, six are five deviations more, and yet a test of one
    such day in twenty finds them in six of ten. So the power is worked out from the counts themselves.

    Args:
        volume: The plan of the desk's tickets.
        odd: The planted days.
        expected: Usual tickets of each day of the series.
    """
    start = (odd.first - volume.first).days
    mean = expected[start : start + odd.count]
    usual = float(mean.sum())
    beyond_chance = float((mean**2).sum()) / volume.dispersion + (volume.weekly_spread * usual) ** 2
    known = _counts(usual, usual + beyond_chance)
    planted = _counts(odd.factor * usual, odd.factor * usual + odd.factor**2 * beyond_chance)
    power = planted.sf(known.isf(_ONE_SIDE)) if odd.factor > 1 else planted.cdf(_most_with(known))
    return float(max(stats.norm.isf(_ONE_SIDE) + stats.norm.ppf(min(float(power), _SURE)), 0.0))


def _counts(mean: float, variance: float) -> Any:  # noqa: ANN401 - scipy publishes no types
    """Return the negative binomial distribution of a mean and a variance."""
    return stats.nbinom(mean**2 / max(variance - mean, 1e-9), mean / max(variance, mean + 1e-9))


def _most_with(counts: Any) -> int:  # noqa: ANN401 - as above
    """Return the most tickets that are so few that they seldom come; -1 where even none is usual."""
    most = int(counts.ppf(_ONE_SIDE))
    return most if counts.cdf(most) <= _ONE_SIDE else most - 1

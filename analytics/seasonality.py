"""Which times of the year bring more or fewer tickets, by how much, and how sure that is.

Daily counts follow a quasi-Poisson model: weekday × trend × public holidays × times of the year. The *lift* of a time
of the year is the factor by which it multiplies what the weekday and the trend would bring: 1.45 is 45 % more.

One odd week is not a season, and neither is one odd day. So two different years have to show the lift, each in its
usual days too and not only in their sum. And because neighbouring days vary together, the spread is measured over days,
weeks and four weeks; the widest of these counts. Bulk days (`analytics.bulk_days`) are left out by whoever asks.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
from scipy import stats

from analytics import quasi_poisson
from analytics.calendar_design import Days, Flags, Window, usual_days, windows_of_days
from analytics.case_mix import Codes
from analytics.quasi_poisson import Fit, Floats
from analytics.season_search import Period, Search, strongest_periods
from analytics.vocabulary import SIGNIFICANCE

_SEARCH: Final = Search(most=3, least_score=3.3, takes_first=True)
_SPANS: Final = ((7, False), (28, True))
"""Days of the blocks over which the spread is measured, and whether there are few of them."""
_SURELY_MORE: Final = 0.1
_LEAST_BLOCKS: Final = 8
"""Fewest weeks (or four-week blocks) beyond the number of the model's terms for their spread to be used."""
_LEAST_YEARS: Final = 2
_LEAST_PART: Final = 1 / 3
_LEAST_PART_OF_A_USUAL_DAY: Final = 1 / 4
_LEAST_TICKETS: Final = 50
_LEAST_SHARE_OF_A_YEARS_WINDOW: Final = 0.5
_TICKETS_OF_A_STRETCH: Final = 10.0
_FEWEST_STRETCHES: Final = 3
_MEDIAN_OF_COUNTS: Final = 1 / 3
"""The median of counts lies so much below their mean (Poisson)."""
LEAST_DAYS: Final = 550
"""Fewest days: a time of the year has to occur twice, which takes at least a year and a half."""


@dataclass(frozen=True, slots=True)
class Lift:
    """How a time of the year changes the number of tickets.

    Attributes:
        ratio: Tickets in that time ÷ tickets expected at the same weekday and trend; 1 is no change.
        low: Lower end of the 95 % interval of the ratio.
        high: Upper end.
        p_value: Two-sided p-value of a ratio of 1.
        tickets: Tickets in that time.
        days: Days of that time in the data.
        yearly: For each year with that time, tickets observed ÷ tickets expected without the lift.
        usual: For each of these years, the same of its median stretch of days: of a day where there are many tickets.
    """

    ratio: float
    low: float
    high: float
    p_value: float
    tickets: int
    days: int
    yearly: tuple[float, ...]
    usual: tuple[float, ...] = ()

    @property
    def is_seasonal(self) -> bool:
        """Whether at least two years show the lift: each a third of it, its median day a quarter, on the log scale."""
        is_seen = _show(self.ratio, self.yearly, _LEAST_PART)
        return (
            len(self.yearly) >= _LEAST_YEARS and is_seen and _show(self.ratio, self.usual, _LEAST_PART_OF_A_USUAL_DAY)
        )


@dataclass(frozen=True, slots=True)
class Season:
    """A time of the year that was found in the data.

    Attributes:
        window: Its dates, the same every year; None for a time that moves through the year.
        name: Slug of a time that moves through the year; "" for one that is known by its dates.
        lift: Its lift; the p-value allows for every window looked at.
    """

    window: Window | None
    name: str
    lift: Lift


def _show(whole: float, parts: tuple[float, ...], least: float) -> bool:
    """Say whether each part shows at least so much of a whole ratio, on the log scale."""
    size = math.log(whole)
    return all(part > 0 and math.log(part) * size >= size**2 * least for part in parts)


def lifts(days: Days, counts: Floats, periods: Mapping[str, Flags], holidays: Collection[date] = ()) -> dict[str, Lift]:
    """Return the lift of each named period, all estimated in one model.

    The model assumes that effects multiply and that growth is steady. A period without days, or without days outside
    it, has no lift and is left out. With fewer than 50 tickets no period has a lift.

    Args:
        days: Consecutive days.
        counts: Tickets of each day; 0 on days without tickets.
        periods: Name -> which days belong to the period.
        holidays: Public holidays and days on which the desk is closed.

    >>> days = np.datetime64("2024-01-01") + np.arange(730)
    >>> inside = np.isin(days.astype("datetime64[M]").astype(int) % 12, (0, 1))
    >>> round(lifts(days, np.where(inside, 15.0, 10.0), {"summer": inside})["summer"].ratio, 3)
    1.5
    """
    usable = {name: inside for name, inside in periods.items() if inside.any() and not inside.all()}
    if not usable or counts.sum() < _LEAST_TICKETS:
        return {}
    columns = np.column_stack([inside.astype(np.float64) for inside in usable.values()])
    design = np.column_stack([usual_days(days, holidays), columns])
    fitted = quasi_poisson.fit(design, counts)
    first = design.shape[1] - columns.shape[1]
    return {
        name: _lift(days, counts, fitted, first + place, usable[name])
        for place, name in enumerate(usable)
        if fitted.spread[first + place, first + place] > 0
    }


def _lift(days: Days, counts: Floats, fitted: Fit, column: int, inside: Flags) -> Lift:
    dispersion, freedom = _dispersion(counts, fitted)
    effect = float(fitted.coefficients[column])
    error = float(np.sqrt(dispersion * fitted.spread[column, column]))
    margin = float(stats.t.ppf(0.975, freedom)) * error
    ratio, low, high = (float(np.exp(np.clip(end, -20, 20))) for end in (effect, effect - margin, effect + margin))
    without = fitted.means / np.exp(np.clip(effect, -20, 20))
    years = _years(days, without, inside)
    tickets, expected = float(counts[inside].sum()), float(without[inside].sum())
    # How unsure the log of what is expected is: all of the error but that of the tickets' own number.
    unsure = max(float(fitted.spread[column, column]) - 1 / max(float(fitted.means[inside].sum()), 1e-9), 0.0)
    p_value = max(
        2 * float(stats.t.sf(abs(effect) / error, freedom)),
        _chance(tickets, expected, dispersion * (expected + expected**2 * unsure)),
    )
    yearly = tuple(float(counts[each].sum() / without[each].sum()) for each in years)
    usual = tuple(_of_a_usual_day(counts[each], without[each]) for each in years)
    return Lift(ratio, low, high, p_value, int(tickets), int(inside.sum()), yearly, usual)


def _chance(observed: float, mean: float, variance: float) -> float:
    """Return the two-sided chance of a count, by the negative binomial: few tickets stray further up than down."""
    size = mean**2 / max(variance - mean, 1e-9 * mean + 1e-12)
    counts = stats.nbinom(size, size / (size + mean))
    return 2 * float(min(counts.sf(observed - 1), counts.cdf(observed), 0.5))


def _dispersion(counts: Floats, fitted: Fit) -> tuple[float, int]:
    """Return the dispersion to go by, and its degrees of freedom.

    It is the larger one of those over days and weeks. Four weeks are few, so that they often seem to vary more by
    chance: where they vary more than chance explains they decide alone, else as much as their number is worth.
    """
    slow_terms = max(fitted.coefficients.size - 6, 1)
    found = (fitted.dispersion, fitted.freedom)
    for span, is_few in _SPANS:
        freedom = counts.size // span - slow_terms
        if freedom < _LEAST_BLOCKS:
            continue
        blocks = freedom + slow_terms
        observed, expected = (
            values[: blocks * span].reshape(blocks, span).sum(axis=1) for values in (counts, fitted.means)
        )
        own = float(((observed - expected) ** 2 / np.maximum(expected, 1e-9)).sum()) / freedom
        if own <= found[0]:
            continue
        is_chance = is_few and float(stats.f.sf(own / found[0], freedom, found[1])) > _SURELY_MORE
        together = (found[0] * found[1] + own * freedom) / (found[1] + freedom), found[1] + freedom
        found = together if is_chance else (own, freedom)
    return found


def _years(days: Days, without: Floats, inside: Flags) -> tuple[Codes, ...]:
    """Return the places of each run of days that is at least half as long as the longest run.

    A run is all days of a period that lie within half a year of one another. So a period over the turn of the year is
    one run, and the several school holidays of a year are one run.
    """
    places = np.flatnonzero(inside)
    years = _seasons_of(days[places])
    sizes = {year: int((years == year).sum()) for year in np.unique(years)}
    enough = _LEAST_SHARE_OF_A_YEARS_WINDOW * max(sizes.values())
    runs = [places[years == year] for year, size in sizes.items() if size >= enough]
    return tuple(run for run in runs if without[run].sum() > 0)


def _of_a_usual_day(counts: Floats, without: Floats) -> float:
    """Return tickets ÷ tickets expected of the median stretch of a run.

    A stretch is a day where about ten tickets are expected, else as many days as bring so many; a run has at least
    three. A median is not moved by one day, however many tickets it has.
    """
    whole = float(without.sum())
    number = int(np.clip(whole / _TICKETS_OF_A_STRETCH, min(_FEWEST_STRETCHES, counts.size), counts.size))
    begun = np.cumsum(without) - without / 2
    stretch = np.minimum((begun / whole * number).astype(np.int64), number - 1)
    came, expected = (np.bincount(stretch, values, number) for values in (counts, without))
    filled = expected > 0
    return float(np.median((came[filled] + _MEDIAN_OF_COUNTS) / expected[filled]))


def _seasons_of(days: Days) -> Floats:
    """Return the year of each day; a year begins at the widest gap that the days leave in the calendar."""
    of_year = (days - days.astype("datetime64[Y]").astype("datetime64[D]")).astype(np.int64)
    taken = np.unique(of_year)
    gaps = np.diff(np.append(taken, taken[0] + 366))
    start = int(taken[(int(np.argmax(gaps)) + 1) % taken.size])
    years: Floats = days.astype("datetime64[Y]").astype(np.float64) - (of_year < start)
    return years


def find_seasons(
    days: Days, counts: Floats, holidays: Collection[date] = (), named: Mapping[str, Flags] | None = None
) -> tuple[Season, ...]:
    """Return the times of the year that bring clearly more or fewer tickets than its other days.

    Windows of a week to three months are looked at, and times that move through the year. The strongest comes first,
    then the strongest given that one, up to three. Each p-value is multiplied by the number of windows and times looked
    at (Bonferroni), which allows for the search. Times that two different years do not show are left out.

    Args:
        days: Consecutive days, at least a year and a half of them; with fewer nothing is found.
        counts: Tickets of each day, without bulk days.
        holidays: Public holidays and days on which the desk is closed.
        named: Slug -> which days belong to a time that moves through the year, such as Ramadan.
    """
    if counts.size < LEAST_DAYS or counts.sum() < _LEAST_TICKETS:
        return ()
    moving = {name: inside for name, inside in (named or {}).items() if inside.any() and not inside.all()}
    tried = len(windows_of_days()) + len(moving)
    chosen = strongest_periods(days, counts, usual_days(days, holidays), moving, _SEARCH)
    seasons = _judged(days, counts, holidays, chosen, tried)
    while len(seasons) > 1 and max(season.lift.p_value for _, season in seasons) > SIGNIFICANCE:
        weakest = max(seasons, key=lambda each: each[1].lift.p_value)[0]
        chosen = tuple(period for period in chosen if period is not weakest)
        seasons = _judged(days, counts, holidays, chosen, tried)
    return tuple(season for _, season in seasons if season.lift.is_seasonal)


def _judged(
    days: Days, counts: Floats, holidays: Collection[date], chosen: tuple[Period, ...], tried: int
) -> tuple[tuple[Period, Season], ...]:
    inside = {str(place): period.inside for place, period in enumerate(chosen)}
    found = lifts(days, counts, inside, holidays)
    return tuple(
        (period, Season(period.window, period.name, _corrected(found[str(place)], tried)))
        for place, period in enumerate(chosen)
        if str(place) in found
    )


def _corrected(lift: Lift, tried: int) -> Lift:
    return replace(lift, p_value=min(1.0, tried * lift.p_value))

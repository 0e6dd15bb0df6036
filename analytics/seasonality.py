"""Which times of the year bring more or fewer tickets, by how much, and how sure that is.

Daily counts follow a quasi-Poisson model: weekday × trend × public holidays × times of the year. The *lift* of a time
of the year is the factor by which it multiplies what the weekday and the trend would bring: 1.45 is 45 % more.

One odd week is not a season. So two different years have to show the lift. And because neighbouring days vary
together, the spread is measured over days, weeks and four weeks; the widest of these counts.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from scipy import stats

from analytics import quasi_poisson
from analytics.calendar_design import Days, Flags, Window, usual_days, windows
from analytics.quasi_poisson import Fit, Floats
from analytics.season_search import Search, strongest_windows
from analytics.vocabulary import SIGNIFICANCE

_SEARCH: Final = Search(longest=6, most=3, least_score=3.3, takes_first=True)
"""Windows of half a month to three months; the strongest of these 144 rarely reaches the least score by chance."""
_SPANS: Final = (7, 28)
_LEAST_BLOCKS: Final = 8
"""Fewest weeks (or four-week blocks) beyond the number of the model's terms for their spread to be used."""
_LEAST_YEARS: Final = 2
_LEAST_PART: Final = 1 / 3
_LEAST_TICKETS: Final = 50
_LEAST_SHARE_OF_A_YEARS_WINDOW: Final = 0.5
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
    """

    ratio: float
    low: float
    high: float
    p_value: float
    tickets: int
    days: int
    yearly: tuple[float, ...]

    @property
    def is_seasonal(self) -> bool:
        """Whether at least two years show the lift: each at least a third of it, on the log scale."""
        whole = math.log(self.ratio)
        shown = [math.log(each) * whole >= whole**2 * _LEAST_PART for each in self.yearly if each > 0]
        return len(self.yearly) >= _LEAST_YEARS and len(shown) == len(self.yearly) and all(shown)


@dataclass(frozen=True, slots=True)
class Season:
    """A window of the year that was found in the data, and its lift; the p-value allows for every window looked at."""

    window: Window
    lift: Lift


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
    p_value = 2 * float(stats.t.sf(abs(effect) / error, freedom))
    ratio, low, high = (float(np.exp(np.clip(end, -20, 20))) for end in (effect, effect - margin, effect + margin))
    yearly = _yearly(days, counts, fitted.means / np.exp(np.clip(effect, -20, 20)), inside)
    return Lift(ratio, low, high, p_value, int(counts[inside].sum()), int(inside.sum()), yearly)


def _dispersion(counts: Floats, fitted: Fit) -> tuple[float, int]:
    """Return the largest of the dispersions over days, weeks and four weeks, and its degrees of freedom."""
    slow_terms = max(fitted.coefficients.size - 6, 1)
    found = [(fitted.dispersion, fitted.freedom)]
    for span in _SPANS:
        blocks = counts.size // span
        if blocks - slow_terms < _LEAST_BLOCKS:
            continue
        observed, expected = (
            values[: blocks * span].reshape(blocks, span).sum(axis=1) for values in (counts, fitted.means)
        )
        pearson = float(((observed - expected) ** 2 / np.maximum(expected, 1e-9)).sum())
        found.append((pearson / (blocks - slow_terms), blocks - slow_terms))
    return max(found)


def _yearly(days: Days, counts: Floats, without: Floats, inside: Flags) -> tuple[float, ...]:
    """Return observed ÷ expected without the period's lift, for each run at least half as long as the longest run.

    A run is all days of a period that lie within half a year of one another. So a period over the turn of the year is
    one run, and the several school holidays of a year are one run.
    """
    places = np.flatnonzero(inside)
    years = _seasons_of(days[places])
    sizes = {year: int((years == year).sum()) for year in np.unique(years)}
    enough = _LEAST_SHARE_OF_A_YEARS_WINDOW * max(sizes.values())
    ratios = []
    for year, size in sizes.items():
        chosen = places[years == year]
        expected = float(without[chosen].sum())
        if size >= enough and expected > 0:
            ratios.append(float(counts[chosen].sum()) / expected)
    return tuple(ratios)


def _seasons_of(days: Days) -> Floats:
    """Return the year of each day; a year begins at the widest gap that the days leave in the calendar."""
    of_year = (days - days.astype("datetime64[Y]").astype("datetime64[D]")).astype(np.int64)
    taken = np.unique(of_year)
    gaps = np.diff(np.append(taken, taken[0] + 366))
    start = int(taken[(int(np.argmax(gaps)) + 1) % taken.size])
    years: Floats = days.astype("datetime64[Y]").astype(np.float64) - (of_year < start)
    return years


def find_seasons(days: Days, counts: Floats, holidays: Collection[date] = ()) -> tuple[Season, ...]:
    """Return the windows of the year that bring clearly more or fewer tickets than its other days.

    Windows of half a month to three months are looked at. The strongest comes first, then the strongest given that
    one, up to three. Each p-value is multiplied by the number of windows looked at (Bonferroni), which allows for the
    search. Windows that two different years do not show are left out.

    Args:
        days: Consecutive days, at least a year and a half of them; with fewer nothing is found.
        counts: Tickets of each day.
        holidays: Public holidays and days on which the desk is closed.
    """
    if counts.size < LEAST_DAYS or counts.sum() < _LEAST_TICKETS:
        return ()
    tried = len(windows(_SEARCH.longest))
    chosen = strongest_windows(days, counts, usual_days(days, holidays), _SEARCH)
    seasons = _judged(days, counts, holidays, chosen, tried)
    while (
        len(seasons) > 1 and (weakest := max(seasons, key=lambda each: each.lift.p_value)).lift.p_value > SIGNIFICANCE
    ):
        chosen = tuple(window for window in chosen if window != weakest.window)
        seasons = _judged(days, counts, holidays, chosen, tried)
    return tuple(season for season in seasons if season.lift.is_seasonal)


def _judged(
    days: Days, counts: Floats, holidays: Collection[date], chosen: tuple[Window, ...], tried: int
) -> tuple[Season, ...]:
    inside = {str(place): window.holds(days) for place, window in enumerate(chosen)}
    found = lifts(days, counts, inside, holidays)
    return tuple(
        Season(window, _corrected(found[str(place)], tried))
        for place, window in enumerate(chosen)
        if str(place) in found
    )


def _corrected(lift: Lift, tried: int) -> Lift:
    return Lift(lift.ratio, lift.low, lift.high, min(1.0, tried * lift.p_value), lift.tickets, lift.days, lift.yearly)

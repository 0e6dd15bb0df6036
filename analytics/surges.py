"""More tickets than were to be expected, for days or weeks and until now: of all tickets or of one kind of them.

The last 28 days are held against what the days before them lead to expect: weekday, trend, public holidays, the times
of the year found so far, and the latest level. A run of 7, 14 or 28 days that ends with the last day is a surge when
chance seldom makes so many tickets. Its variance is that of the past, plus the uncertainty of the expectation. It is
widened where expectations made in the last year, for as many days ahead, missed by more.

The budget of false alarms is one in twenty desks at each look, whatever is looked at. It is shared out over all
tickets, categories, channels and customer types, and within these over their values.

A run that only the time of the year explains is told too, as what it is: more than before, and to be expected.

Sources: the negative binomial threshold is that of Noufaily et al. (2013, doi:10.1002/sim.5595); the first day of a
surge maximises the likelihood ratio of a step in a Poisson mean (Page 1954, doi:10.1093/biomet/41.1-2.100).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, NamedTuple

import numpy as np
from scipy import stats

from analytics import quasi_poisson
from analytics.anomalies import (
    LEAST_FOR_SEASONS,
    LEAST_HISTORY,
    LONGEST_HISTORY,
    MOST_MISS,
    SEARCH,
    tamed,
    weights_of,
)
from analytics.calendar_design import Days, Flags, usual_days, window_columns
from analytics.quasi_poisson import Fit, Floats
from analytics.season_search import strongest_windows

FALSE_ALARMS: Final = 0.05
"""Share of desks without a surge of which one may be told, at each look."""
LOOK_BACK: Final = 28
RUNS: Final = (7, 14, LOOK_BACK)
"""Lengths of the runs of days that are looked at; all of them end with the last day."""
_SHARES: Final[Mapping[str, float]] = {"": 0.1, "category": 0.7, "channel": 0.1, "customer_type": 0.1}
"""Of the budget. Kinds of tickets surge, so most of it is theirs."""
_LEVEL_DAYS: Final = (56, 182)
_LEVEL_TICKETS: Final = 150
"""Tickets that a level is measured by: its days are so many, within the limits above."""
_TRIALS: Final = 26
_TRIAL_STEP: Final = 14
_LEAST_TRIALS: Final = 8
_LEAST_TICKETS: Final = 5
_LEAST_RISE: Final = 1.2
"""A smaller rise is the slow growth of a desk rather than a surge."""
_SHORTEST: Final = 3
_RANGE: Final = 0.95
_SEASONAL: Final = 1.25
"""A season has to bring so many times the tickets to explain a surge."""


class Kind(NamedTuple):
    """Which tickets: a dimension and its value; both are empty for all tickets, and a value for "not set"."""

    dimension: str
    value: str


ALL: Final = Kind("", "")


@dataclass(frozen=True, slots=True)
class Surge:
    """A surge under way.

    Attributes:
        kind: Of which tickets.
        first: Day it seems to have begun, at most 28 days ago.
        last: The last day looked at.
        observed: Tickets from the first day to the last.
        expected: Tickets expected on these days.
        low: Lower end of the 95 % range of what was to be expected.
        high: Its upper end.
        usual: Tickets expected without the time of the year.
        is_seasonal: Whether the time of the year explains it.
        p_value: Chance of so many in the least likely run.
        q_value: The same with everything that was looked at allowed for, at most 1.
    """

    kind: Kind
    first: date
    last: date
    observed: int
    expected: float
    low: float
    high: float
    usual: float
    is_seasonal: bool
    p_value: float
    q_value: float


@dataclass(frozen=True, slots=True, eq=False)
class _Outlook:
    """What was expected of the last days.

    Attributes:
        expected: Mean of each day.
        usual: The same without times of the year.
        spread: Run -> variance of its sum over its mean, and over its squared mean.
    """

    expected: Floats
    usual: Floats
    spread: Mapping[int, tuple[float, float]]


def find_surges(
    days: Days,
    series: Mapping[Kind, Floats],
    holidays: Collection[date],
    seasons: Mapping[Kind, Flags] | None = None,
) -> tuple[Surge, ...]:
    """Return the surges under way, the least likely first.

    What a kind of tickets brings is told of it, and not of all tickets again: those are told if they surge without it.
    Channels and customer types are told only where neither is.

    Args:
        days: Consecutive days, the last one complete.
        series: Kind -> tickets of each day, all tickets among them.
        holidays: Public holidays and other days the desk is closed.
        seasons: Kind -> days within a known time of the year that brings more.
    """
    if days.size < LEAST_HISTORY + LOOK_BACK:
        return ()
    looked = {kind: _look(days, kind, counts, holidays, seasons or {}) for kind, counts in series.items()}
    told = {kind: surge for kind, surge in _corrected(looked).items() if surge.q_value <= FALSE_ALARMS}
    categories = [kind for kind in told if kind.dimension == "category" and kind in series]
    chosen = [told[kind] for kind in categories]
    if ALL in told and (not categories or _is_left(days, series, categories, holidays, seasons or {}, told[ALL])):
        chosen.append(told[ALL])
    return tuple(sorted(chosen or told.values(), key=lambda surge: surge.p_value))


def _is_left(
    days: Days,
    series: Mapping[Kind, Floats],
    categories: Collection[Kind],
    holidays: Collection[date],
    seasons: Mapping[Kind, Flags],
    whole: Surge,
) -> bool:
    """Return whether all tickets surge without the categories that do."""
    rest = np.maximum(series[ALL] - np.sum([series[kind] for kind in categories], axis=0), 0.0)
    left = _look(days, ALL, rest, holidays, seasons)
    return left is not None and left.p_value <= FALSE_ALARMS * _SHARES[""] and left.is_seasonal is whole.is_seasonal


def _corrected(looked: Mapping[Kind, Surge | None]) -> dict[Kind, Surge]:
    """Return the surges with their q-values: the budget of each dimension is shared out over its values."""
    counts: dict[str, int] = {}
    for kind in looked:
        counts[kind.dimension] = counts.get(kind.dimension, 0) + 1
    whole = sum(_SHARES[dimension] for dimension in counts)
    return {
        kind: replace(surge, q_value=min(surge.p_value * counts[kind.dimension] * whole / _SHARES[kind.dimension], 1.0))
        for kind, surge in looked.items()
        if surge is not None
    }


def _look(
    days: Days, kind: Kind, counts: Floats, holidays: Collection[date], seasons: Mapping[Kind, Flags]
) -> Surge | None:
    """Return the last days of a series as a surge, however likely it is; None where nothing can be expected of them."""
    start = counts.size - LOOK_BACK
    if counts[:start].sum() <= 0 or counts[start:].sum() < _LEAST_TICKETS:
        return None
    outlook = _outlook(days, tamed(counts), holidays)
    now = counts[start:]
    beyond, above = (_chance(now, means, outlook.spread) for means in (outlook.expected, outlook.usual))
    inside = seasons.get(kind, np.zeros(counts.size, dtype=np.bool_))[start:]
    first = _step(now, outlook.usual)
    explained = outlook.expected[first:].sum() / max(outlook.usual[first:].sum(), 1e-9)
    is_seasonal = beyond > above and explained >= _SEASONAL and bool(inside[first:].mean() >= 0.5)  # noqa: PLR2004 - half
    is_seasonal = is_seasonal and beyond > FALSE_ALARMS * _SHARES["category"]
    first = first if is_seasonal else _step(now, outlook.expected)
    mean, came = float(outlook.expected[first:].sum()), float(now[first:].sum())
    if came < _LEAST_RISE * (float(outlook.usual[first:].sum()) if is_seasonal else mean):
        return None
    low, high = _binomial(mean, _variance(mean, outlook.spread[_run_of(now.size - first)])).interval(_RANGE)
    return Surge(
        kind,
        date.fromisoformat(str(days[start + first])),
        date.fromisoformat(str(days[-1])),
        round(came),
        mean,
        float(low),
        float(high),
        float(outlook.usual[first:].sum()),
        is_seasonal,
        above if is_seasonal else beyond,
        1.0,
    )


def _chance(now: Floats, means: Floats, spread: Mapping[int, tuple[float, float]]) -> float:
    """Return the chance of the least likely run.

    That there are three is not corrected for: they share most of their days, and whole tickets never use up the budget
    of all kinds together. `./run bench surges` measures what is left of it.
    """
    chances = []
    for run, parts in spread.items():
        mean = float(means[-run:].sum())
        chances.append(float(_binomial(mean, _variance(mean, parts)).sf(now[-run:].sum() - 1)))
    return min(chances)


def _variance(mean: float, spread: tuple[float, float]) -> float:
    return spread[0] * mean + spread[1] * mean**2


def _binomial(mean: float, variance: float) -> Any:  # noqa: ANN401 - SciPy names no type for a distribution
    """Return the negative binomial of a mean and variance, near Poisson where these are equal."""
    middle = max(mean, 1e-6)
    size = middle**2 / max(variance - middle, 1e-6 * middle)
    return stats.nbinom(size, size / (size + middle))


def _run_of(length: int) -> int:
    """Return the shortest run that has so many days."""
    return next(run for run in RUNS if run >= length)


def _step(now: Floats, means: Floats) -> int:
    """Return the place of the day from which on a higher mean explains the counts best."""
    came, due = (np.cumsum(each[::-1])[::-1] for each in (now, np.maximum(means, 1e-9)))
    gains = np.where(came > due, came * np.log(np.maximum(came, 1e-9) / due) - (came - due), 0.0)
    return int(np.argmax(gains[: now.size - _SHORTEST + 1]))


def _outlook(days: Days, counts: Floats, holidays: Collection[date]) -> _Outlook:
    """Return what the days before the last 28 lead to expect of these."""
    start = counts.size - LOOK_BACK
    begin = max(start - LONGEST_HISTORY, 0)
    known, length = counts[begin:], start - begin
    design, season_count = _design(days[begin:], known[:length], holidays)
    rows = _with_level(design, length, known)
    fitted = quasi_poisson.fit(rows[:length], known[:length])
    weights = weights_of(rows[:length], fitted, known[:length])
    fitted = quasi_poisson.fit(rows[:length], known[:length], weights, fitted.means)
    ahead = rows[length:]
    without = ahead.copy()
    without[:, ahead.shape[1] - 1 - season_count : ahead.shape[1] - 1] = 0.0
    widths = _widths(design, known, weights, fitted.means)
    spread = {run: _spread(fitted, ahead[-run:], widths[run]) for run in RUNS}
    return _Outlook(fitted.mean_of(ahead), fitted.mean_of(without), spread)


def _design(days: Days, past: Floats, holidays: Collection[date]) -> tuple[Floats, int]:
    """Return the columns of all days, and how many of them, the last ones, are times of the year."""
    usual = usual_days(days, holidays)
    if past.size < LEAST_FOR_SEASONS:
        return usual, 0
    found, _ = strongest_windows(days[: past.size], past, usual[: past.size], SEARCH)
    columns = window_columns(days, found)
    return np.column_stack([usual, columns]), columns.shape[1]


def _with_level(design: Floats, start: int, counts: Floats) -> Floats:
    """Return the design with a last column: 1 on the days before a place that tell the latest level, and from it on."""
    rate = float(counts[max(start - _LEVEL_DAYS[1], 0) : start].mean())
    level = int(np.clip(_LEVEL_TICKETS / max(rate, 1e-9), *_LEVEL_DAYS))
    return np.column_stack([design, (np.arange(design.shape[0]) >= start - level).astype(np.float64)])


def _spread(fitted: Fit, rows: Floats, width: float) -> tuple[float, float]:
    """Return the variance of the sum of some days over their mean, and over their squared mean."""
    means = fitted.mean_of(rows)
    middle = (means @ rows / max(float(means.sum()), 1e-9))[None, :]
    return width * fitted.dispersion, width * fitted.dispersion * float(fitted.log_variance_of(middle)[0])


def _widths(design: Floats, counts: Floats, weights: Floats, means: Floats) -> dict[int, float]:
    """Return, for each run, how much larger its squared misses were than their variance in the last year; at least 1.

    Each trial expects 28 days from the days before them, as if these were still ahead.
    """
    misses: dict[int, list[float]] = {run: [] for run in RUNS}
    last = counts.size - 2 * LOOK_BACK
    for start in range(last, max(last - _TRIALS * _TRIAL_STEP, LEAST_HISTORY - 1), -_TRIAL_STEP):
        if counts[:start].sum() <= 0:
            break
        rows = _with_level(design, start, counts)
        fitted = quasi_poisson.fit(rows[:start], counts[:start], weights[:start], means[:start])
        ahead, came = rows[start : start + LOOK_BACK], counts[start : start + LOOK_BACK]
        due = fitted.mean_of(ahead)
        for run in RUNS:
            mean = max(float(due[-run:].sum()), 1e-6)
            of_mean, of_square = _spread(fitted, ahead[-run:], 1.0)
            miss = (float(came[-run:].sum()) - mean) ** 2
            misses[run].append(min(miss / (of_mean * mean + of_square * mean**2), MOST_MISS))
    return {run: max(float(np.mean(each)), 1.0) if len(each) >= _LEAST_TRIALS else 1.0 for run, each in misses.items()}

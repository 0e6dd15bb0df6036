"""The search for the times of the year that stand out, the strongest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Final

import numpy as np
from scipy import ndimage

from analytics import quasi_poisson
from analytics.calendar_design import (
    YEAR_DAYS,
    Days,
    Flags,
    Window,
    half_month_starts,
    half_of,
    halves_of_windows,
    window_columns,
    windows_of_days,
    windows_of_halves,
)
from analytics.quasi_poisson import Fit, Floats

_AROUND: Final = 4
"""So many days the ends of a window are moved to find its best ones."""
_SHORTEST: Final = 7
_APART: Final = 7
"""So many days lie between two windows: what is just beside a strong one is what its ends have missed."""
_FOR_A_ROUND_END: Final = 0.015
"""A window that begins or ends with a half month is preferred to one that scores so little more."""


@dataclass(frozen=True, slots=True)
class Search:
    """How many windows to look for.

    Attributes:
        most: Most windows to take.
        least_score: Smallest score of a window that is taken, in standard deviations.
        takes_first: Whether the strongest window is taken even when it is weak, so that it can be tested.
    """

    most: int
    least_score: float
    takes_first: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Period:
    """A time of the year that stands out.

    Attributes:
        window: The same dates every year; None for a time that moves through the year.
        name: Slug of a time that has a name; "" for one that is known by its dates.
        inside: Which of the days are in it.
    """

    window: Window | None
    name: str
    inside: Flags = field(repr=False)


def strongest_windows(days: Days, counts: Floats, design: Floats, search: Search) -> tuple[tuple[Window, ...], Fit]:
    """Return windows of half months that do not overlap, each the strongest given those before, and the fit with them.

    Args:
        days: Day of each row.
        counts: Count of each row.
        design: Columns that are known to matter.
        search: How many to look for.
    """
    candidates = windows_of_halves()
    halves, members = half_of(days), halves_of_windows()
    chosen: list[Window] = []
    fitted = quasi_poisson.fit(design, counts)
    while len(chosen) < search.most:
        taken = np.array([any(window.meets(each) for each in chosen) for window in candidates])
        gains = quasi_poisson.scores_of_groups(design, fitted, halves, members, counts)
        found = np.where(taken, 0.0, np.abs(gains) / np.sqrt(fitted.dispersion))
        best = int(np.argmax(found))
        if not _is_wanted(float(found[best]), len(chosen), search):
            break
        chosen.append(candidates[best])
        design = np.column_stack([design, members[halves, best]])
        fitted = quasi_poisson.fit(design, counts, start=fitted.means)
    return tuple(chosen), fitted


def strongest_periods(
    days: Days, counts: Floats, design: Floats, named: Mapping[str, Flags], search: Search
) -> tuple[Period, ...]:
    """Return times of the year that do not overlap, each the strongest given those found before.

    Windows of a week to three months are looked at, beginning at every fifth day; the ends of the strongest are then
    moved by up to four days.

    Args:
        days: Day of each row.
        counts: Count of each row.
        design: Columns that are known to matter.
        named: Name -> which days belong to it; times that move through the year.
        search: How many to look for.
    """
    grid = windows_of_days()
    others = [inside.astype(np.float64)[:, None] for inside in named.values()]
    columns = np.column_stack([window_columns(days, grid), *others])
    chosen: list[Period] = []
    taken = np.zeros(columns.shape[1], dtype=np.bool_)
    while len(chosen) < search.most:
        fitted = quasi_poisson.fit(design, counts)
        found = np.where(taken, 0.0, _strengths(design, fitted, columns, counts))
        best = int(np.argmax(found))
        if not _is_wanted(float(found[best]), len(chosen), search):
            break
        if best >= len(grid):
            name = list(named)[best - len(grid)]
            period = Period(None, name, named[name])
        else:
            window = _with_best_ends(grid[best], [each.window for each in chosen], days, counts, (design, fitted))
            period = Period(window, "", window.holds(days))
        chosen.append(period)
        near = ndimage.binary_dilation(period.inside, iterations=_APART)
        taken |= near.astype(np.float64) @ columns > 0
        design = np.column_stack([design, period.inside.astype(np.float64)])
    return tuple(chosen)


def _strengths(design: Floats, fitted: Fit, columns: Floats, counts: Floats) -> Floats:
    """Return how strong each candidate is, in standard deviations of days."""
    weights = np.ones(counts.size)
    found: Floats = np.abs(quasi_poisson.scores(design, fitted, columns, counts, weights)) / np.sqrt(fitted.dispersion)
    return found


def _is_wanted(strength: float, chosen: int, search: Search) -> bool:
    return strength > 0 and (strength >= search.least_score or (search.takes_first and not chosen))


def _with_best_ends(
    window: Window, others: Sequence[Window | None], days: Days, counts: Floats, model: tuple[Floats, Fit]
) -> Window:
    """Return the window with the ends that score best, those of half months before others that score hardly more."""
    moves = range(-_AROUND, _AROUND + 1)
    tried = [
        moved
        for start, end in product(moves, moves)
        if window.length + end - start >= _SHORTEST
        for moved in (Window((window.start + start) % YEAR_DAYS, window.length + end - start),)
        if not any(each is not None and moved.meets(each) for each in others)
    ]
    if not tried:
        return window
    design, fitted = model
    columns = np.column_stack([each.holds(days) for each in tried]).astype(np.float64)
    found = _strengths(design, fitted, columns, counts)
    starts = half_month_starts()
    round_ends = [(each.start in starts) + ((each.end + 1) % YEAR_DAYS in starts) for each in tried]
    return tried[int(np.argmax(found * (1 + _FOR_A_ROUND_END * np.array(round_ends))))]

"""The columns that explain a day's number of tickets: weekday, trend, public holidays, times of the year."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import product
from typing import Final

import numpy as np
import numpy.typing as npt

from analytics.quasi_poisson import Floats
from analytics.time_units import MEAN_YEAR_DAYS, WEEK_DAYS

Flags = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]

HALVES: Final = 24
"""Half months in a year: the 1st to the 15th of a month, and the 16th to its end."""
_SECOND_HALF_FROM: Final = 16
_YEARS_FOR_A_BEND: Final = 3.0


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """A part of the year made of whole half months.

    Attributes:
        start: The first half month: 0 is 1 to 15 January, 23 is 16 to 31 December.
        length: How many half months; the window may go on into the next year.
    """

    start: int
    length: int

    @property
    def halves(self) -> tuple[int, ...]:
        """The window's half months, in order."""
        return tuple((self.start + ahead) % HALVES for ahead in range(self.length))

    def meets(self, other: "Window") -> bool:
        """Say whether two windows have a half month in common."""
        return not set(self.halves).isdisjoint(other.halves)

    def holds(self, days: Days) -> Flags:
        """Say which days are in the window."""
        inside: Flags = np.isin(half_of(days), self.halves)
        return inside


@cache
def windows(longest: int) -> tuple[Window, ...]:
    """Return all windows of up to `longest` half months."""
    return tuple(Window(start, length) for start, length in product(range(HALVES), range(1, longest + 1)))


def window_columns(days: Days, chosen: Sequence[Window]) -> Floats:
    """Return a column for each window: 1 on its days, else 0."""
    members = np.zeros((HALVES, len(chosen)))
    for place, window in enumerate(chosen):
        members[list(window.halves), place] = 1.0
    columns: Floats = members[half_of(days)]
    return columns


def days_from(first: date, count: int) -> Days:
    """Return consecutive days, from the first one on."""
    return np.datetime64(first, "D") + np.arange(count)


def half_of(days: Days) -> npt.NDArray[np.int64]:
    """Return the half of a month that each day is in, 0..23."""
    months = days.astype("datetime64[M]")
    day_of_month = (days - months.astype("datetime64[D]")).astype(np.int64) + 1
    halves: npt.NDArray[np.int64] = 2 * (months.astype(np.int64) % 12) + (day_of_month >= _SECOND_HALF_FROM)
    return halves


def weekday_of(days: Days) -> npt.NDArray[np.int64]:
    """Return the weekday of each day, 0 is Monday."""
    weekdays: npt.NDArray[np.int64] = (days.astype(np.int64) + 3) % WEEK_DAYS
    return weekdays


def is_among(days: Days, chosen: Collection[date]) -> Flags:
    """Say which days are among those chosen."""
    return np.isin(days, np.array(sorted(chosen), dtype="datetime64[D]"))


def usual_days(days: Days, holidays: Collection[date], first: np.datetime64 | None = None) -> Floats:
    """Return the columns of a day's weekday, of the trend and of public holidays.

    The trend is a steady rate of growth; with three years or more it may bend once.

    Args:
        days: The days of the rows.
        holidays: Public holidays and other days the desk is closed.
        first: Day at which the trend is zero, and from which its length is counted; the first of `days` when None.
    """
    start = days[0] if first is None else first
    years = (days - start).astype(np.float64) / MEAN_YEAR_DAYS
    trend = [years] if years.max(initial=0.0) < _YEARS_FOR_A_BEND else [years, years**2]
    weekdays = (weekday_of(days)[:, None] == np.arange(WEEK_DAYS)).astype(np.float64)
    return np.column_stack([weekdays, *trend, is_among(days, holidays).astype(np.float64)])

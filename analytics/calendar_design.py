"""The columns that explain a day's number of tickets: weekday, trend, public holidays, times of the year."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import product
from typing import Final

import numpy as np
import numpy.typing as npt

from analytics.quasi_poisson import Floats
from analytics.time_units import MEAN_YEAR_DAYS, WEEK_DAYS

Flags = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]

YEAR_DAYS: Final = 365
"""Days of the year by their place: 0 is 1 January, 364 is 31 December; 29 February has the place of the 28th."""
_EVERY: Final = 5
_LENGTHS: Final = (7, 10, 14, 20, 28, 38, 50, 65, 80, 92)
_HALVES: Final = 24
"""Half months in a year: the 1st to the 15th of a month, and the 16th to its end."""
_LONGEST_IN_HALVES: Final = 6
_FEBRUARY: Final = 2
_LEAP_DAY: Final = 29
_COMMON_YEAR: Final = 2001
_YEARS_FOR_A_BEND: Final = 3.0


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """A part of the year.

    Attributes:
        start: Place of its first day in the year, 0..364.
        length: How many days it has in a year without a 29 February; it may go on into the next year.
    """

    start: int
    length: int

    @classmethod
    def between(cls, first: tuple[int, int], last: tuple[int, int]) -> "Window":
        """Return the window from a month and day to another, both within it."""
        start, end = (date(_COMMON_YEAR, *each).timetuple().tm_yday - 1 for each in (first, last))
        return cls(start, (end - start) % YEAR_DAYS + 1)

    @property
    def end(self) -> int:
        """Place of the last day in the year."""
        return (self.start + self.length - 1) % YEAR_DAYS

    @property
    def places(self) -> range:
        """The places of its days; those from 365 on are in the next year."""
        return range(self.start, self.start + self.length)

    def meets(self, other: "Window") -> bool:
        """Say whether two windows have a day in common."""
        ahead = (other.start - self.start) % YEAR_DAYS
        return ahead < self.length or YEAR_DAYS - ahead < other.length

    def likeness(self, other: "Window") -> float:
        """Return the share of the days in either window that are in both, 0..1."""
        mine, theirs = ({place % YEAR_DAYS for place in each.places} for each in (self, other))
        return len(mine & theirs) / len(mine | theirs)

    def holds(self, days: Days) -> Flags:
        """Say which days are in the window."""
        inside: Flags = (place_of(days) - self.start) % YEAR_DAYS < self.length
        return inside

    def occurrence(self, year: int) -> tuple[date, date]:
        """Return the first and the last day of the window that begins in a year."""
        after = (self.start + self.length) % YEAR_DAYS
        years_on = (self.start + self.length) // YEAR_DAYS
        return _day_at(year, self.start), _day_at(year + years_on, after) - timedelta(days=1)


def _day_at(year: int, place: int) -> date:
    return (date(_COMMON_YEAR, 1, 1) + timedelta(days=place)).replace(year=year)


def place_of(days: Days) -> npt.NDArray[np.int64]:
    """Return the place of each day in its year, 0..364."""
    years = days.astype("datetime64[Y]")
    of_year = (days - years.astype("datetime64[D]")).astype(np.int64)
    number = years.astype(np.int64) + 1970
    is_leap = (number % 4 == 0) & ((number % 100 != 0) | (number % 400 == 0))
    leap_place = date(_COMMON_YEAR, _FEBRUARY, _LEAP_DAY - 1).timetuple().tm_yday
    places: npt.NDArray[np.int64] = of_year - (is_leap & (of_year >= leap_place))
    return places


@cache
def windows_of_days() -> tuple[Window, ...]:
    """Return windows of a week to three months, beginning at every fifth day of the year."""
    return tuple(Window(start, length) for start, length in product(range(0, YEAR_DAYS, _EVERY), _LENGTHS))


@cache
def windows_of_halves() -> tuple[Window, ...]:
    """Return the windows of up to six half months."""
    starts = half_month_starts()
    ends = [*starts, *(start + YEAR_DAYS for start in starts)]
    return tuple(
        Window(ends[half], ends[half + length] - ends[half])
        for half, length in product(range(_HALVES), range(1, _LONGEST_IN_HALVES + 1))
    )


@cache
def half_month_starts() -> tuple[int, ...]:
    """Return the places of the first and the sixteenth of each month."""
    return tuple(Window.between((month, day), (month, day)).start for month in range(1, 13) for day in (1, 16))


def half_of(days: Days) -> npt.NDArray[np.int64]:
    """Return the half month of each day, 0..23."""
    halves: npt.NDArray[np.int64] = np.searchsorted(half_month_starts(), place_of(days), side="right") - 1
    return halves


@cache
def halves_of_windows() -> Floats:
    """Return the half months × the windows of half months: 1 where the window holds the half month, else 0."""
    return _members(windows_of_halves())[list(half_month_starts())]


@cache
def _members(chosen: tuple[Window, ...]) -> Floats:
    """Return a column for each window over the places of the year: 1 inside, else 0."""
    members = np.zeros((YEAR_DAYS, len(chosen)))
    for number, window in enumerate(chosen):
        members[[place % YEAR_DAYS for place in window.places], number] = 1.0
    return members


def window_columns(days: Days, chosen: Sequence[Window]) -> Floats:
    """Return a column for each window: 1 on its days, else 0."""
    columns: Floats = _members(tuple(chosen))[place_of(days)]
    return columns


def days_from(first: date, count: int) -> Days:
    """Return consecutive days, from the first one on."""
    return np.datetime64(first, "D") + np.arange(count)


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

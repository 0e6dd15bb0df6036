"""Open hours and public holidays of a made-up desk, and instants that lie some open time ahead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Self

import holidays
import numpy as np

from benchmarks.truth.plan import DAY, Codes, Floats

_AHEAD_DAYS: Final = 500
_MONTH_BEGINS: Final = np.cumsum([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


def holidays_of(country: str | None, first: date, days: int) -> frozenset[date]:
    """Return the public holidays of a country from a day on; none without a country."""
    if country is None:
        return frozenset()
    years = range(first.year, (first + timedelta(days=days)).year + 1)
    return frozenset(holidays.country_holidays(country, years=years))


@dataclass(frozen=True, slots=True)
class OpenTime:
    """When a desk is open; instants are seconds after midnight of its first day, by its own clock.

    Attributes:
        opens: Second of each day at which it opens.
        lengths: Seconds it is open on each day.
        before: Open seconds before each day.
    """

    opens: Floats
    lengths: Floats
    before: Floats

    @classmethod
    def of(cls, first: date, days: int, hours: Sequence[tuple[int, int] | None], closed: frozenset[date]) -> Self:
        """Return the open time of some days and of 500 days after them.

        Args:
            first: The first day.
            days: How many.
            hours: Opening and closing minute of each weekday, Monday first.
            closed: Days on which it stays closed.
        """
        dates = [first + timedelta(days=ahead) for ahead in range(days + _AHEAD_DAYS)]
        spans = [(0, 0) if day in closed else hours[day.weekday()] or (0, 0) for day in dates]
        opens = np.array([60.0 * span[0] for span in spans])
        lengths = np.array([60.0 * (span[1] - span[0]) for span in spans])
        return cls(opens, lengths, np.concatenate([[0.0], np.cumsum(lengths)[:-1]]))

    @property
    def seconds_a_day(self) -> float:
        """Mean open seconds of a day."""
        return float(self.lengths.mean())

    def place(self, at: Floats) -> Floats:
        """Return the open seconds before some instants."""
        day = np.minimum((at // DAY).astype(np.int64), self.opens.size - 1)
        open_by_then = np.clip(at - day * DAY - self.opens[day], 0.0, self.lengths[day])
        return np.asarray(self.before[day] + open_by_then, dtype=np.float64)

    def after(self, at: Floats, seconds: Floats) -> Floats:
        """Return the instants some open seconds (more than 0) after others."""
        wanted = self.place(at) + seconds
        day = np.searchsorted(self.before, wanted, side="left") - 1
        return np.asarray(day * DAY + self.opens[day] + wanted - self.before[day], dtype=np.float64)


def day_of_year(first: date, days: int) -> Codes:
    """Return the day of the year, 0..364, of consecutive days; 29 February counts as 28 February."""
    dates = np.datetime64(first) + np.arange(days)
    months = dates.astype("datetime64[M]")
    month, day = months.astype(np.int64) % 12, (dates - months.astype("datetime64[D]")).astype(np.int64)
    return np.asarray(_MONTH_BEGINS[month] + np.minimum(day, np.diff(_MONTH_BEGINS)[month] - 1), dtype=np.int64)

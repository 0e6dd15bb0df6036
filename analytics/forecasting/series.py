"""A series with a count for every day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from analytics.forecast_quantiles import FloatArray
from analytics.forecasting.errors import ForecastInputError

DayArray: TypeAlias = NDArray[np.datetime64]

LONGEST_DAYS: Final = 40_000
"""More than a century of days is a mistake in a date, not a history."""


@dataclass(frozen=True, slots=True, eq=False)
class DailySeries:
    """One count for each day in a row.

    Attributes:
        first_date: The day of the first count.
        counts: Never negative; NaN where the count of a day is unknown.
    """

    first_date: date
    counts: FloatArray

    @property
    def last_date(self) -> date:
        """The day of the last count."""
        return self.first_date + timedelta(days=len(self.counts) - 1)

    @property
    def days(self) -> DayArray:
        """The day of each count."""
        return np.datetime64(self.first_date, "D") + np.arange(len(self.counts))

    def until(self, last: date) -> "DailySeries":
        """Return the series up to a day, that day included."""
        return DailySeries(self.first_date, self.counts[: max(0, (last - self.first_date).days + 1)])

    def after(self, last: date, days: int) -> FloatArray:
        """Return the counts of the next `days` days after a day; NaN beyond the end of the series."""
        start = (last - self.first_date).days + 1
        found = self.counts[start : start + days]
        return np.concatenate([found, np.full(days - len(found), np.nan)])


def daily_series(days: Sequence[date], counts: Sequence[float]) -> DailySeries:
    """Return a series; days in between that are not listed are unknown.

    Args:
        days: In any order, each once.
        counts: One for each day; NaN is unknown.

    Raises:
        ForecastInputError: If there is no day, one comes twice, or a count is negative or infinite.
    """
    if not days:
        message = "The series has no days."
        raise ForecastInputError(message)
    if len(set(days)) < len(days):
        twice = next(day for place, day in enumerate(days) if day in set(days[:place]))
        message = f"The day {twice} comes twice."
        raise ForecastInputError(message, "Add up the rows of a day before.")
    values = np.asarray(counts, dtype=np.float64)
    if np.isinf(values).any() or (values < 0).any():
        message = "A count is negative or infinite."
        raise ForecastInputError(message)
    first, last = min(days), max(days)
    length = (last - first).days + 1
    if length > LONGEST_DAYS:
        message = f"The series runs from {first} to {last}: more than a century."
        raise ForecastInputError(message, "Check the dates.")
    filled = np.full(length, np.nan)
    filled[np.array([(day - first).days for day in days])] = values
    return DailySeries(first, filled)

"""When the bookshop's desk is open: converts arrays of instants into open seconds and back.

Instants are whole seconds since 1970 in UTC. South Africa has UTC+2 all year, so local time is a fixed offset.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

import holidays
import numpy as np
import numpy.typing as npt

from analytics.time_units import DAY_SECONDS, HOUR_SECONDS

Instants = npt.NDArray[np.int64]

TIME_ZONE: Final = "Africa/Johannesburg"
OFFSET_SECONDS: Final = 7200
SATURDAY: Final = 5
_WEEKDAY_WINDOW: Final = (8 * HOUR_SECONDS, 17 * HOUR_SECONDS)
_SATURDAY_WINDOW: Final = (9 * HOUR_SECONDS, 13 * HOUR_SECONDS)
_EPOCH: Final = date(1970, 1, 1)


def midnight(day: date) -> int:
    """Return the instant at which a day begins in South Africa."""
    return (day - _EPOCH).days * DAY_SECONDS - OFFSET_SECONDS


@lru_cache(maxsize=64)
def public_holidays(year: int) -> dict[date, str]:
    """Return South Africa's public holidays of a year, with their names."""
    return dict(holidays.country_holidays("ZA", years=year))


def is_public_holiday(day: date) -> bool:
    """Say whether a day is a public holiday in South Africa."""
    return day in public_holidays(day.year)


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """The desk's open stretches in order of time.

    Attributes:
        starts: Instant at which each stretch begins.
        open_before: Open seconds before each stretch; the last entry is the total.
    """

    starts: Instants
    open_before: Instants

    @classmethod
    def between(cls, first: date, until: date, *, is_always_open: bool) -> "OpeningHours":
        """Return the open stretches from day `first` to before day `until`."""
        windows = [
            (midnight(day) + window[0], window[1] - window[0])
            for day in (first + timedelta(days=ahead) for ahead in range((until - first).days))
            if (window := _window(day, is_always_open=is_always_open)) is not None
        ]
        lengths = np.array([0, *(length for _, length in windows)], dtype=np.int64)
        return cls(np.array([start for start, _ in windows], dtype=np.int64), np.cumsum(lengths))

    def elapsed(self, at: Instants) -> Instants:
        """Return the open seconds from the first opening to each instant."""
        place = np.maximum(np.searchsorted(self.starts, at, side="right") - 1, 0)
        inside = np.clip(at - self.starts[place], 0, self.open_before[place + 1] - self.open_before[place])
        elapsed: Instants = self.open_before[place] + inside
        return elapsed

    def after(self, at: Instants, seconds: Instants) -> Instants:
        """Return the instants by which a number of open seconds (above 0) has passed, as far as the hours reach."""
        wanted = np.minimum(self.elapsed(at) + seconds, self.open_before[-1])
        place = np.maximum(np.searchsorted(self.open_before, wanted, side="left") - 1, 0)
        reached: Instants = self.starts[place] + wanted - self.open_before[place]
        return reached

    def is_open(self, at: Instants) -> npt.NDArray[np.bool_]:
        """Say for each instant whether the desk is open."""
        place = np.maximum(np.searchsorted(self.starts, at, side="right") - 1, 0)
        passed = at - self.starts[place]
        within: npt.NDArray[np.bool_] = (passed >= 0) & (passed < self.open_before[place + 1] - self.open_before[place])
        return within


def _window(day: date, *, is_always_open: bool) -> tuple[int, int] | None:
    if is_always_open:
        return 0, DAY_SECONDS
    if day.weekday() > SATURDAY or is_public_holiday(day):
        return None
    return _SATURDAY_WINDOW if day.weekday() == SATURDAY else _WEEKDAY_WINDOW

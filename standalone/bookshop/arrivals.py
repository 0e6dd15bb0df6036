"""How many tickets come on each day in each category, and at which second."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from analytics.time_units import DAY_SECONDS, HOUR_SECONDS, MEAN_YEAR_DAYS, YEAR_MONTHS
from standalone.bookshop.effects import Effects
from standalone.bookshop.opening_hours import SATURDAY, Instants, is_public_holiday, midnight
from standalone.bookshop.seasons import is_in_season, is_school_holiday
from standalone.bookshop.vocabulary import CATEGORIES

Codes = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_LEAST_NOISE: Final = 0.001


@dataclass(frozen=True, slots=True)
class Arrivals:
    """The numbers of tickets of the whole history.

    Attributes:
        days: Every day of the history.
        counts: Tickets by day and category code.
        is_term: Whether schools are in session, by day.
        hour_shares: Chance of each local hour, by day.
    """

    days: tuple[date, ...]
    counts: Codes
    is_term: Flags
    hour_shares: Floats

    def instants(self, rng: np.random.Generator, first: int, until: int) -> tuple[Instants, Codes, Codes]:
        """Return instant, category and day of every ticket from day `first` to before day `until`, in order of time."""
        counts = self.counts[first:until]
        day = np.repeat(np.arange(first, until), counts.sum(axis=1))
        category = np.repeat(np.tile(np.arange(len(CATEGORIES)), until - first), counts.ravel())
        cumulative = np.cumsum(self.hour_shares, axis=1)[day]
        hour = (rng.random(day.size)[:, None] > cumulative[:, :-1]).sum(axis=1)
        at = midnight(self.days[0]) + day * DAY_SECONDS + hour * HOUR_SECONDS + rng.integers(0, HOUR_SECONDS, day.size)
        order = np.argsort(at, kind="stable")
        return at[order], category[order], day[order]


def first_day(until: date, months: int) -> date:
    """Return the first day of a history that is `months` long and ends before a day."""
    month = until.year * YEAR_MONTHS + until.month - 1 - months
    year, month = divmod(month, YEAR_MONTHS)
    for day in range(until.day, 0, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise AssertionError(until)


def plan_arrivals(rng: np.random.Generator, tickets: int, effects: Effects, until: date) -> Arrivals:
    """Divide a number of tickets among the days and categories of a history."""
    first = first_day(until, effects.desk.months)
    days = tuple(first + timedelta(days=ahead) for ahead in range((until - first).days))
    expected = _expected(days, effects) * _noise(rng, len(days), effects.volume.day_noise)
    counts = rng.multinomial(tickets, (expected / expected.sum()).ravel()).reshape(expected.shape)
    is_term = np.array([not is_school_holiday(day) for day in days])
    return Arrivals(days, counts.astype(np.int64), is_term, _hour_shares(days, effects))


def _noise(rng: np.random.Generator, days: int, deviation: float) -> Floats:
    """Return random factors with mean 1 and a given standard deviation, by day and category."""
    if deviation < _LEAST_NOISE:
        return np.ones((days, len(CATEGORIES)))
    return rng.gamma(deviation**-2, deviation**2, (days, len(CATEGORIES)))


def _expected(days: tuple[date, ...], effects: Effects) -> Floats:
    """Return the expected numbers of tickets by day and category; only their ratios matter."""
    volume = effects.volume
    by_day = np.array(
        [
            (1 + volume.growth_per_year) ** (place / MEAN_YEAR_DAYS)
            * volume.weekday_factors[day.weekday()]
            * (volume.public_holiday_factor if is_public_holiday(day) else 1.0)
            for place, day in enumerate(days)
        ]
    )
    shares = np.array([volume.category_shares[category] for category in CATEGORIES])
    expected: Floats = by_day[:, None] * (shares / shares.sum())
    for name, season in effects.season.items():
        inside = np.array([is_in_season(name, day) for day in days])
        lifted = np.array([category in season.categories for category in CATEGORIES])
        expected = expected * np.where(inside[:, None] & lifted, 1 + season.lift, 1.0)
    return expected


def _hour_shares(days: tuple[date, ...], effects: Effects) -> Floats:
    factors = {name: np.array(values) / sum(values) for name, values in effects.volume.hour_factors.items()}
    return np.array(
        [factors["weekend" if day.weekday() >= SATURDAY or is_public_holiday(day) else "workday"] for day in days]
    )

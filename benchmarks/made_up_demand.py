"""Made-up desks: tickets by day and hour with growth, weeks, seasons, holidays, odd days and days that err together.

Nothing here follows the forms that the forecasting members assume: levels wander and jump, each holiday has an effect
of its own, neighbouring days err alike. Each seed is another desk.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from analytics.forecast_quantiles import FloatArray
from analytics.forecasting.calendar import country_calendar
from analytics.forecasting.history import weekdays_of
from analytics.forecasting.series import DailySeries
from analytics.time_units import DAY_HOURS, MEAN_YEAR_DAYS, WEEK_DAYS

COUNTRIES: Final = ("US", "US", "US", "GB", "ZA", None)
_LAST: Final = date(2025, 6, 30)
_SHORTEST_DAYS: Final = 420
_LONGEST_DAYS: Final = 1500
_SATURDAY: Final = 5
LATE_HOURS: Final = 0.4
"""Deviation of the hours by which a day begins early or late."""


@dataclass(frozen=True, slots=True, eq=False)
class Luck:
    """What makes days busy or quiet that nothing foretells.

    Attributes:
        kept: Share of a day's noise that is left the next day.
        size: Deviation of a day's level, on the log scale.
        noise: Of each day, in deviations.
        bulk: Factor of each day; above 1 where tickets were entered in bulk.
    """

    kept: float
    size: float
    noise: FloatArray
    bulk: FloatArray

    @property
    def factors(self) -> FloatArray:
        """Factor of each day, of mean about 1."""
        return self.level_of(self.noise) * self.bulk

    def level_of(self, noise: FloatArray) -> FloatArray:
        """Return the factor that belongs to some noise."""
        return np.asarray(np.exp(self.size * noise - self.size**2 / 2), dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class HourShape:
    """How a day's tickets are spread over its hours.

    Attributes:
        peak: Hour of the day with most tickets.
        width: Hours around it.
        floor: Tickets of the quietest hour, as a share of the peak's.
        noon: What lunch leaves of the hour from 12 on.
    """

    peak: float
    width: float
    floor: float
    noon: float

    def shares(self, late: FloatArray) -> FloatArray:
        """Return the share of each hour, shape (days, 24), of days that are so many hours late."""
        hour = np.arange(DAY_HOURS)
        bell = np.exp(-0.5 * ((hour[None, :] - self.peak - late[:, None]) / self.width) ** 2) + self.floor
        bell[:, 12] *= self.noon
        return np.asarray(bell / bell.sum(axis=1, keepdims=True), dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Process:
    """What made a desk's tickets; a forecast may not look at it, only what a forecast is held against.

    Attributes:
        usual: Mean of each day before luck.
        luck: Luck of each day.
        shape: Of its hours.
        usually_late: Hours by which each weekday is later than the shape.
        late: Hours by which each day is; its own luck is added.
    """

    usual: FloatArray
    luck: Luck
    shape: HourShape
    usually_late: FloatArray
    late: FloatArray

    @property
    def hours(self) -> FloatArray:
        """Mean of each hour, shape (days, 24); chance alone lies between it and what came."""
        return np.asarray((self.usual * self.luck.factors)[:, None] * self.shape.shares(self.late), dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class MadeUpDesk:
    """A desk's demand.

    Attributes:
        country: Whose holidays it keeps; None for none.
        series: Tickets of each day.
        hours: Tickets of each hour, shape (days, 24).
        process: What made them.
    """

    country: str | None
    series: DailySeries
    hours: FloatArray
    process: Process


def made_up_desk(seed: int) -> MadeUpDesk:
    """Make a desk; the same seed makes the same one."""
    rng = np.random.default_rng([20_251_130, seed])
    count = int(rng.integers(_SHORTEST_DAYS, _LONGEST_DAYS))
    days = np.datetime64(_LAST, "D") - np.arange(count)[::-1]
    country = COUNTRIES[seed % len(COUNTRIES)]
    holiday = _holidays(rng, days, country)
    usual = _level(rng, count) * _week(rng, days) * _year(rng, days) * holiday
    process = Process(usual, _luck(rng, count), *_shape(rng, days))
    hourly = rng.poisson(process.hours).astype(np.float64)
    return MadeUpDesk(country, DailySeries(days[0].astype(object), hourly.sum(axis=1)), hourly, process)


def _level(rng: np.random.Generator, count: int) -> FloatArray:
    """Return a level that grows, wanders and sometimes jumps."""
    years = np.arange(count) / MEAN_YEAR_DAYS
    growth = np.log1p(rng.uniform(-0.15, 0.9)) * years
    wander = np.cumsum(rng.normal(0, rng.uniform(0.002, 0.015), count))
    jumps = np.zeros(count)
    for place in rng.integers(0, count, rng.poisson(1.0)):
        jumps[place:] += rng.normal(0, 0.25)
    return np.asarray(np.exp(np.log(rng.uniform(4, 250)) + growth + wander + jumps), dtype=np.float64)


def _week(rng: np.random.Generator, days: np.ndarray[tuple[int, ...], np.dtype[np.datetime64]]) -> FloatArray:
    profile = np.exp(rng.normal(0, 0.1, WEEK_DAYS))
    profile[_SATURDAY:] *= rng.choice([rng.uniform(0.03, 0.2), rng.uniform(0.3, 0.8), rng.uniform(0.9, 1.3)])
    return np.asarray(profile[weekdays_of(days)], dtype=np.float64)


def _year(rng: np.random.Generator, days: np.ndarray[tuple[int, ...], np.dtype[np.datetime64]]) -> FloatArray:
    angle = 2 * np.pi * days.astype("datetime64[D]").astype(np.float64) / MEAN_YEAR_DAYS
    size = rng.uniform(0.0, 0.18)
    waves = sum(rng.normal(0, size / wave) * np.sin(wave * angle + rng.uniform(0, 6.28)) for wave in (1, 2, 3, 5))
    return np.asarray(np.exp(waves), dtype=np.float64)


def _holidays(
    rng: np.random.Generator, days: np.ndarray[tuple[int, ...], np.dtype[np.datetime64]], country: str | None
) -> FloatArray:
    """Return each day's factor: some desks close, some hardly notice; the next working day catches up a little."""
    usual, after = rng.choice([0.08, 0.35, 0.6, 0.85]), rng.uniform(0.0, 0.25)
    factor = np.ones(len(days))
    years = (int(str(days[0])[:4]), int(str(days[-1])[:4]))
    for named in country_calendar(country, *years).days_by_name.values():
        own = float(np.clip(usual * np.exp(rng.normal(0, 0.35)), 0.03, 1.15))
        factor[np.isin(days, named)] = own
        factor[np.isin(days, named + 1) & (factor == 1.0)] *= 1 + after
    return factor


def _luck(rng: np.random.Generator, count: int) -> Luck:
    """Return luck that neighbouring days share, and here and there a day of bulk entry."""
    kept, size = rng.uniform(0.1, 0.6), rng.uniform(0.05, 0.25)
    noise = np.empty(count)
    noise[0] = rng.normal()
    for place in range(1, count):
        noise[place] = kept * noise[place - 1] + np.sqrt(1 - kept**2) * rng.normal()
    bulk = np.where(rng.random(count) < rng.choice([0.0, 0.005]), rng.uniform(1.5, 4.0, count), 1.0)
    return Luck(kept, size, noise, bulk)


def _shape(
    rng: np.random.Generator, days: np.ndarray[tuple[int, ...], np.dtype[np.datetime64]]
) -> tuple[HourShape, FloatArray, FloatArray]:
    """Return a working day with a dip at noon, by how much each weekday is late, and by how much each day is."""
    peak, width = rng.uniform(10, 15), rng.uniform(2.5, 5.5)
    luck = rng.normal(0, LATE_HOURS, len(days))
    late = np.where(weekdays_of(days) >= _SATURDAY, rng.uniform(0, 2), 0.0)
    return HourShape(peak, width, rng.uniform(0.01, 0.1), rng.uniform(0.6, 1.0)), late, late + luck

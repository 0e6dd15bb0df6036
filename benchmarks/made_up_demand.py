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


@dataclass(frozen=True, slots=True, eq=False)
class MadeUpDesk:
    """A desk's demand.

    Attributes:
        country: Whose holidays it keeps; None for none.
        series: Tickets of each day.
        hours: Tickets of each hour, shape (days, 24).
    """

    country: str | None
    series: DailySeries
    hours: FloatArray


def made_up_desk(seed: int) -> MadeUpDesk:
    """Make a desk; the same seed makes the same one."""
    rng = np.random.default_rng([20_251_130, seed])
    count = int(rng.integers(_SHORTEST_DAYS, _LONGEST_DAYS))
    days = np.datetime64(_LAST, "D") - np.arange(count)[::-1]
    country = COUNTRIES[seed % len(COUNTRIES)]
    holiday = _holidays(rng, days, country)
    daily = _level(rng, count) * _week(rng, days) * _year(rng, days) * holiday * _luck(rng, count)
    hourly = rng.poisson(daily[:, None] * _shares(rng, days)).astype(np.float64)
    return MadeUpDesk(country, DailySeries(days[0].astype(object), hourly.sum(axis=1)), hourly)


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


def _luck(rng: np.random.Generator, count: int) -> FloatArray:
    """Return factors of mean about 1 that neighbours share, and here and there a day of bulk entry."""
    kept, size = rng.uniform(0.1, 0.6), rng.uniform(0.05, 0.25)
    noise = np.empty(count)
    noise[0] = rng.normal()
    for place in range(1, count):
        noise[place] = kept * noise[place - 1] + np.sqrt(1 - kept**2) * rng.normal()
    bulk = np.where(rng.random(count) < rng.choice([0.0, 0.005]), rng.uniform(1.5, 4.0, count), 1.0)
    return np.asarray(np.exp(size * noise - size**2 / 2) * bulk, dtype=np.float64)


def _shares(rng: np.random.Generator, days: np.ndarray[tuple[int, ...], np.dtype[np.datetime64]]) -> FloatArray:
    """Return the share of each hour: a working day with a dip at noon, a later weekend, and days that start late."""
    hour = np.arange(DAY_HOURS)
    peak, width = rng.uniform(10, 15), rng.uniform(2.5, 5.5)
    late = rng.normal(0, 0.4, len(days)) + np.where(weekdays_of(days) >= _SATURDAY, rng.uniform(0, 2), 0.0)
    bell = np.exp(-0.5 * ((hour[None, :] - peak - late[:, None]) / width) ** 2) + rng.uniform(0.01, 0.1)
    bell[:, 12] *= rng.uniform(0.6, 1.0)
    return np.asarray(bell / bell.sum(axis=1, keepdims=True), dtype=np.float64)

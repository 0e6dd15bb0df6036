"""The forecast by the hour, and what a day's own tickets do for the rest of it, on made-up desks.

By the hour: the error of the forecast of 28 days by hour ÷ that of repeating last week's hours. The afternoon: on some
of a desk's last days, the error of the forecast of the hours from 12 (and from 15) until midnight, made with the day's
own tickets, ÷ that of the forecast made in the morning; and the same for the sum of the day. Beside it stands the least
error that anybody could have, from `forecast_oracle`.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import numpy as np

from analytics.forecast_quantiles import COLUMNS, FloatArray
from analytics.forecasting.backtest import Plan, Stored, regular_cutoffs, run_backtest
from analytics.forecasting.calendar import EventCalendar, country_calendar
from analytics.forecasting.forecast import forecast_series
from analytics.forecasting.history import weekdays_of
from analytics.forecasting.hours import hour_shares, shares_of_days
from analytics.forecasting.members import COMBINATION
from analytics.forecasting.past import replay
from analytics.forecasting.today import Morning, day_shape, rest_of_day
from analytics.time_units import DAY_HOURS, WEEK_DAYS
from benchmarks.forecast_oracle import seer, statistician
from benchmarks.made_up_demand import MadeUpDesk, made_up_desk

HORIZON: Final = 28
_HALF_YEAR: Final = 182
_SHAPE_DAYS: Final = 56
_CUTOFFS: Final = 4
_BETWEEN: Final = 5
"""Days between the days tried, so that all weekdays come."""
NOW: Final = (12, 15)
"""Hours of the day at which the rest is forecast anew."""


@dataclass(frozen=True, slots=True, eq=False)
class HourErrors:
    """Mean absolute errors of one desk, in tickets.

    Attributes:
        hourly: Of the forecast by hour.
        hourly_naive: Of repeating last week's hours.
        by_now: For each hour of `NOW`, shape (hours, 5): the morning's error of the hours left, the morning's error of
            the whole day, the error of both once the day's own tickets are known (what came is then certain), and that
            error for the statistician and the seer of `forecast_oracle`.
        held: For each hour of `NOW`, the share of days whose hours left came within their 80 % interval.
    """

    hourly: float
    hourly_naive: float
    by_now: FloatArray
    held: FloatArray


def hour_errors(seed: int, cutoff_count: int, day_count: int) -> HourErrors:
    """Measure one desk over its latest cutoffs and days; each forecast knows only the days before it."""
    desk = made_up_desk(seed)
    cutoffs = regular_cutoffs(desk.series, HORIZON, cutoff_count + _CUTOFFS)
    calendar = country_calendar(desk.country, desk.series.first_date.year, desk.series.last_date.year + 1)
    past = replay(run_backtest(desk.series, calendar, cutoffs, Plan(HORIZON)), (COMBINATION,))
    said = list(zip(past.origins, past.forecasts[COMBINATION], strict=True))[-cutoff_count:]
    hourly = [_hourly(desk, (origin.cutoff - desk.series.first_date).days + 1, daily) for origin, daily in said]
    stored = {origin.cutoff: origin.members for origin in past.origins}
    places = [len(desk.hours) - 1 - _BETWEEN * number for number in range(day_count)]
    days = np.array([_day(desk, place, calendar, stored) for place in places])
    ours, naive = np.mean(hourly, axis=0)
    return HourErrors(float(ours), float(naive), np.abs(days[..., :-1]).mean(axis=0), days[..., -1].mean(axis=0))


def _hourly(desk: MadeUpDesk, place: int, daily: FloatArray) -> tuple[float, float]:
    """Return the errors of the forecast by hour of the days from a place on, and of last week's hours repeated."""
    means = daily[:, None] * _shares(desk, place, HORIZON)
    came = desk.hours[place : place + HORIZON]
    last_week = np.resize(desk.hours[place - WEEK_DAYS : place], came.shape)
    return float(np.abs(means - came).mean()), float(np.abs(last_week - came).mean())


def _shares(desk: MadeUpDesk, place: int, days: int) -> FloatArray:
    """Return the usual share of each hour of some days, as known before the first of them."""
    known = desk.hours[max(0, place - _HALF_YEAR) : place]
    weekdays = weekdays_of(desk.series.days[place - len(known) : place])
    by_weekday = np.array([known[weekdays == weekday].sum(axis=0) for weekday in range(WEEK_DAYS)])
    return shares_of_days(hour_shares(by_weekday), weekdays_of(desk.series.days[place] + np.arange(days)))


def _day(desk: MadeUpDesk, place: int, calendar: EventCalendar, stored: Stored) -> FloatArray:
    """Return how far off each is, and whether the hours left came within their interval; shape (hours of `NOW`, 6)."""
    known = desk.series.until(desk.series.first_date + timedelta(days=place - 1))
    made = forecast_series(known, calendar, 1, cutoff_count=_CUTOFFS, stored=stored)
    ahead, shares, came = made.models[COMBINATION], _shares(desk, place, 1)[0], desk.hours[place]
    morning = Morning(float(ahead.expected[0]), ahead.quantiles[0], shares)
    usual = np.resize(_shares(desk, place, WEEK_DAYS), (_SHAPE_DAYS, DAY_HOURS))
    shape = day_shape(desk.hours[place - _SHAPE_DAYS : place], usual)
    found = []
    for hour in NOW:
        anew, left = rest_of_day(morning, came[:hour], shape), float(came[hour:].sum())
        said = (morning.expected - anew.expected_so_far, morning.expected - came[:hour].sum(), anew.left)
        best = (statistician(desk, place, hour), seer(desk, place, hour))
        low, high = anew.quantiles_left[[COLUMNS.index("q10"), COLUMNS.index("q90")]]
        found.append([*(each - left for each in (*said, *best)), low <= left <= high])
    return np.array(found, dtype=np.float64)

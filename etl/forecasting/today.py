"""The work of `reforecast_today`: the hours left of today, from what has come so far."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
import sqlalchemy as sa

from analytics.forecast_quantiles import COLUMNS, FloatArray
from analytics.forecasting.today import DayShape, Morning, RestOfDay, counted_hours, day_shape, rest_of_day
from analytics.time_units import DAY_HOURS, WEEK_DAYS
from analytics.vocabulary import NOT_SET, TOTAL_SERIES
from etl.running.data_version import tell_new_results
from etl.running.job import JobContext, JobResult
from warehouse import metric_query
from warehouse.metric_query import MetricQuery
from warehouse.tables.forecasts import demand_forecast_hours, demand_series, demand_today, demand_today_hours

_DIMENSIONS: Final = ("channel", "category")
_SHAPE_DAYS: Final = 56


@dataclass(frozen=True, slots=True, eq=False)
class _Clock:
    """The day, and how many of its hours are over and in the marts."""

    today: date
    passed: int


def reforecast_today(context: JobContext) -> JobResult:
    """Forecast the hours left of today in total, by channel and by category; forget those of another day."""
    with context.engine.begin() as connection:
        clock = _clock(connection, context)
        mornings = _mornings(connection, clock.today)
        made = _made(connection, clock, mornings) if mornings and clock.passed else {}
        had = connection.execute(sa.select(sa.func.count()).select_from(demand_today)).scalar_one()
        rows = _save(connection, clock.today, context.now, mornings, made)
        if rows or had:
            tell_new_results(connection)
    return JobResult(rows, {"series": len(made), "passed_hours": clock.passed if made else 0})


def _clock(connection: sa.Connection, context: JobContext) -> _Clock:
    """Return the present day and its hours that are over, as far as the marts know them."""
    zone = ZoneInfo(context.time_zone)
    now, refreshed = context.now.astimezone(zone), metric_query.data_version(connection).refreshed_at
    known = now if refreshed is None else min(now, refreshed.astimezone(zone))
    return _Clock(now.date(), known.hour if known.date() == now.date() else 0)


def _mornings(connection: sa.Connection, today: date) -> dict[str, Morning]:
    """Return what was forecast for today before it began; nothing where the newest forecast is older."""
    series, hours = demand_series.c, demand_forecast_hours.c
    asked = (
        sa.select(hours.series_key, hours.hour, hours.expected)
        .join(demand_series, series.series_key == hours.series_key)
        .where(series.cutoff_date == today - timedelta(days=1), series.dimension.in_(["", *_DIMENSIONS]))
        .where(hours.ds == today)
    )
    by_hour: dict[str, FloatArray] = {}
    for row in connection.execute(asked):
        by_hour.setdefault(row.series_key, np.zeros(DAY_HOURS))[row.hour] = row.expected
    days = sa.text(f"select series_key, {', '.join(COLUMNS)} from marts.demand_forecast_days where ds = :today")
    bounds = {row.series_key: np.array(row[1:], dtype=np.float64) for row in connection.execute(days, {"today": today})}
    return {
        key: Morning(float(each.sum()), bounds[key], each / each.sum())
        for key, each in by_hour.items()
        if key in bounds and each.sum() > 0
    }


def _made(connection: sa.Connection, clock: _Clock, mornings: Mapping[str, Morning]) -> dict[str, RestOfDay]:
    """Return the rest of the day of each series; nothing where the total is not counted hour by hour."""
    total = mornings.get(TOTAL_SERIES)
    if total is None:
        return {}
    came = _came(connection, clock.today)
    whole = came.get(TOTAL_SERIES, np.zeros(DAY_HOURS))[: clock.passed]
    passed = counted_hours(whole, total.expected * total.shares[: clock.passed])
    if not 0 < passed < DAY_HOURS:
        return {}
    shape = _day_shape(connection, clock.today)
    return {
        key: rest_of_day(morning, came.get(key, np.zeros(DAY_HOURS))[:passed], shape)
        for key, morning in mornings.items()
    }


def _came(connection: sa.Connection, today: date) -> dict[str, FloatArray]:
    """Return today's tickets by series and hour."""
    span = (today, today + timedelta(days=1))
    found: dict[str, FloatArray] = {}
    for row in metric_query.run(connection, MetricQuery("created", *span, ("hour",))).rows:
        _add(found, TOTAL_SERIES, row.keys[0], row.n)
    for dimension in _DIMENSIONS:
        for row in metric_query.run(connection, MetricQuery("created", *span, (dimension, "hour"))).rows:
            value = NOT_SET if row.keys[0] is None else row.keys[0]
            _add(found, f"{dimension}={value}", row.keys[1], row.n)
    return found


def _add(found: dict[str, FloatArray], key: str, hour: object, count: int) -> None:
    if isinstance(hour, int):
        found.setdefault(key, np.zeros(DAY_HOURS))[hour] += count


def _day_shape(connection: sa.Connection, today: date) -> DayShape:
    """Return how the hours of a day differ from day to day, on the same weekdays."""
    first = today - timedelta(days=_SHAPE_DAYS)
    counts = np.zeros((_SHAPE_DAYS, DAY_HOURS))
    for row in metric_query.run(connection, MetricQuery("created", first, today, ("day", "hour"))).rows:
        day, hour = row.keys
        if isinstance(day, date) and isinstance(hour, int):
            counts[(day - first).days, hour] = row.n
    by_weekday = counts.reshape(-1, WEEK_DAYS, DAY_HOURS).sum(axis=0)
    usual = by_weekday / np.maximum(by_weekday.sum(axis=1, keepdims=True), 1.0)
    return day_shape(counts, np.tile(usual, (_SHAPE_DAYS // WEEK_DAYS, 1)))


def _save(
    connection: sa.Connection,
    today: date,
    now: datetime,
    mornings: Mapping[str, Morning],
    made: Mapping[str, RestOfDay],
) -> int:
    """Replace what is stored; return the number of rows written."""
    for table in (demand_today, demand_today_hours):
        connection.execute(sa.delete(table))
    if not made:
        return 0
    sums: list[dict[str, Any]] = [
        {
            "series_key": key,
            "ds": today,
            "made_at": now,
            "passed_hours": rest.passed,
            "so_far": rest.so_far,
            "expected_so_far": rest.expected_so_far,
            "expected_left": mornings[key].expected - rest.expected_so_far,
            "expected": rest.left,
            **_named(rest.quantiles_left),
        }
        for key, rest in made.items()
    ]
    hours: list[dict[str, Any]] = [
        {"series_key": key, "hour": rest.passed + place, "expected": float(mean), **_named(rest.quantiles[place])}
        for key, rest in made.items()
        for place, mean in enumerate(rest.hours)
    ]
    connection.execute(sa.insert(demand_today), sums)
    connection.execute(sa.insert(demand_today_hours), hours)
    return len(sums) + len(hours)


def _named(values: FloatArray) -> dict[str, float]:
    return dict(zip(COLUMNS, values.tolist(), strict=True))

"""Reads the tickets created each day, in total and by dimension, and the desk's own events."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import sqlalchemy as sa

from analytics.forecast_quantiles import FloatArray
from analytics.forecasting.calendar import DeskEvent
from analytics.forecasting.series import DailySeries
from analytics.time_units import DAY_HOURS, WEEK_DAYS
from analytics.vocabulary import NOT_SET, TOTAL_SERIES
from warehouse import metric_query
from warehouse.metric_query import Key, MetricQuery
from warehouse.tables.forecasts import desk_events

PARTS: Final = ("category", "channel", "customer_type")
_MOST_PARTS: Final = 50
_HOUR_DAYS: Final = 182


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """The daily tickets of the whole desk, or of one value of a dimension.

    Attributes:
        key: `total`, or `dimension=value` with ~ for 'not set'.
        dimension: Empty for the total.
        value: None for the total and for 'not set'.
        series: Tickets created each day, up to yesterday at the latest.
        hours: Tickets by weekday and hour over the latest half year, shape (7, 24); all 0 if only dates are known.
    """

    key: str
    dimension: str
    value: str | None
    series: DailySeries
    hours: FloatArray


def read_demand(connection: sa.Connection, today: date) -> tuple[Demand, ...]:
    """Return the total, then its parts, the largest first within each dimension; empty when there is no ticket.

    Args:
        connection: In a role that reads the marts.
        today: The present day; it is left out, because it is not over.
    """
    version = metric_query.data_version(connection)
    if version.first_date is None or version.last_created_date is None:
        return ()
    end = min(version.last_created_date + timedelta(days=1), today)
    if end <= version.first_date:
        return ()
    days = (version.first_date, end)
    found = [Demand(TOTAL_SERIES, "", None, *_only(connection, days))]
    for dimension in PARTS:
        found += _parts(connection, dimension, days)
    return tuple(found[: 1 + _MOST_PARTS])


def _only(connection: sa.Connection, days: tuple[date, date]) -> tuple[DailySeries, FloatArray]:
    counts = {row.keys[0]: row.n for row in metric_query.run(connection, MetricQuery("created", *days, ("day",))).rows}
    return _series(counts, days), _hours(
        {row.keys[0]: row.n for row in _ask_hours(connection, days, ("hour_of_week",))}
    )


def _parts(connection: sa.Connection, dimension: str, days: tuple[date, date]) -> list[Demand]:
    by_value: dict[Key, dict[Key, int]] = {}
    for row in metric_query.run(connection, MetricQuery("created", *days, (dimension, "day"))).rows:
        by_value.setdefault(row.keys[0], {})[row.keys[1]] = row.n
    by_hour: dict[Key, dict[Key, int]] = {}
    for row in _ask_hours(connection, days, (dimension, "hour_of_week")):
        by_hour.setdefault(row.keys[0], {})[row.keys[1]] = row.n
    ordered = sorted(by_value, key=lambda value: (-sum(by_value[value].values()), str(value)))
    return [
        Demand(
            f"{dimension}={NOT_SET if value is None else value}",
            dimension,
            None if value is None else str(value),
            _series(by_value[value], days),
            _hours(by_hour.get(value, {})),
        )
        for value in ordered
    ]


def _ask_hours(
    connection: sa.Connection, days: tuple[date, date], by: tuple[str, ...]
) -> tuple[metric_query.MetricRow, ...]:
    first = max(days[0], days[1] - timedelta(days=_HOUR_DAYS))
    return metric_query.run(connection, MetricQuery("created", first, days[1], by)).rows


def _series(counts: Mapping[Key, int], days: tuple[date, date]) -> DailySeries:
    length = (days[1] - days[0]).days
    values = [counts.get(days[0] + timedelta(days=place), 0) for place in range(length)]
    return DailySeries(days[0], np.array(values, dtype=np.float64))


def _hours(counts: Mapping[Key, int]) -> FloatArray:
    values = np.zeros(WEEK_DAYS * DAY_HOURS)
    for key, count in counts.items():
        if isinstance(key, int):
            values[key] = count
    return values.reshape(WEEK_DAYS, DAY_HOURS)


def read_events(connection: sa.Connection) -> tuple[DeskEvent, ...]:
    """Return the desk's own events, oldest first."""
    columns = desk_events.c
    asked = sa.select(columns.name, columns.first_date, columns.last_date, columns.expected_change)
    return tuple(
        DeskEvent(row.name, row.first_date, row.last_date, row.expected_change)
        for row in connection.execute(asked.order_by(columns.first_date, columns.id))
    )

"""Finds the bulk days of every series, before anything is fitted to it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import sqlalchemy as sa

from analytics.anomalies import Anomaly
from analytics.bulk_days import BulkDay, bulk_days, is_bulk, without_bulk
from analytics.calendar_design import Days, Flags
from analytics.quasi_poisson import Floats
from etl.insights.tickets import DailyTickets
from etl.insights.volume import ALL, series_of
from etl.running.sql import read_sql

_TOLD_DAYS: Final = 731
"""Bulk days longer ago are left out of seasons, and not told."""


@dataclass(frozen=True, slots=True)
class BulkDayOf:
    """A bulk day of one category, or of all tickets."""

    series: str
    day: BulkDay


def without_bulk_days(daily: DailyTickets) -> tuple[dict[str, Floats], tuple[BulkDayOf, ...]]:
    """Return the series with what is usual in the place of bulk days, and these days, each told once.

    What a category had too much is taken from the total too. A day that stands out among all tickets is told of all
    tickets, and not again of each category.
    """
    series = series_of(daily)
    total = series.pop(ALL)
    found = {name: bulk_days(counts) for name, counts in series.items()}
    cleaned = {name: without_bulk(counts, found[name]) for name, counts in series.items()}
    rest = total - np.sum([series[name] - cleaned[name] for name in series], axis=0) if series else total
    left = bulk_days(rest)
    of_all = {day.place: day for day in (*left, *bulk_days(total))}
    told = [BulkDayOf(ALL, day) for day in of_all.values()]
    told += [BulkDayOf(name, day) for name, days in found.items() for day in days if day.place not in of_all]
    return {ALL: without_bulk(rest, left), **cleaned}, tuple(told)


def flags_of(told: Collection[BulkDayOf], series: Mapping[str, Floats]) -> dict[str, Flags]:
    """Return, for each series, the days that are bulk days of it or of all tickets."""
    return {
        name: is_bulk(counts.size, tuple(each.day for each in told if each.series in {ALL, name}))
        for name, counts in series.items()
    }


def bulk_anomalies(told: Collection[BulkDayOf], days: Days, series_count: int) -> list[Anomaly]:
    """Return the bulk days of the last two years as odd days, expected to be as usual."""
    return [
        Anomaly(
            each.series,
            *(date.fromisoformat(str(days[each.day.place])),) * 2,
            each.day.observed,
            each.day.usual,
            each.day.low,
            each.day.high,
            each.day.p_value,
            min(1.0, each.day.p_value * series_count),
        )
        for each in told
        if days.size - each.day.place <= _TOLD_DAYS
    ]


def same_minute(connection: sa.Connection, found: Anomaly) -> int | None:
    """Return how many tickets of a bulk day were made in one minute, at most; None where times are not known."""
    asked = {"first_date": found.first, "series": found.series}
    count: int | None = connection.execute(sa.text(read_sql("insights/sql/minutes_of_day.sql")), asked).scalar_one()
    return count

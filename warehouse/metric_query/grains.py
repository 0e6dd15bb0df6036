"""The grains of time that a query may split by: their SQL, their first and last days, and what they are called."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from warehouse.rollups.declaration import HOUR

TIME_GRAINS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "day": "{day}",
        "week": "date_trunc('week', {day}::timestamp)::date",
        "month": "date_trunc('month', {day}::timestamp)::date",
        "quarter": "date_trunc('quarter', {day}::timestamp)::date",
        "year": "date_trunc('year', {day}::timestamp)::date",
        "weekday": "({day} - date '0001-01-01') % 7",
        HOUR: "{hour}",
        "hour_of_week": "({day} - date '0001-01-01') % 7 * 24 + {hour}",
    }
)
"""Time grain -> SQL over the columns of the day and the hour. The first day of year 1 was a Monday."""

HOURLY: Final = frozenset({HOUR, "hour_of_week"})
CALENDAR_GRAINS: Final = ("day", "week", "month", "quarter", "year")
GRAIN_MONTHS: Final[Mapping[str, int]] = MappingProxyType({"month": 1, "quarter": 3, "year": 12})
"""Calendar grain -> its length in months."""
GRAIN_LABELS: Final[Mapping[str, Callable[[date], str]]] = MappingProxyType(
    {
        "month": lambda day: f"{day:%Y-%m}",
        "quarter": lambda day: f"{day.year}-Q{(day.month + 2) // 3}",
        "year": lambda day: str(day.year),
    }
)


def cell_start(day: date, grain: str) -> date:
    """Return the first day of the day, week, month, quarter or year that a day is in."""
    if grain in GRAIN_MONTHS:
        return day.replace(month=day.month - (day.month - 1) % GRAIN_MONTHS[grain], day=1)
    return day - timedelta(days=day.weekday()) if grain == "week" else day


def cell_end(day: date, grain: str) -> date:
    """Return the first day after the day, week, month, quarter or year that a day is in."""
    first = cell_start(day, grain)
    if grain in GRAIN_MONTHS:
        return (first + timedelta(days=31 * GRAIN_MONTHS[grain])).replace(day=1)
    return first + timedelta(days=7 if grain == "week" else 1)

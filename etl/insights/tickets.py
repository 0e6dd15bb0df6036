"""Reads the tickets of a period as columns, and the number of tickets each day."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import pandas as pd
import sqlalchemy as sa

from analytics.calendar_design import Days, days_from, weekday_of
from analytics.case_mix import Codes
from analytics.insights.finding import DurationClock
from analytics.quasi_poisson import Floats
from analytics.time_units import DAY_MINUTES
from analytics.vocabulary import UNKNOWN_HOUR
from etl.running.sql import read_sql
from warehouse.tables.ops import data_version

YEAR: Final = 365
MOSTLY: Final = 0.9
"""Business hours are spoken of where so large a share of the tickets has them."""
_FLAGS: Final = ("is_escalated", "is_date_only")


@dataclass(frozen=True, slots=True)
class DailyTickets:
    """Tickets created on each day.

    Attributes:
        days: Consecutive days, the last one complete.
        by_category: Category ("" means not set) -> tickets created on each day.
    """

    days: Days
    by_category: Mapping[str, Floats]

    @property
    def total(self) -> Floats:
        """Tickets created on each day, in all categories."""
        total: Floats = np.sum(list(self.by_category.values()), axis=0)
        return total


def last_complete_day(connection: sa.Connection, today: date) -> date | None:
    """Return the last day before today that has tickets; None if there is none.

    Args:
        connection: In any role that reads the marts.
        today: The present day in the reporting time zone.
    """
    query = sa.text("select max(start_date) from marts.agg_counts_total_day where created <> 0 and start_date < :today")
    found: date | None = connection.execute(query, {"today": today}).scalar_one()
    return found


def read_tickets(connection: sa.Connection, start: date, end: date) -> pd.DataFrame:
    """Return the tickets created in a period, one row each. Uses COPY, which reads a million tickets in seconds.

    Args:
        connection: In any role that reads the marts.
        start: First day of the period.
        end: First day after the period.
    """
    sql = read_sql("insights/sql/tickets.sql").replace(":from_date", f"'{start}'").replace(":until_date", f"'{end}'")
    text = io.StringIO()
    raw = connection.connection.cursor()
    raw.copy_expert(f"copy ({sql}) to stdout (format csv, header)", text)
    text.seek(0)
    table = pd.read_csv(text, dtype=dict.fromkeys(_FLAGS, "str"))
    dates = {name: pd.to_datetime(table[name]) for name in table.columns if name.endswith("_date")}
    return table.assign(**dates, **{name: table[name] == "t" for name in _FLAGS})


def durations(table: pd.DataFrame, name: str) -> tuple["pd.Series[float]", DurationClock]:
    """Return each ticket's duration in minutes, and the clock that most of them are known by.

    Business hours count where nearly all tickets have them. Whole days count where dates without a time of day are
    more than those with one.

    Args:
        table: As `read_tickets` returns it.
        name: "resolution" or "first_reply".
    """
    calendar, business, days = (table[f"{name}_{unit}"] for unit in ("seconds", "business_seconds", "days"))
    if int(days.notna().sum()) > int(calendar.notna().sum()):
        return days * float(DAY_MINUTES), DurationClock.DAYS
    has_hours = len(table) > 0 and business.notna().mean() >= MOSTLY * max(calendar.notna().mean(), 1e-9)
    return (business if has_hours else calendar) / 60, DurationClock.BUSINESS if has_hours else DurationClock.CALENDAR


def daily_tickets(connection: sa.Connection, last: date) -> DailyTickets | None:
    """Return the tickets of each day by category, up to a last day; None if there are no tickets."""
    rows = [
        row for row in connection.execute(sa.text(read_sql("insights/sql/daily_counts.sql"))) if row.start_date <= last
    ]
    if not rows:
        return None
    first = min(row.start_date for row in rows)
    length = (last - first).days + 1
    by_category: dict[str, Floats] = {}
    for row in rows:
        counts = by_category.setdefault(row.category, np.zeros(length))
        counts[(row.start_date - first).days] += row.ticket_count
    return DailyTickets(days_from(first, length), dict(sorted(by_category.items())))


def closed_days(connection: sa.Connection) -> frozenset[date]:
    """Return the public holidays and other days on which the desk is closed as an exception."""
    return frozenset(connection.execute(sa.text(read_sql("insights/sql/closed_days.sql"))).scalars())


def labels(connection: sa.Connection, dimension: str) -> dict[int, str]:
    """Return the values of a dimension by their ids; id 0 (not set) has the value ""."""
    query = sa.text("select id, coalesce(value, '') as named from marts.dimension_values where dimension = :dimension")
    return {row.id: row.named for row in connection.execute(query, {"dimension": dimension})}


def time_zone(connection: sa.Connection) -> str:
    """Return the zone whose days the marts hold."""
    return str(connection.execute(sa.select(data_version.c.time_zone)).scalar_one())


def hour_of_week(table: pd.DataFrame) -> Codes:
    """Return the hour of the week in which each ticket was created: 0 is Monday 00:00, 168 means not known."""
    weekday = weekday_of(table["created_date"].to_numpy(dtype="datetime64[D]"))
    hour = table["created_hour"].to_numpy(dtype=np.int64)
    hours: Codes = np.where(hour == UNKNOWN_HOUR, 168, weekday * 24 + hour)
    return hours


def last_year(last: date) -> tuple[date, date]:
    """Return the year that ends with a day: its first day, and the first day after."""
    return last + timedelta(days=1 - YEAR), last + timedelta(days=1)

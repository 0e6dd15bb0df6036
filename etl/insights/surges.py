"""Looks for surges under way, in all tickets, categories, channels and customer types."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import sqlalchemy as sa

from analytics.bulk_days import bulk_days, without_bulk
from analytics.calendar_design import Days, Flags
from analytics.quasi_poisson import Floats
from analytics.surges import Kind, Surge, find_surges
from analytics.vocabulary import SIGNIFICANCE
from etl.insights.tickets import DailyTickets
from etl.insights.volume import ALL
from etl.running.sql import read_sql

_LEAST: Final = 100
"""Tickets that a channel or a customer type has to have brought at all."""


def surge_rows(
    connection: sa.Connection,
    daily: DailyTickets,
    series: Mapping[str, Floats],
    closed: Collection[date],
    lifts: Collection[Mapping[str, Any]],
) -> list[dict[str, Any]]:
    """Return the rows of `marts.volume_surges`.

    Args:
        connection: In any role that reads the marts.
        daily: Tickets of each day.
        series: Category, or "" for all tickets -> tickets of each day, without bulk days.
        closed: Public holidays and days on which the desk is closed.
        lifts: The rows of `marts.seasonal_lifts`.
    """
    kinds = _kinds(connection, daily.days)
    counts = {_kind(name): each for name, each in series.items()}
    counts |= {kind: without_bulk(each, bulk_days(each)) for kind, each in kinds.items()}
    came = {_kind(name): daily.total if name == ALL else daily.by_category[name] for name in series} | kinds
    found = find_surges(daily.days, counts, closed, _seasons(daily.days, lifts))
    return [_row(surge, daily.days, came[surge.kind]) for surge in found]


def _kind(category: str) -> Kind:
    return Kind("", "") if category == ALL else Kind("category", category)


def _kinds(connection: sa.Connection, days: Days) -> dict[Kind, Floats]:
    """Return the tickets of each day of the channels and customer types with enough of them."""
    found: dict[Kind, Floats] = {}
    first = days[0].item()
    for row in connection.execute(sa.text(read_sql("insights/sql/daily_kinds.sql"))):
        place = (row.start_date - first).days
        if 0 <= place < days.size:
            counts = found.setdefault(Kind(row.dimension, row.named_value), np.zeros(days.size))
            counts[place] += row.ticket_count
    known = {kind: counts for kind, counts in sorted(found.items()) if counts.sum() >= _LEAST}
    # A dimension with one value is the same series as all tickets.
    several = [kind.dimension for kind in known]
    return {kind: counts for kind, counts in known.items() if several.count(kind.dimension) > 1}


def _seasons(days: Days, lifts: Collection[Mapping[str, Any]]) -> dict[Kind, Flags]:
    """Return the days within times of the year that clearly bring more."""
    found: dict[Kind, Flags] = {}
    for lift in lifts:
        if lift["p_value"] > SIGNIFICANCE or lift["ratio"] <= 1:
            continue
        inside = found.setdefault(_kind(lift["category"]), np.zeros(days.size, dtype=np.bool_))
        for first, last in lift["spans"]:
            inside |= (days >= np.datetime64(first)) & (days <= np.datetime64(last))
    return found


def _row(surge: Surge, days: Days, came: Floats) -> dict[str, Any]:
    """Return a row; it counts every ticket that came, those of a bulk day too, so that its link has as many."""
    within = (days >= np.datetime64(surge.first)) & (days < np.datetime64(surge.last + timedelta(days=1)))
    return {
        "dimension": surge.kind.dimension,
        "value": surge.kind.value,
        "start_date": surge.first,
        "last_date": surge.last,
        "ticket_count": round(float(came[within].sum())),
        "expected": surge.expected,
        "low": surge.low,
        "high": surge.high,
        "usual": surge.usual,
        "is_seasonal": surge.is_seasonal,
        "p_value": surge.p_value,
        "q_value": surge.q_value,
    }

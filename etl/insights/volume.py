"""Turns odd days and seasons into rows of the marts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import sqlalchemy as sa

from analytics.anomalies import Anomaly
from analytics.quasi_poisson import Floats
from analytics.seasonality import Season, find_seasons
from analytics.what_changed import Change, changed_shares, changed_words
from etl.insights.tickets import DailyTickets
from etl.running.sql import read_sql

ALL: Final = ""
"""Used in place of a category for all tickets together."""
_LEAST_PER_YEAR: Final = 100
_USUAL_DAYS: Final = 56
_MOST_CHANGES: Final = 5
_MOST_WORDS: Final = 3


@dataclass(frozen=True, slots=True)
class CategorySeason:
    """A season of one category, or of all tickets."""

    category: str
    season: Season


def series_of(daily: DailyTickets) -> dict[str, Floats]:
    """Return the series to look at: all tickets, and each category with enough of them."""
    years = daily.days.size / 365.25
    named = {
        name: counts
        for name, counts in daily.by_category.items()
        if name != ALL and counts.sum() >= min(_LEAST_PER_YEAR * years, _LEAST_PER_YEAR)
    }
    # A single category is the same series as all tickets, so everything would be found twice.
    return {ALL: daily.total} if len(named) <= 1 else {ALL: daily.total, **named}


def seasons(daily: DailyTickets, closed: Collection[date]) -> tuple[CategorySeason, ...]:
    """Return the seasons of every series."""
    return tuple(
        CategorySeason(name, season)
        for name, counts in series_of(daily).items()
        for season in find_seasons(daily.days, counts, closed)
    )


def season_row(found: CategorySeason) -> dict[str, Any]:
    """Return a row of `marts.seasonal_lifts`."""
    window, lift = found.season.window, found.season.lift
    return {
        "category": found.category,
        "start_half": window.start,
        "half_count": window.length,
        "ratio": lift.ratio,
        "ratio_low": lift.low,
        "ratio_high": lift.high,
        "p_value": lift.p_value,
        "ticket_count": lift.tickets,
        "year_count": len(lift.yearly),
    }


def anomaly_row(found: Anomaly, changes: Collection[Change]) -> dict[str, Any]:
    """Return a row of `marts.volume_anomalies`."""
    return {
        "category": found.series,
        "start_date": found.first,
        "last_date": found.last,
        "ticket_count": found.observed,
        "expected": found.expected,
        "low": found.low,
        "high": found.high,
        "p_value": found.p_value,
        "q_value": found.q_value,
        "changes": [
            {"what": each.what, "value": each.value, "share": each.share, "usual_share": each.usual_share}
            for each in changes
        ],
    }


def what_changed(connection: sa.Connection, found: Anomaly) -> tuple[Change, ...]:
    """Return what was different on odd days with more tickets: words first, then category, channel, customer type.

    They are compared with the eight weeks before. A word is used only if it is in at least five tickets of at least
    three customers.
    """
    if found.observed <= found.expected:
        return ()
    asked = {
        "first_date": found.first,
        "after_date": found.last + timedelta(days=1),
        "usual_date": found.first - timedelta(days=_USUAL_DAYS),
        "series": found.series,
    }
    return (*_words(connection, asked), *_shares(connection, asked))[:_MOST_CHANGES]


def _words(connection: sa.Connection, asked: Mapping[str, Any]) -> tuple[Change, ...]:
    rows = connection.execute(sa.text(read_sql("insights/sql/words_of_days.sql")), asked).all()
    if not rows:
        return ()
    now, usual = ({row.word: row[place] for row in rows} for place in (3, 4))
    return changed_words(now, usual, rows[0].now_tickets, rows[0].usual_tickets)[:_MOST_WORDS]


def _shares(connection: sa.Connection, asked: Mapping[str, Any]) -> list[Change]:
    rows = connection.execute(sa.text(read_sql("insights/sql/shares_of_days.sql")), asked).all()
    changes: list[Change] = []
    for dimension in ("category", "channel", "customer_type"):
        of_dimension = [row for row in rows if row.dimension == dimension]
        now, usual = ({row.named_value: row[place] for row in of_dimension} for place in (2, 3))
        changes += changed_shares(dimension, now, usual)
    return changes

"""Turns odd days and seasons into rows of the marts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import sqlalchemy as sa

from analytics.anomalies import Anomaly
from analytics.calendar_design import Days, Flags
from analytics.named_times import occurrences
from analytics.quasi_poisson import Floats
from analytics.seasonality import Season, find_seasons
from analytics.vocabulary import EVENT_TIME, MOVING_TIMES
from analytics.what_changed import Change, changed_shares, changed_words
from etl.insights.tickets import DailyTickets
from etl.running.sql import read_sql

ALL: Final = ""
"""Used in place of a category for all tickets together."""
_LEAST_PER_YEAR: Final = 100
_COMMON_YEAR: Final = 2001
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


def seasons(
    days: Days, series: Mapping[str, Floats], closed: Collection[date], named: Mapping[str, Flags]
) -> tuple[CategorySeason, ...]:
    """Return the seasons of every series.

    Args:
        days: Consecutive days.
        series: Category, or "" for all tickets -> tickets of each day, without bulk days.
        closed: Public holidays and days on which the desk is closed.
        named: Slug -> days of the times that move through the year.
    """
    return tuple(
        CategorySeason(name, season)
        for name, counts in series.items()
        for season in find_seasons(days, counts, closed, named)
    )


def season_row(found: CategorySeason, spans: Collection[tuple[date, date]]) -> dict[str, Any]:
    """Return a row of `marts.seasonal_lifts`.

    Args:
        found: The season.
        spans: First and last day of each time it comes.
    """
    lift = found.season.lift
    return {
        "category": found.category,
        "period": period_of(found.season),
        "spans": [[first.isoformat(), last.isoformat()] for first, last in spans],
        "ratio": lift.ratio,
        "ratio_low": lift.low,
        "ratio_high": lift.high,
        "p_value": lift.p_value,
        "ticket_count": lift.tickets,
        "year_count": len(lift.yearly),
    }


def period_of(season: Season) -> str:
    """Return the name of a time that moves through the year, else first and last month and day: "01-16..02-15"."""
    if season.window is None:
        return season.name
    return "..".join(f"{day:%m-%d}" for day in season.window.occurrence(_COMMON_YEAR))


def spans_of(season: Season, years: range, events: Collection[tuple[str, date, date]]) -> list[tuple[date, date]]:
    """Return the first and last day of each time a season comes, in order.

    Args:
        season: The season.
        years: Years in which it may begin.
        events: Name, first and last day of what the desk itself has named.
    """
    if season.window is not None:
        return [season.window.occurrence(year) for year in years]
    if season.name in MOVING_TIMES:
        return list(occurrences(season.name, years[0], years[-1]))
    return sorted((first, last) for name, first, last in events if season.name == f"{EVENT_TIME}{name}")


def anomaly_row(
    found: Anomaly, changes: Collection[Change], *, is_bulk_day: bool = False, same_minute: int | None = None
) -> dict[str, Any]:
    """Return a row of `marts.volume_anomalies`.

    Args:
        found: The odd days.
        changes: What was different.
        is_bulk_day: Whether they are a bulk day.
        same_minute: Of a bulk day, most tickets made in one minute; None where that is not known.
    """
    return {
        "is_bulk": is_bulk_day,
        "same_minute_count": same_minute,
        "category": found.series,
        "start_date": found.first,
        "last_date": found.last,
        "ticket_count": found.observed,
        "expected": found.expected,
        # As the database gives them back: a whole number that returns as 17.0 would look like a new result.
        "low": float(found.low),
        "high": float(found.high),
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

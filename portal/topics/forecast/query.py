"""Reads demand ahead from the marts."""

from collections import Counter
from datetime import date, timedelta
from typing import Final

import sqlalchemy as sa

from analytics.time_units import WEEK_DAYS
from analytics.vocabulary import NOT_SET, TOTAL_SERIES
from portal.numbers.filters import Comparison, Period, TicketFilters
from portal.numbers.reader import ask, by_key, names, tickets_href
from portal.topics.forecast.dataset import (
    CountedDay,
    DayAhead,
    DemandParts,
    DeskEvent,
    FourWeeks,
    ModelAccuracy,
    NamedDays,
    NamedEffect,
    Outlook,
    SeriesChoice,
    SeriesStatus,
    ToldAndCame,
)

_PAST_DAYS: Final = 91
_FOUR_WEEKS: Final = 28
_QUANTILES: Final = 7
_LOW, _HIGH = 1, 5


def series_choices(connection: sa.Connection) -> tuple[SeriesChoice, ...]:
    """Return the series that were looked at: the total, then parts, the largest first."""
    rows = connection.execute(
        sa.text("select series_key, dimension, value from marts.demand_series order by dimension, ticket_count desc")
    ).all()
    labels = {row.dimension: names(connection, row.dimension) for row in rows if row.dimension}
    return tuple(
        SeriesChoice(
            row.series_key,
            row.dimension,
            "All tickets" if not row.dimension else labels[row.dimension][row.value].label,
        )
        for row in rows
        if not row.dimension or row.value in labels[row.dimension]
    )


def outlook(connection: sa.Connection, key: str, own: str = "") -> Outlook:
    """Return a series' latest days and the days ahead.

    Args:
        connection: Any.
        key: Of the series.
        own: What the reader chose himself, as `TicketFilters.own`; the links carry it on.
    """
    status = _status(connection, key)
    label = next((each.label for each in series_choices(connection) if each.key == key), "")
    if status is None:
        return Outlook(label, None, (), (), ())
    days = (status.cutoff - timedelta(days=_PAST_DAYS - 1), status.cutoff)
    past = _counted(connection, key, *days, own)
    ahead = tuple(
        DayAhead(*row)
        for row in connection.execute(
            sa.text(
                "select ds, expected, q025, q10, q25, q50, q75, q90, q975 from marts.demand_forecast_days"
                " where series_key = :key order by ds"
            ),
            {"key": key},
        )
    )
    last = ahead[-1].day if ahead else status.cutoff
    return Outlook(label, status, past, ahead, _named(connection, status.cutoff - timedelta(days=_PAST_DAYS), last))


def _status(connection: sa.Connection, key: str) -> SeriesStatus | None:
    row = connection.execute(
        sa.text(
            "select outcome, cutoff_date, day_count, gap_days, giant_days, country from marts.demand_series"
            " where series_key = :key"
        ),
        {"key": key},
    ).one_or_none()
    return None if row is None else SeriesStatus(*row)


def _counted(connection: sa.Connection, key: str, first: date, last: date, own: str = "") -> tuple[CountedDay, ...]:
    dimension, _, value = key.partition("=")
    where = () if key == TOTAL_SERIES else ((dimension, (None if value == NOT_SET else value,)),)
    filters = TicketFilters(first, last + timedelta(days=1), Period.CUSTOM, Comparison.NONE, where, own=own)
    found = by_key(ask(connection, filters, "created", ("day",)))
    days = [first + timedelta(days=place) for place in range((last - first).days + 1)]
    return tuple(
        CountedDay(
            day,
            found[day].n if day in found else 0,
            tickets_href(filters, "created", days=(day, day + timedelta(days=1))),
        )
        for day in days
    )


def _named(connection: sa.Connection, first: date, last: date) -> tuple[NamedDays, ...]:
    sql = """
    select name, on_date as first_date, on_date as last_date from marts.demand_holidays
    where on_date between :first and :last
    union all
    select name, first_date, last_date from marts.desk_events where last_date >= :first and first_date <= :last
    order by first_date, name
    """
    return tuple(NamedDays(*row) for row in connection.execute(sa.text(sql), {"first": first, "last": last}))


def four_weeks(connection: sa.Connection, key: str, own: str = "") -> FourWeeks:
    """Return what was predicted four weeks ago; where nothing was, what the newest backtest would have said."""
    status = _status(connection, key)
    if status is None:
        return FourWeeks(None, is_replayed=False, days=())
    found = _kept(connection, key, status.cutoff) or _replayed(connection, key, status.cutoff)
    if found is None:
        return FourWeeks(None, is_replayed=False, days=())
    cutoff, rows, is_replayed = found
    came = {
        each.day: each.tickets
        for each in _counted(connection, key, cutoff + timedelta(days=1), cutoff + timedelta(days=len(rows)), own)
        if each.day <= status.cutoff
    }
    days = tuple(
        ToldAndCame(day, *figures, came.get(day))
        for place, figures in enumerate(rows)
        for day in (cutoff + timedelta(days=place + 1),)
    )
    return FourWeeks(cutoff, is_replayed, days)


_Told = tuple[date, list[tuple[float, float, float]], bool]


def _kept(connection: sa.Connection, key: str, last: date) -> _Told | None:
    sql = """
    select cutoff_date, expected, q10, q90 from marts.demand_forecasts
    where
        series_key = :key and ds <= cutoff_date + 28 and model_name in ('combination', 'borrowed')
        and cutoff_date = (
            select max(cutoff_date) from marts.demand_forecasts
            where series_key = :key and cutoff_date between :earliest and :latest
        )
    order by ds
    """
    span = {"earliest": last - timedelta(days=_FOUR_WEEKS + WEEK_DAYS), "latest": last - timedelta(days=_FOUR_WEEKS)}
    rows = connection.execute(sa.text(sql), {"key": key, **span}).all()
    return (rows[0].cutoff_date, [(row.expected, row.q10, row.q90) for row in rows], False) if rows else None


def _replayed(connection: sa.Connection, key: str, last: date) -> _Told | None:
    sql = """
    select cutoff_date, expected, quantiles from marts.demand_backtests
    where series_key = :key and model_name = 'combination' and cutoff_date <= :latest order by cutoff_date desc limit 1
    """
    latest = last - timedelta(days=_FOUR_WEEKS)
    row = connection.execute(sa.text(sql), {"key": key, "latest": latest}).one_or_none()
    if row is None:
        return None
    bounds = [row.quantiles[start : start + _QUANTILES] for start in range(0, len(row.quantiles), _QUANTILES)]
    return (
        row.cutoff_date,
        [(said, each[_LOW], each[_HIGH]) for said, each in zip(row.expected, bounds, strict=True)],
        True,
    )


def accuracy(connection: sa.Connection, key: str) -> tuple[ModelAccuracy, ...]:
    """Return how each way of forecasting did, the closest first within each source."""
    sql = """
    select model_name, source, mase, wape, coverage_80, cutoff_count, day_count from marts.demand_accuracy
    where series_key = :key and day_count > 0 order by source, mase nulls last, model_name
    """
    return tuple(ModelAccuracy(*row) for row in connection.execute(sa.text(sql), {"key": key}))


def parts(connection: sa.Connection, key: str) -> DemandParts | None:
    """Return what expected tickets consist of; None where that was not worked out."""
    status = _status(connection, key)
    sql = "select ds, trend, week, year, events from marts.demand_components where series_key = :key order by ds"
    rows = connection.execute(sa.text(sql), {"key": key}).all()
    if status is None or not rows:
        return None
    known = [row for row in rows if row.ds <= status.cutoff]
    week = {row.ds.weekday(): row.week for row in rows[-WEEK_DAYS:]}
    last_year = [row for row in rows if row.ds > rows[-1].ds - timedelta(days=365)]
    is_seasonal = any(abs(row.year - 1) > 1e-6 for row in rows)  # noqa: PLR2004 - a factor of 1 is no season
    first = status.cutoff + timedelta(days=1)
    # What is under way has its first day in the past: it is named by the first that is still to come.
    # Two on the same day, an event on a holiday, share its factor.
    ahead = sorted({(max(each.first, first), each.name) for each in _named(connection, first, rows[-1].ds)})
    factors = {row.ds: row.events for row in rows}
    seen = _seen(connection, rows[0].ds, status.cutoff)
    return DemandParts(
        tuple((row.ds, row.trend) for row in known[::WEEK_DAYS]),
        tuple(week[weekday] for weekday in range(WEEK_DAYS)),
        tuple((row.ds, row.year) for row in last_year) if is_seasonal else (),
        tuple(NamedEffect(name, day, factors[day], seen[name]) for day, name in ahead if day in factors),
    )


def _seen(connection: sa.Connection, first: date, last: date) -> Counter[str]:
    """Return on how many days from first to last there was a holiday or event, by its name."""
    days = Counter[str]()
    for each in _named(connection, first, last):
        days[each.name] += (min(each.last, last) - max(each.first, first)).days + 1
    return days


def desk_events(connection: sa.Connection) -> tuple[DeskEvent, ...]:
    """Return the desk's own events, the latest first."""
    sql = """
    select id, name, first_date, last_date, expected_change from marts.desk_events
    order by first_date desc, id limit 200
    """
    return tuple(DeskEvent(*row) for row in connection.execute(sa.text(sql)))

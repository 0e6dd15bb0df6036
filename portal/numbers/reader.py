"""Reads metrics for pages: asks the metric query, and turns rows into readings with links to their tickets."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from analytics import pages
from analytics.metrics import Kind
from analytics.vocabulary import PRIORITIES
from portal.numbers import phrasing
from portal.numbers.buckets import Bucket
from portal.numbers.filters import Period, TicketFilters
from portal.numbers.reading import Point, Reading, Series
from warehouse import metric_query
from warehouse.metric_query import Key, MetricQuery, MetricResult, MetricRow, UnknownValueError


@dataclass(frozen=True, slots=True)
class Name:
    """What a manager calls a value of a dimension.

    Attributes:
        label: Its name.
        position: Place in the desk's own list, which decides its colour.
    """

    label: str
    position: int


def today(connection: sa.Connection) -> date | None:
    """Return the day that was not over when the numbers were last refreshed, by the desk's clock; None before that."""
    version = metric_query.data_version(connection)
    if version.refreshed_at is None:
        return None
    return version.refreshed_at.astimezone(ZoneInfo(version.time_zone)).date()


def ask(
    connection: sa.Connection, filters: TicketFilters, metric: str, by: tuple[str, ...] = ()
) -> MetricResult | None:
    """Return the answer for the filters' period; None when no ticket has a filtered value."""
    query = MetricQuery(metric, filters.start, filters.end, by, filters.where)
    try:
        return metric_query.run(connection, query)
    except UnknownValueError:
        return None


def ask_many(connection: sa.Connection, filters: TicketFilters, metrics: tuple[str, ...]) -> Mapping[str, Reading]:
    """Return one reading for each metric over the filters' period."""
    query = MetricQuery(metrics[0], filters.start, filters.end, (), filters.where)
    try:
        answers = metric_query.run_many(connection, metrics, query)
    except UnknownValueError:
        return {}
    return {slug: total(answer) for slug, answer in answers.items()}


def total(result: MetricResult | None) -> Reading:
    """Return the only row of an answer that was not split."""
    if result is None or not result.rows:
        return Reading(None, 0, "" if result is None else result.unit)
    return replace(reading(result, result.rows[0]), is_not_known=result.is_not_known)


def reading(result: MetricResult, row: MetricRow) -> Reading:
    """Return a row as a reading."""
    return Reading(row.value, row.n, result.unit, row.p90)


def by_key(result: MetricResult | None) -> dict[Key, Reading]:
    """Return the rows of an answer split by one thing, by its values."""
    return {} if result is None else {row.keys[0]: reading(result, row) for row in result.rows}


def value_of(key: Key) -> str | None:
    """Return what a row was split by as filters and names know it; None is 'not set'."""
    return None if key is None else str(key)


def tickets_href(filters: TicketFilters, metric: str, days: tuple[date, date] | None = None, **extra: str) -> str:
    """Return the link to exactly the tickets behind a number.

    Args:
        filters: Of the number.
        metric: Its slug.
        days: First day, and first day after, when it is about a part of the period.
        **extra: Further parameters of the address, such as part or hour_of_week.
    """
    narrowed = filters if days is None else replace(filters, start=days[0], end=days[1], period=Period.CUSTOM)
    return narrowed.href(pages.TICKETS, metric=metric, **extra)


def series(
    label: str,
    result: MetricResult | None,
    cut: tuple[Bucket, ...],
    filters: TicketFilters,
    *,
    position: int | None = None,
) -> Series:
    """Return an answer split by a grain of time as a series.

    A stretch of time without rows is 0 for a count or a level, and empty for any other metric.
    """
    found = by_key(result)
    unit = "" if result is None else result.unit
    slug = "created" if result is None else result.metric.slug
    is_counted = result is None or result.metric.kind in {Kind.COUNT, Kind.LEVEL}
    nothing = Reading(0 if is_counted else None, 0, unit)
    points = tuple(
        Point(
            bucket.start,
            bucket.last,
            found.get(bucket.key, nothing),
            tickets_href(filters, slug, days=(bucket.start, bucket.end)),
            bucket.is_running,
        )
        for bucket in cut
    )
    return Series(label, points, position)


def names(connection: sa.Connection, dimension: str) -> dict[str | None, Name]:
    """Return what a manager calls each value of a dimension, in the desk's own order; 'not set' comes last."""
    known = metric_query.dimension_values(connection).get(dimension, ())
    labels: dict[str | None, str] = {}
    if dimension == "category":
        labels = dict(
            connection.execute(sa.text("select slug, name from marts.category_names order by position, slug")).all()
        )
    elif dimension == "priority":
        labels = {slug: phrasing.prettified(slug) for slug in reversed(PRIORITIES)}
    ordered: tuple[str | None, ...] = (*labels, *(value for value in known if value not in labels))
    places = {value: place for place, value in enumerate(ordered)}
    listed: dict[str | None, Name] = {
        each: Name(labels.get(each, phrasing.prettified(each)), places[each]) for each in ordered if each in known
    }
    return {**listed, None: Name(phrasing.prettified(None), len(ordered))}

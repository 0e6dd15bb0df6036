"""Answers questions about metrics. All numbers are read through this module."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Final

import sqlalchemy as sa

from analytics.metrics import Kind, Metric, metric_by_slug
from warehouse.metric_query.cohorts import Cohort, answer_cohorts
from warehouse.metric_query.counts import answer_counts
from warehouse.metric_query.customers import answer_customers
from warehouse.metric_query.distributions import answer_histogram, answer_parts
from warehouse.metric_query.durations import answer_durations
from warehouse.metric_query.largest import check_top, cut_to_largest
from warehouse.metric_query.levels import answer_level
from warehouse.metric_query.model import (
    Cursor,
    DurationHistogram,
    DurationParts,
    MetricQuery,
    MetricResult,
    TicketPage,
    UnanswerableQueryError,
)
from warehouse.metric_query.names import Names, resolve
from warehouse.metric_query.tickets import TicketSelection, count_tickets, page_of_tickets, select_tickets

_ADDITIVE: Final = frozenset({Kind.COUNT, Kind.SHARE, Kind.MEAN})
_Answer = Callable[[sa.Connection, Metric, Names, date, date], MetricResult]
_ANSWERS: Final[Mapping[Kind, _Answer]] = MappingProxyType(
    {Kind.DURATION: answer_durations, Kind.LEVEL: answer_level, Kind.DISTINCT: answer_customers}
)


def run(connection: sa.Connection, query: MetricQuery) -> MetricResult:
    """Answer one question.

    Raises:
        UnknownMetricError: If there is no such metric.
        UnknownNameError: If there is no such dimension or time grain.
        UnknownValueError: If a dimension has no such value.
        UnanswerableQueryError: If the question makes no sense for the metric.
    """
    return run_many(connection, (query.metric,), query)[query.metric]


def run_many(connection: sa.Connection, metrics: tuple[str, ...], query: MetricQuery) -> dict[str, MetricResult]:
    """Answer one question for several metrics; counts, shares and means share one scan.

    Args:
        connection: In a role that may read the marts.
        metrics: Slugs.
        query: The question; its own metric is ignored.

    Raises:
        SupportAnalyticsError: One of the errors of `run`.
    """
    chosen = [metric_by_slug(slug) for slug in metrics]
    names = resolve(connection, query.by, query.where)
    check_top(query, names)
    additive = [metric for metric in chosen if metric.kind in _ADDITIVE]
    answers = answer_counts(connection, additive, names, query.start, query.end) if additive else {}
    for metric in chosen:
        if metric.kind not in _ADDITIVE:
            answers[metric.slug] = _ANSWERS[metric.kind](connection, metric, names, query.start, query.end)
    return {metric.slug: cut_to_largest(connection, query, answers[metric.slug]) for metric in chosen}


def histogram(connection: sa.Connection, query: MetricQuery) -> DurationHistogram:
    """Return the distribution of a duration metric over the period; the query's `by` is ignored.

    Raises:
        UnanswerableQueryError: If the metric is not a duration.
    """
    metric = _duration(query.metric)
    return answer_histogram(connection, metric, resolve(connection, (), query.where), query.start, query.end)


def duration_parts(
    connection: sa.Connection, query: MetricQuery, periods: Sequence[tuple[date, date]]
) -> tuple[DurationParts, ...]:
    """Return how the durations of each part are distributed, in buckets, to compare parts and periods with.

    Args:
        connection: In a role that may read the marts.
        query: The question; its own days are ignored.
        periods: First day, and first day after, of each answer.

    Raises:
        UnanswerableQueryError: If the metric is not a duration.
    """
    metric, names = _duration(query.metric), resolve(connection, query.by, query.where)
    return tuple(answer_parts(connection, metric, names, start, end) for start, end in periods)


def _duration(slug: str) -> Metric:
    metric = metric_by_slug(slug)
    if metric.kind is not Kind.DURATION:
        message = f"{metric.label} is not a duration and has no distribution."
        raise UnanswerableQueryError(message)
    return metric


def cohort_survival(connection: sa.Connection, query: MetricQuery, grain: str) -> tuple[Cohort, ...]:
    """Return the full resolution time by cohort of creation, open tickets censored; the query's metric is ignored."""
    names = resolve(connection, (), query.where)
    return answer_cohorts(connection, names, query.start, query.end, grain)


def ticket_selection(connection: sa.Connection, query: MetricQuery, *, part: str = "all") -> TicketSelection:
    """Return a SELECT of exactly the tickets behind a number, to join with the columns that a page shows."""
    names = replace(resolve(connection, (), query.where), by=())
    return select_tickets(metric_by_slug(query.metric), names, query.start, query.end, part)


def ticket_ids(
    connection: sa.Connection,
    query: MetricQuery,
    *,
    after: Cursor | None = None,
    limit: int | None = None,
    part: str = "all",
) -> TicketPage:
    """Return exactly the tickets behind a number, newest first.

    Args:
        connection: In a role that may read the marts.
        query: The question; its `by` is ignored.
        after: Last ticket of the page before; None for the first page.
        limit: Largest number of tickets on the page; None for all of them.
        part: "numerator" of a share; "denominator" or "all" for all tickets that the number is computed over.
    """
    return page_of_tickets(connection, ticket_selection(connection, query, part=part), after, limit)


def ticket_count(connection: sa.Connection, query: MetricQuery, *, part: str = "all") -> int:
    """Return how many different tickets are behind a number."""
    return count_tickets(connection, ticket_selection(connection, query, part=part))

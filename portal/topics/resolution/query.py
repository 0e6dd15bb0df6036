"""How long replies and resolutions take."""

from collections.abc import Collection
from enum import StrEnum

import sqlalchemy as sa

from analytics.metrics import METRICS, Metric
from analytics.takes_longest import LEAST_N
from portal.numbers.buckets import Bucket, buckets, coarser, drawn, grain_for
from portal.numbers.filters import TicketFilters
from portal.numbers.judging import judged_duration, judged_parts
from portal.numbers.reader import Name, ask, ask_many, by_key, names, reading, tickets_href, today, total, value_of
from portal.numbers.reading import NOT_JUDGED, Point, Reading, Series
from portal.topics.resolution.dataset import (
    CategoryTime,
    Cohorts,
    Distribution,
    DurationBin,
    DurationSummary,
    DurationTrend,
    Examples,
    Matrix,
    MatrixCell,
    MatrixRow,
    SlaMet,
)
from warehouse import metric_query
from warehouse.metric_query import DurationBucket, Key, MetricQuery, UnknownValueError

_GROWTH = 1.5
"""Each range of the distribution is at least so many times as long as the one before."""
_LEAST_TAIL = 0.002
"""Share of durations at either end that is put into one range."""


class Measure(StrEnum):
    """Which wait is looked at."""

    FIRST_REPLY = "first_reply"
    NEXT_REPLY = "next_reply"
    RESOLUTION = "resolution"


def duration_metric(measure: str, clock: str) -> Metric:
    """Return the metric of a measure by the clock "calendar" or "business"."""
    known = measure if measure in set(Measure) else Measure.RESOLUTION
    return METRICS[f"{known}_business_time" if clock == "business" else f"{known}_time"]


def category_times(connection: sa.Connection, filters: TicketFilters) -> tuple[CategoryTime, ...]:
    """Return the resolution time of each category, the longest median first, beside that of the comparison."""
    slug = "resolution_time"
    now = by_key(ask(connection, filters, slug, ("category",)))
    compared = filters.compared()
    before = {} if compared is None else by_key(ask(connection, compared, slug, ("category",)))
    labels = names(connection, "category")
    shown = [value for value, each in now.items() if each.n >= LEAST_N]
    judged = judged_parts(connection, filters, slug, "category", shown)
    rows = [
        CategoryTime(
            labels[value_of(value)].label,
            labels[value_of(value)].position,
            each,
            None if compared is None else before.get(value, Reading(None, 0, each.unit)),
            tickets_href(filters.with_values("category", (value_of(value),)), slug),
            judged.get(value, NOT_JUDGED),
        )
        for value, each in now.items()
    ]
    return tuple(sorted(rows, key=lambda row: -(row.now.value or 0)))


def summary(connection: sa.Connection, filters: TicketFilters, slug: str) -> DurationSummary:
    """Return a duration over the whole period."""
    answer = ask(connection, filters, slug)
    compared = filters.compared()
    before = None if compared is None else total(ask(connection, compared, slug))
    left = "; ".join(f"{each.count:,} {each.reason}" for each in (answer.left_out if answer else ()))
    target = next(measure for measure in Measure if slug.startswith(measure))
    now = total(answer)
    return DurationSummary(
        now,
        before,
        tickets_href(filters, slug),
        left,
        sla_met(connection, filters, target),
        *judged_duration(connection, filters, slug, now, before),
    )


def sla_met(connection: sa.Connection, filters: TicketFilters, target: Measure | None = None) -> SlaMet:
    """Return how well targets were kept: by ticket, and by target of one kind (None: of every kind)."""
    by_target = f"sla_{target}_attainment" if target else "sla_attainment"
    found = ask_many(connection, filters, ("sla_tickets_met", "sla_tickets_missed", by_target))
    nothing = Reading(None, 0, "share")
    missed = found.get("sla_tickets_missed", nothing)
    return SlaMet(
        found.get("sla_tickets_met", nothing),
        tickets_href(filters, "sla_tickets_met"),
        missed.n,
        tickets_href(filters, "sla_tickets_missed"),
        target or "all",
        found.get(by_target, nothing),
        tickets_href(filters, by_target),
        _examples(metric_query.sla_policies(connection)),
    )


def _examples(policies: metric_query.SlaPolicies) -> Examples:
    if policies.are_examples:
        return Examples.ALL
    return Examples.SOME if policies.examples else Examples.NONE


def matrix(connection: sa.Connection, filters: TicketFilters, slug: str) -> Matrix:
    """Return a duration by category and priority, with all priorities together in the last column."""
    answer = ask(connection, filters, slug, ("category", "priority"))
    whole = by_key(ask(connection, filters, slug, ("category",)))
    cells = {} if answer is None else {row.keys: reading(answer, row) for row in answer.rows}
    categories, priorities = names(connection, "category"), names(connection, "priority")
    columns = [value for value in priorities if any(key[1] == value for key in cells)]
    rows = tuple(
        MatrixRow(categories[value_of(value)].label, _cells(filters, slug, value, columns, cells, each))
        for value, each in sorted(whole.items(), key=lambda item: _position(categories, item[0]))
    )
    return Matrix(tuple(priorities[value].label for value in columns), rows)


def _cells(
    filters: TicketFilters,
    slug: str,
    category: Key,
    columns: list[str | None],
    cells: dict[tuple[Key, ...], Reading],
    whole: Reading,
) -> tuple[MatrixCell, ...]:
    chosen = filters.with_values("category", (value_of(category),))
    split = [
        MatrixCell(cells.get((category, value)), tickets_href(chosen.with_values("priority", (value,)), slug))
        for value in columns
    ]
    return (*split, MatrixCell(whole, tickets_href(chosen, slug)))


def _position(labels: dict[str | None, Name], value: Key) -> int:
    return labels[value_of(value)].position


def distribution(connection: sa.Connection, filters: TicketFilters, slug: str) -> Distribution:
    """Return how a duration is distributed, in ranges that each grow by the same factor."""
    now = total(ask(connection, filters, slug))
    query = MetricQuery(slug, filters.start, filters.end, (), filters.where)
    try:
        found = metric_query.histogram(connection, query)
    except UnknownValueError:
        return Distribution(METRICS[slug], "minutes", (), now)
    bins = tuple(
        DurationBin(lower, upper, n, tickets_href(filters, slug, part=_part(lower, upper, found.unit)))
        for lower, upper, n in _ranges(found.buckets, found.n)
    )
    return Distribution(METRICS[slug], found.unit, bins, now)


def _part(lower: float, upper: float, unit: str) -> str:
    """Return the part of an address that names a range of durations, in seconds or whole days."""
    scale = 1 if unit == "days" else 60
    return f"{round(lower * scale)}..{round(upper * scale)}"


def _ranges(found: tuple[DurationBucket, ...], n: int) -> list[tuple[float, float, int]]:
    """Return neighbouring buckets put together, without gaps, until each range is long enough."""
    ranges: list[tuple[float, float, int]] = []
    for bucket in found:
        if ranges and (_is_short(*ranges[-1][:2]) or ranges[-1][2] + bucket.n < _LEAST_TAIL * n):
            lower, _, before = ranges[-1]
            ranges[-1] = (lower, bucket.upper, before + bucket.n)
        else:
            ranges.append((ranges[-1][1] if ranges else bucket.lower, bucket.upper, bucket.n))
    return ranges


def _is_short(lower: float, upper: float) -> bool:
    return upper < max(lower, 1.0) * _GROWTH


def trend(connection: sa.Connection, filters: TicketFilters, slug: str) -> DurationTrend:
    """Return the median and p90 of each stretch of the period."""
    grain = coarser(grain_for(filters.start, filters.end))
    cut = buckets(filters.start, filters.end, grain, today(connection))
    whole = drawn(cut)
    found = by_key(ask(connection, filters, slug, (grain,)))
    medians, p90s = [], []
    for bucket in whole:
        each = found.get(bucket.key, Reading(None, 0, "minutes"))
        href = tickets_href(filters, slug, days=(bucket.start, bucket.end))
        medians.append(Point(bucket.start, bucket.last, each, href, bucket.is_running))
        high = Reading(each.p90, each.n, each.unit)
        p90s.append(Point(bucket.start, bucket.last, high, href, bucket.is_running))
    return DurationTrend(
        METRICS[slug],
        grain,
        Series("Half within", tuple(medians)),
        Series("9 in 10 within", tuple(p90s)),
        len(whole) < len(cut),
    )


def cohorts(connection: sa.Connection, filters: TicketFilters) -> Cohorts:
    """Return resolution time by stretch of creation with open tickets counted, beside that of the resolved alone."""
    grain = "week" if filters.length <= _MONTHS_FROM_DAYS else "month"
    cut = drawn(buckets(filters.start, filters.end, grain, today(connection)))
    naive = by_key(ask(connection, filters, "resolution_time", (grain,)))
    query = MetricQuery("resolution_time_by_creation", filters.start, filters.end, (), filters.where)
    try:
        found = {cohort.key: cohort for cohort in metric_query.cohort_survival(connection, query, grain)}
    except UnknownValueError:
        found = {}
    cut = _between_first_and_last(cut, found.keys())
    none = Reading(None, 0, "minutes")
    full = [
        none if (each := found.get(bucket.key)) is None else Reading(each.median.median, each.median.count, each.unit)
        for bucket in cut
    ]
    open_now = [
        0 if (each := found.get(bucket.key)) is None else each.median.count - each.median.closed_count for bucket in cut
    ]
    hrefs = [tickets_href(filters, "created", days=(bucket.start, bucket.end)) for bucket in cut]
    places = list(zip(cut, hrefs, strict=True))
    return Cohorts(
        grain,
        Series(
            "Resolved only",
            tuple(Point(b.start, b.last, naive.get(b.key, none), href, b.is_running) for b, href in places),
        ),
        Series(
            "Open counted",
            tuple(Point(b.start, b.last, one, href, b.is_running) for (b, href), one in zip(places, full, strict=True)),
        ),
        tuple(open_now),
        tuple(one.n for one in full),
    )


def _between_first_and_last(cut: tuple[Bucket, ...], keys: Collection[Key]) -> tuple[Bucket, ...]:
    """Return the stretches from the first to the last in which a ticket was created."""
    places = [place for place, bucket in enumerate(cut) if bucket.key in keys]
    return cut[places[0] : places[-1] + 1] if places else ()


_MONTHS_FROM_DAYS = 200

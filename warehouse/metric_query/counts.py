"""Answers counts, shares and means, which are sums of counters."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from analytics.metrics import Kind, Metric
from warehouse.metric_query.left_out import (
    UNTIMED_REASON,
    Sums,
    counters_left_out,
    is_unknown,
    left_out,
    present,
    total,
)
from warehouse.metric_query.model import LeftOut, MetricResult, MetricRow
from warehouse.metric_query.names import Names
from warehouse.metric_query.ordering import in_order
from warehouse.metric_query.sources import ParameterBag, sources
from warehouse.rollups.declaration import COUNTERS, KEPT_COUNTERS, MEASURES, Anchor
from warehouse.rollups.sql import counter_sums

Groups = Sequence[tuple[Any, ...]]
"""Groups of an answer: each with the query's keys, then the sums of counters."""


def answer_counts(
    connection: sa.Connection, metrics: Sequence[Metric], names: Names, start: date, end: date
) -> dict[str, MetricResult]:
    """Answer several metrics of counters with one scan."""
    counters = [counter for metric in metrics for counter in counters_of(metric)]
    told = [counter for metric in metrics for counter in counters_left_out(metric, anchors_of(counters_of(metric)))]
    asked = tuple(dict.fromkeys((*counters, *told)))
    groups = _groups(connection, asked, names, start, end)
    untimed = sum_counters(connection, tuple(counters), names.untimed(), start, end)[()] if names.is_hourly else {}
    places = {counter: len(names.by) + place for place, counter in enumerate(asked)}
    return {metric.slug: _result(metric, names, groups, places, untimed) for metric in metrics}


def counters_of(metric: Metric) -> tuple[str, ...]:
    """Return the counters a metric is computed from."""
    measures = [metric.numerator, *([metric.denominator] if metric.denominator else [])]
    return tuple(dict.fromkeys(counter for measure in measures for counter in MEASURES[measure]))


def anchors_of(counters: Sequence[str]) -> tuple[Anchor, ...]:
    """Return the anchors that the counters belong to, each once."""
    return tuple({COUNTERS[counter].name: COUNTERS[counter] for counter in counters}.values())


def sum_counters(
    connection: sa.Connection, counters: Sequence[str], names: Names, start: date, end: date
) -> dict[tuple[object, ...], Sums]:
    """Return the sums of counters by the query's keys."""
    width = len(names.by)
    return {
        group[:width]: dict(zip(counters, group[width:], strict=True))
        for group in _groups(connection, counters, names, start, end)
    }


def _groups(connection: sa.Connection, counters: Sequence[str], names: Names, start: date, end: date) -> Groups:
    """Return one tuple for each group: the query's keys, then the sums of the counters."""
    bag = ParameterBag()
    parts = []
    for source, anchor in sources(anchors_of(counters), names, start, end, durations=False):
        sums = counter_sums(anchor) if anchor else _kept_sums(counters)
        columns = [f"{sums.get(name, '0')}::bigint as c{place}" for place, name in enumerate(counters)]
        keys = source.keys(names)
        listed = [*(f"{sql} as k{place}" for place, sql in enumerate(keys)), *columns]
        condition = f"{source.condition(names, bag)} and {source.timed_condition(names)}"
        if anchor:
            condition += f" and {anchor.predicate}"
        parts.append(
            f"select {', '.join(listed)} from {source.relation(names)} where {condition}{_group_by(len(keys))}"
        )
    if not parts:
        return [] if names.by else [(0,) * len(counters)]
    statement = parts[0] if len(parts) == 1 else _added(parts, len(names.by), len(counters))
    return [tuple(row) for row in connection.execute(sa.text(statement), bag.values)]


def _kept_sums(counters: Sequence[str]) -> dict[str, str]:
    return {name: f"coalesce(sum({name}), 0)" for name in counters if name in KEPT_COUNTERS}


def _added(parts: Sequence[str], keys: int, counters: int) -> str:
    """Return the SQL that adds up the sums of several sources."""
    columns = [*(f"k{place}" for place in range(keys)), *(f"sum(c{place})::bigint" for place in range(counters))]
    return f"select {', '.join(columns)} from ({' union all '.join(parts)}) as parts{_group_by(keys)}"


def _group_by(count: int) -> str:
    return f" group by {', '.join(str(place + 1) for place in range(count))}" if count else ""


def measure_total(measure: str, sums: Sums) -> int:
    """Return a measure from the sums of its counters."""
    return sum([sums[counter] for counter in MEASURES[measure]])


def _result(metric: Metric, names: Names, groups: Groups, places: Mapping[str, int], untimed: Sums) -> MetricResult:
    columns = [names.column(place, [group[place] for group in groups]) for place in range(len(names.by))]
    keys = list(zip(*columns, strict=True)) if columns else [()] * len(groups)
    anchors = anchors_of(counters_of(metric))
    told = [{counter: group[places[counter]] for counter in counters_left_out(metric, anchors)} for group in groups]
    rows = [
        MetricRow(key, value, n)
        for key, (value, n), sums in zip(keys, _values(metric, groups, places), told, strict=True)
        if n or not names.by or is_unknown(metric, sums)
    ]
    if metric.kind is Kind.COUNT and metric.need is not None:
        unknown = {key for key, sums in zip(keys, told, strict=True) if is_unknown(metric, sums)}
        rows = [row._replace(value=None) if row.keys in unknown and not row.n else row for row in rows]
    whole = total(told)
    reasons = (
        *present([LeftOut(UNTIMED_REASON, _size(metric, untimed) if untimed else 0)]),
        *left_out(metric, anchors, whole),
    )
    is_not_known = is_unknown(metric, whole) and not any(row.n for row in rows)
    return MetricResult(metric, metric.unit, names.by, in_order(rows), reasons, is_not_known)


def _values(metric: Metric, groups: Groups, places: Mapping[str, int]) -> list[tuple[float | None, int]]:
    """Return the value and n of each group."""
    totals = _totals(metric.numerator, groups, places)
    if metric.kind is Kind.COUNT:
        return [(count, count) for count in totals]
    sizes = _totals(metric.denominator, groups, places)
    return [(count / n if n else None, n) for count, n in zip(totals, sizes, strict=True)]


def _totals(measure: str, groups: Groups, places: Mapping[str, int]) -> list[int]:
    """Return the measure of each group."""
    columns = [[group[places[counter]] for group in groups] for counter in MEASURES[measure]]
    return columns[0] if len(columns) == 1 else [sum(counts) for counts in zip(*columns, strict=True)]


def _size(metric: Metric, sums: Sums) -> int:
    """Return n, the number that a metric is computed over."""
    return measure_total(metric.numerator if metric.kind is Kind.COUNT else metric.denominator, sums)

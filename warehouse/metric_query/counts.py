"""Counts, shares and means: sums of counters."""

from collections.abc import Mapping, Sequence
from datetime import date

import sqlalchemy as sa

from analytics.metrics import Kind, Metric
from warehouse.metric_query.model import LeftOut, MetricResult, MetricRow
from warehouse.metric_query.names import Names
from warehouse.metric_query.ordering import in_order
from warehouse.metric_query.sources import ParameterBag, sources
from warehouse.rollup_sql import counter_sums
from warehouse.rollups import COUNTERS, MEASURES, Anchor

EXCLUDED_REASON = "on tickets marked as spam, merged or test"
UNTIMED_REASON = "known by date only, without a time of day"

Sums = Mapping[str, int]


def answer_counts(
    connection: sa.Connection, metrics: Sequence[Metric], names: Names, start: date, end: date
) -> dict[str, MetricResult]:
    """Answer metrics of counters with one scan."""
    counters = {counter: None for metric in metrics for counter in counters_of(metric)}
    anchors = anchors_of(tuple(counters))
    excluded = [anchor.excluded_counter for anchor in anchors]
    groups = sum_counters(connection, (*counters, *excluded), names, start, end)
    untimed = sum_counters(connection, tuple(counters), names.untimed(), start, end)[()] if names.is_hourly else {}
    return {metric.slug: _result(metric, names, groups, untimed) for metric in metrics}


def counters_of(metric: Metric) -> tuple[str, ...]:
    """Return the counters a metric is computed from."""
    measures = [metric.numerator, *([metric.denominator] if metric.denominator else [])]
    return tuple(dict.fromkeys(counter for measure in measures for counter in MEASURES[measure]))


def anchors_of(counters: Sequence[str]) -> tuple[Anchor, ...]:
    """Return the anchors that count some counters, each once."""
    return tuple({COUNTERS[counter].name: COUNTERS[counter] for counter in counters}.values())


def sum_counters(
    connection: sa.Connection, counters: Sequence[str], names: Names, start: date, end: date
) -> dict[tuple[object, ...], Sums]:
    """Return the sums of counters by the query's keys."""
    bag = ParameterBag()
    parts = []
    for source, anchor in sources(anchors_of(counters), names, start, end, durations=False):
        sums = counter_sums(anchor) if anchor else {name: f"coalesce(sum({name}), 0)" for name in counters}
        columns = [f"{sums.get(name, '0')}::bigint as c{place}" for place, name in enumerate(counters)]
        keys = source.keys(names)
        listed = [*(f"{sql} as k{place}" for place, sql in enumerate(keys)), *columns]
        condition = f"{source.condition(names, bag)} and {source.timed_condition(names)}"
        if anchor:
            condition += f" and {anchor.predicate}"
        parts.append(f"select {', '.join(listed)} from marts.{source.table} where {condition}{_group_by(len(keys))}")
    if not parts:
        return {} if names.by else {(): dict.fromkeys(counters, 0)}
    statement = parts[0] if len(parts) == 1 else _added(parts, len(names.by), len(counters))
    width = len(names.by)
    return {
        tuple(row[:width]): dict(zip(counters, row[width:], strict=True))
        for row in connection.execute(sa.text(statement), bag.values).all()
    }


def _added(parts: Sequence[str], keys: int, counters: int) -> str:
    """Return the SQL of several sources' sums added up."""
    columns = [*(f"k{place}" for place in range(keys)), *(f"sum(c{place})::bigint" for place in range(counters))]
    return f"select {', '.join(columns)} from ({' union all '.join(parts)}) as parts{_group_by(keys)}"


def _group_by(count: int) -> str:
    return f" group by {', '.join(str(place + 1) for place in range(count))}" if count else ""


def measure_total(measure: str, sums: Sums) -> int:
    """Return a measure from the sums of its counters."""
    return sum([sums[counter] for counter in MEASURES[measure]])


def _result(metric: Metric, names: Names, groups: Mapping[tuple[object, ...], Sums], untimed: Sums) -> MetricResult:
    rows = [
        row
        for group, sums in groups.items()
        if (row := _row(metric, tuple(names.key(place, value) for place, value in enumerate(group)), sums)).n
        or not names.by
    ]
    left_out = left_out_of(metric, groups)
    if count := _size(metric, untimed) if untimed else 0:
        left_out = (LeftOut(UNTIMED_REASON, count), *left_out)
    return MetricResult(metric, metric.unit, names.by, in_order(rows), left_out)


def _row(metric: Metric, keys: tuple[object, ...], sums: Sums) -> MetricRow:
    numerator = measure_total(metric.numerator, sums)
    if metric.kind is Kind.COUNT:
        return MetricRow(keys, numerator, numerator)  # type: ignore[arg-type]
    n = _size(metric, sums)
    return MetricRow(keys, numerator / n if n else None, n)  # type: ignore[arg-type]


def _size(metric: Metric, sums: Sums) -> int:
    """Return what a metric is computed over."""
    return measure_total(metric.numerator if metric.kind is Kind.COUNT else metric.denominator, sums)


def left_out_of(metric: Metric, groups: Mapping[tuple[object, ...], Sums]) -> tuple[LeftOut, ...]:
    """Return how much is not counted because the ticket is excluded."""
    anchors = anchors_of(counters_of(metric))
    count = sum(sums.get(anchor.excluded_counter, 0) for sums in groups.values() for anchor in anchors)
    return (LeftOut(EXCLUDED_REASON, count),) if count else ()

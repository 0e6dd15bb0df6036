"""Answers levels such as the backlog: all openings minus all closings, up to the end of each stretch of time."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

import sqlalchemy as sa

from analytics.metrics import Metric
from warehouse.metric_query.counts import anchors_of, counters_of, measure_total, sum_counters
from warehouse.metric_query.grains import CALENDAR_GRAINS, TIME_GRAINS, cell_end, cell_start
from warehouse.metric_query.left_out import counters_left_out, left_out, openings, total
from warehouse.metric_query.model import LeftOut, MetricResult, MetricRow, UnanswerableQueryError
from warehouse.metric_query.names import Names
from warehouse.metric_query.ordering import in_order

_BEGINNING = date(1, 1, 1)


def answer_level(connection: sa.Connection, metric: Metric, names: Names, start: date, end: date) -> MetricResult:
    """Answer one level metric.

    Every stretch of time in the period has a row, also without any event. The last row is the level at the end of the
    period.

    Raises:
        UnanswerableQueryError: If the query splits by hours or weekdays, or by several grains.
    """
    grains = [name for name in names.by if name in TIME_GRAINS]
    clock_filters = [name for name in names.filters if name in TIME_GRAINS]
    if clock_filters or len(grains) > 1 or any(grain not in CALENDAR_GRAINS for grain in grains):
        message = f"{metric.label} cannot be split or filtered by {', '.join([*grains, *clock_filters])}."
        raise UnanswerableQueryError(message, f"Use one of: {', '.join(CALENDAR_GRAINS)}.")
    counters = counters_of(metric)
    asked = tuple(dict.fromkeys((*counters, *counters_left_out(metric, anchors_of(counters)))))
    if not grains:
        sums = sum_counters(connection, asked, names, _BEGINNING, end)
        rows = [_row(names, group, _level(metric, each)) for group, each in sums.items()]
        shown = in_order(row for row in rows if row.n or not names.by)
        return MetricResult(metric, metric.unit, names.by, shown, _left_out(metric, sums.values()))
    return _running(connection, metric, names, (start, end), grains[0], asked)


def _running(
    connection: sa.Connection,
    metric: Metric,
    names: Names,
    period: tuple[date, date],
    grain: str,
    asked: tuple[str, ...],
) -> MetricResult:
    place = names.by.index(grain)
    others = replace(names, by=tuple(name for name in names.by if name != grain))
    before = sum_counters(connection, asked, others, _BEGINNING, period[0])
    within = sum_counters(connection, asked, names, *period)
    levels = {group: _level(metric, sums) for group, sums in before.items()}
    changes = {group: _level(metric, sums) for group, sums in within.items()}
    for group in changes:
        levels.setdefault(_without(group, place), 0)
    rows = []
    for cell in _cells(*period, grain):
        for group, level in tuple(levels.items()):
            key = (*group[:place], cell, *group[place:])
            levels[group] = level + changes.get(key, 0)
            rows.append(_row(names, key, levels[group]))
    left = _left_out(metric, (*before.values(), *within.values()))
    return MetricResult(metric, metric.unit, names.by, in_order(rows), left)


def _without(group: tuple[object, ...], place: int) -> tuple[object, ...]:
    return (*group[:place], *group[place + 1 :])


def _cells(start: date, end: date, grain: str) -> Iterator[date]:
    """Yield the first day of every cell that has a day in [start, end)."""
    day = start
    while day < end:
        yield cell_start(day, grain)
        day = cell_end(day, grain)


def _level(metric: Metric, sums: Mapping[str, int]) -> int:
    return measure_total(metric.numerator, sums) - measure_total(metric.denominator, sums)


def _left_out(metric: Metric, groups: Iterable[Mapping[str, int]]) -> tuple[LeftOut, ...]:
    """Return the solved tickets without a date, and the tickets left out that are open at the end."""
    anchors = anchors_of(counters_of(metric))
    told = frozenset(name for anchor in anchors for name in anchor.left_out_counters)
    signed = {
        counter: count * (openings(counter) if counter in told else 1) for counter, count in total(groups).items()
    }
    return left_out(metric, anchors, signed)


def _row(names: Names, group: tuple[object, ...], level: int) -> MetricRow:
    keys = tuple(names.key(place, value) for place, value in enumerate(group))
    return MetricRow(keys, level, level)

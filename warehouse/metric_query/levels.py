"""Answers levels such as the backlog: all openings minus all closings, up to the end of each day, week or month."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

import sqlalchemy as sa

from analytics.metrics import Metric
from warehouse.metric_query.counts import anchors_of, counters_of, left_out_of, measure_total, sum_counters
from warehouse.metric_query.model import MetricResult, MetricRow, UnanswerableQueryError
from warehouse.metric_query.names import CALENDAR_GRAINS, TIME_GRAINS, Names
from warehouse.metric_query.ordering import in_order
from warehouse.rollups.declaration import COUNTERS

_BEGINNING = date(1, 1, 1)


def answer_level(connection: sa.Connection, metric: Metric, names: Names, start: date, end: date) -> MetricResult:
    """Answer one level metric.

    Every day, week or month of the period has a row, also without any event. The last row is the level at the end of
    the period.

    Raises:
        UnanswerableQueryError: If the query splits by hours or weekdays, or by several grains.
    """
    grains = [name for name in names.by if name in TIME_GRAINS]
    clock_filters = [name for name in names.filters if name in TIME_GRAINS]
    if clock_filters or len(grains) > 1 or any(grain not in CALENDAR_GRAINS for grain in grains):
        message = f"{metric.label} cannot be split or filtered by {', '.join([*grains, *clock_filters])}."
        raise UnanswerableQueryError(message, "Use one of day, week or month.")
    counters = counters_of(metric)
    asked = (*counters, *(anchor.excluded_counter for anchor in anchors_of(counters)))
    if not grains:
        sums = sum_counters(connection, asked, names, _BEGINNING, end)
        rows = [_row(names, group, _level(metric, each)) for group, each in sums.items()]
        shown = in_order(row for row in rows if row.n or not names.by)
        return MetricResult(
            metric, metric.unit, names.by, shown, left_out_of(metric, {(): _open_excluded(counters, sums)})
        )
    return _running(connection, metric, names, start, end, grains[0])


def _running(
    connection: sa.Connection, metric: Metric, names: Names, start: date, end: date, grain: str
) -> MetricResult:
    counters = counters_of(metric)
    place = names.by.index(grain)
    others = replace(names, by=tuple(name for name in names.by if name != grain))
    before = sum_counters(connection, counters, others, _BEGINNING, start)
    within = sum_counters(connection, counters, names, start, end)
    levels = {group: _level(metric, sums) for group, sums in before.items()}
    changes = {group: _level(metric, sums) for group, sums in within.items()}
    for group in changes:
        levels.setdefault(_without(group, place), 0)
    rows = []
    for cell in _cells(start, end, grain):
        for group, level in tuple(levels.items()):
            key = (*group[:place], cell, *group[place:])
            levels[group] = level + changes.get(key, 0)
            rows.append(_row(names, key, levels[group]))
    return MetricResult(metric, metric.unit, names.by, in_order(rows))


def _without(group: tuple[object, ...], place: int) -> tuple[object, ...]:
    return (*group[:place], *group[place + 1 :])


def _cells(start: date, end: date, grain: str) -> Iterator[date]:
    """Yield the first day of every cell that has a day in [start, end)."""
    day = start
    while day < end:
        if grain == "month":
            first = day.replace(day=1)
            following = (first + timedelta(days=31)).replace(day=1)
        else:
            first = day - timedelta(days=day.weekday()) if grain == "week" else day
            following = first + timedelta(days=7 if grain == "week" else 1)
        yield first
        day = following


def _level(metric: Metric, sums: Mapping[str, int]) -> int:
    return measure_total(metric.numerator, sums) - measure_total(metric.denominator, sums)


def _open_excluded(counters: tuple[str, ...], groups: Mapping[tuple[object, ...], Mapping[str, int]]) -> dict[str, int]:
    """Return the openings of excluded tickets, and their closings as negative numbers; the sum is those still open."""
    return {
        anchor.excluded_counter: sum(sums[anchor.excluded_counter] for sums in groups.values())
        * (-1 if COUNTERS["closed"] is anchor else 1)
        for anchor in anchors_of(counters)
    }


def _row(names: Names, group: tuple[object, ...], level: int) -> MetricRow:
    keys = tuple(names.key(place, value) for place, value in enumerate(group))
    return MetricRow(keys, level, level)

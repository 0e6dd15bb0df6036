"""Answer a metric from happenings in plain Python, with exact quantiles."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from analytics.metrics import METRICS, Kind, Metric
from tests.reference.happenings import Happening
from warehouse.metric_query import MetricQuery
from warehouse.rollups.declaration import MEASURES

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """One expected line: value, n and for durations p90 and mean."""

    value: float | None
    n: int
    p90: float | None = None
    mean: float | None = None


def expected_rows(happenings: list[Happening], query: MetricQuery) -> dict[Key, Expected]:
    """Return the expected rows by their keys; rows without anything are absent."""
    metric = METRICS[query.metric]
    chosen = [each for each in happenings if _fits(each, query)]
    if metric.kind is Kind.LEVEL:
        return _levels(chosen, query)
    inside = [each for each in chosen if query.start <= each.day < query.end]
    groups: dict[Key, list[Happening]] = defaultdict(list)
    for each in inside:
        groups[tuple(_key(each, name) for name in query.by)].append(each)
    if metric.kind is Kind.DURATION:
        return _durations(groups, metric)
    answers = {key: _answer(group, metric) for key, group in groups.items()}
    return {key: answer for key, answer in answers.items() if answer.n}


def _fits(each: Happening, query: MetricQuery) -> bool:
    if each.hour is None and any(name in {"hour", "hour_of_week"} for name in query.by):
        return False
    return all(each.dimensions[name] in values for name, values in query.where)


def _key(each: Happening, name: str) -> Any:
    weekday = each.day.weekday()
    named = {
        "day": each.day,
        "week": each.day - timedelta(days=weekday),
        "month": each.day.isoformat()[:7],
        "quarter": f"{each.day.year}-Q{(each.day.month + 2) // 3}",
        "year": str(each.day.year),
        "weekday": weekday,
        "hour": each.hour,
        "hour_of_week": None if each.hour is None else weekday * 24 + each.hour,
    }
    return named[name] if name in named else each.dimensions[name]


def _total(group: list[Happening], measure: str) -> float:
    return sum(each.amount for each in group if each.measure in MEASURES[measure])


def _answer(group: list[Happening], metric: Metric) -> Expected:
    numerator = _total(group, metric.numerator)
    if metric.kind is Kind.COUNT:
        return Expected(numerator, int(numerator))
    if metric.kind is Kind.DISTINCT:
        resolved = [each for each in group if each.measure == metric.numerator]
        return Expected(len({each.customer for each in resolved}), len(resolved))
    n = int(_total(group, metric.denominator))
    return Expected(numerator / n if n else None, n)


def _durations(groups: dict[Key, list[Happening]], metric: Metric) -> dict[Key, Expected]:
    named = {key: [each for each in group if each.measure == metric.numerator] for key, group in groups.items()}
    is_days = not any(not each.is_days for group in named.values() for each in group)
    answers = {}
    for key, group in named.items():
        amounts = [each.amount / (1 if is_days else 60) for each in group if each.is_days == is_days]
        if amounts:
            median, p90 = (float(np.percentile(amounts, q)) for q in (50, 90))
            answers[key] = Expected(median, len(amounts), p90, sum(amounts) / len(amounts))
    return answers


def _levels(chosen: list[Happening], query: MetricQuery) -> dict[Key, Expected]:
    """Count, at the end of every cell, the tickets opened and not closed so far."""
    grain = next((name for name in query.by if name in {"day", "week", "month", "quarter", "year"}), None)
    others = [name for name in query.by if name != grain]
    sign = {"created": 1, "opened_again": 1, "closed": -1, "solved_undated": -1}
    moves = [
        (each.day, tuple(_key(each, name) for name in others), sign[each.measure])
        for each in chosen
        if each.measure in sign
    ]
    answers = {}
    for cell, after in _cells(query.start, query.end, grain):
        levels: dict[Key, int] = defaultdict(int)
        for day, group, change in moves:
            if day < after:
                levels[group] += change
        for group, level in levels.items():
            keys = dict(zip(others, group, strict=True)) | ({grain: cell} if grain else {})
            answers[tuple(keys[name] for name in query.by)] = Expected(level, level)
    return {key: answer for key, answer in answers.items() if answer.n}


def _cells(start: date, end: date, grain: str | None) -> list[tuple[Any, date]]:
    """Return (key, first day after) of every cell."""
    if grain is None:
        return [(None, end)]
    last_days: dict[Any, date] = {}
    for number in range((end - start).days):
        day = start + timedelta(days=number)
        key = {
            "day": day,
            "week": day - timedelta(days=day.weekday()),
            "month": day.isoformat()[:7],
            "quarter": f"{day.year}-Q{(day.month + 2) // 3}",
            "year": str(day.year),
        }[grain]
        last_days[key] = day + timedelta(days=1)
    return list(last_days.items())

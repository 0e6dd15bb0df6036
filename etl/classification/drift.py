"""How the classifier's answers shift from week to week."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from analytics.drift import population_stability_index
from etl.running.sql import read_sql

REFERENCE_WEEKS: Final = 12
"""Each week is compared with this many earlier weeks that had tickets."""


@dataclass(slots=True)
class Week:
    """The classifier's answers for the tickets created in one week.

    Attributes:
        start_date: Monday of the week, in the reporting time zone.
        categories: Predicted category -> number of tickets.
        abstention_count: Tickets on which the classifier abstained.
        confidence_sum: Sum of the confidences of all tickets.
    """

    start_date: date
    categories: Counter[str] = field(default_factory=Counter)
    abstention_count: int = 0
    confidence_sum: float = 0.0


def weeks(connection: sa.Connection, time_zone: str) -> list[dict[str, Any]]:
    """Return the rows of `ops.classifier_weeks`, the oldest week first."""
    corrections = {
        row.week_start_date: row for row in _ask(connection, "classification/sql/corrected_weeks.sql", time_zone)
    }
    found: dict[date, Week] = {}
    for row in _ask(connection, "classification/sql/weeks.sql", time_zone):
        week = found.setdefault(row.week_start_date, Week(row.week_start_date))
        week.categories[row.category] += row.ticket_count
        week.abstention_count += row.abstention_count
        week.confidence_sum += row.confidence_sum
    for start_date in corrections:
        found.setdefault(start_date, Week(start_date))
    ordered = [found[start_date] for start_date in sorted(found)]
    return [
        _row(week, ordered[max(0, place - REFERENCE_WEEKS) : place], corrections) for place, week in enumerate(ordered)
    ]


def _ask(connection: sa.Connection, path: str, time_zone: str) -> Iterator[sa.Row[Any]]:
    yield from connection.execute(sa.text(read_sql(path)), {"time_zone": time_zone})


def _row(week: Week, before: list[Week], corrections: Mapping[date, sa.Row[Any]]) -> dict[str, Any]:
    expected = sum((each.categories for each in before), Counter[str]())
    ticket_count = week.categories.total()
    is_comparable = bool(expected) and bool(ticket_count)
    corrected = corrections.get(week.start_date)
    return {
        "week_start_date": week.start_date,
        "ticket_count": ticket_count,
        "abstention_count": week.abstention_count,
        "mean_confidence": week.confidence_sum / ticket_count if ticket_count else None,
        "category_counts": dict(week.categories),
        "stability_index": population_stability_index(expected, week.categories) if is_comparable else None,
        "corrected_count": corrected.corrected_count if corrected else 0,
        "correct_count": corrected.correct_count if corrected else 0,
    }

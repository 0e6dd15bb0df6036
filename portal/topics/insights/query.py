"""What the jobs wrote down of what the data says."""

from datetime import timedelta
from typing import Any, Final

import sqlalchemy as sa

from analytics.vocabulary import InsightJob
from portal.numbers import phrasing
from portal.numbers.filters import Comparison, Period, TicketFilters
from portal.numbers.phrasing import Tone
from portal.topics.insights.dataset import GapRow, InsightRow, Insights
from warehouse.tables.insights import insight_gaps, insight_runs
from warehouse.tables.insights import insights as insights_table

_TOPICS: Final = {
    "slowest": "What takes longest",
    "worst_targets": "Targets",
    "targets_at_risk": "Targets at risk",
    "support_need": "Who needs most support",
    "season": "Season",
    "odd_days": "Odd days",
    "ratings": "What goes with ratings",
    "agents": "Agents",
    "churn": "Customers who leave",
    "demand": "The weeks ahead",
    "staffing": "People",
}
_NEWS: Final = ("odd_days", "targets_at_risk", "demand", "staffing")
"""What changes from day to day; the rest is how the desk is."""


def insights(connection: sa.Connection) -> Insights:
    """Return what is said, and what could not be."""
    rows = connection.execute(sa.select(insights_table).order_by(insights_table.c.place))
    gaps = connection.execute(sa.select(insight_gaps).order_by(insight_gaps.c.topic))
    run = connection.execute(
        sa.select(insight_runs).where(insight_runs.c.job == InsightJob.WRITE_INSIGHTS)
    ).one_or_none()
    return Insights(
        tuple(_row(row) for row in rows),
        tuple(GapRow(_TOPICS.get(row.topic, row.topic), row.why, row.what_to_do) for row in gaps),
        0 if run is None else run.looked_at_count,
        None if run is None else run.start_date,
        None if run is None else run.end_date - timedelta(days=1),
    )


def news(connection: sa.Connection, most: int) -> tuple[InsightRow, ...]:
    """Return the insights that are news of the last days, the most important first.

    Args:
        connection: Any.
        most: How many.
    """
    table = insights_table
    query = sa.select(table).where(table.c.topic.in_(_NEWS), table.c.tone == "bad").order_by(table.c.place).limit(most)
    return tuple(_row(row) for row in connection.execute(query))


def _row(row: sa.Row[Any]) -> InsightRow:
    where = tuple((name, tuple(values)) for name, values in sorted(row.filters.items()))
    filters = TicketFilters(row.start_date, row.end_date, Period.CUSTOM, Comparison.NONE, where)
    return InsightRow(
        _TOPICS.get(row.topic, row.topic),
        row.title,
        row.detail,
        row.action,
        Tone(row.tone) if row.tone in set(Tone) else Tone.NEUTRAL,
        row.first_said_date,
        filters.href(row.path, **row.parameters),
        _size(row.effect, row.effect_unit),
        f"{_size(row.effect_low, row.effect_unit)} to {_size(row.effect_high, row.effect_unit)}",
        row.ticket_count,
        row.topic in _NEWS,
    )


def _size(value: float, unit: str) -> str:
    if unit == "times":
        return f"{value:.2f}{phrasing.SPACE}×"
    if unit == "share":
        return f"{phrasing.signed(f'{100 * value:.0f}'.replace('-', phrasing.MINUS), 'pt') or '0'}"
    if unit == "rating":
        return f"{value:+.2f}".replace("-", phrasing.MINUS)
    return phrasing.count(value)

"""What the jobs wrote down of what the data says."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

import sqlalchemy as sa

from analytics.insights.finding import Claim, Effect, Missing
from analytics.vocabulary import InsightJob
from portal.numbers.filters import Comparison, Period, TicketFilters
from portal.numbers.phrasing import Tone
from portal.topics.insights.dataset import GapRow, InsightRow, Insights
from warehouse.tables.insights import insight_gaps, insight_runs
from warehouse.tables.insights import insights as insights_table

_NEWS: Final = ("odd_days", "targets_at_risk", "demand", "staffing")
"""What changes from day to day; the rest is how the desk is."""
_NAMES: Final = "select slug, name from marts.category_names"


def insights(connection: sa.Connection, own: str) -> Insights:
    """Return what is said, and what could not be.

    Args:
        connection: Any.
        own: What the reader chose himself, as `TicketFilters.own`; the links carry it on.
    """
    told = _category_names(connection)
    rows = connection.execute(sa.select(insights_table).order_by(insights_table.c.place))
    gaps = connection.execute(sa.select(insight_gaps).order_by(insight_gaps.c.topic))
    run = connection.execute(
        sa.select(insight_runs).where(insight_runs.c.job == InsightJob.WRITE_INSIGHTS)
    ).one_or_none()
    return Insights(
        tuple(_row(row, told, own) for row in rows),
        tuple(GapRow(row.topic, Missing(row.missing), row.facts) for row in gaps),
        0 if run is None else run.looked_at_count,
        None if run is None else run.start_date,
        None if run is None else run.end_date - timedelta(days=1),
    )


def news(connection: sa.Connection, most: int, own: str) -> tuple[InsightRow, ...]:
    """Return the insights that are news of the last days, the most important first.

    Args:
        connection: Any.
        most: How many.
        own: As above.
    """
    table = insights_table
    query = sa.select(table).where(table.c.topic.in_(_NEWS), table.c.tone == "bad").order_by(table.c.place).limit(most)
    told = _category_names(connection)
    return tuple(_row(row, told, own) for row in connection.execute(query))


def _category_names(connection: sa.Connection) -> dict[str, str]:
    """Return what a manager calls each category."""
    return {row.slug: row.name for row in connection.execute(sa.text(_NAMES))}


def _row(row: sa.Row[Any], told: Mapping[str, str], own: str) -> InsightRow:
    where = tuple((name, tuple(values)) for name, values in sorted(row.filters.items()))
    filters = TicketFilters(row.start_date, row.end_date, Period.CUSTOM, Comparison.NONE, where, own=own)
    return InsightRow(
        row.topic,
        Claim(row.claim),
        row.facts,
        told,
        Effect(row.effect, row.effect_low, row.effect_high, row.effect_unit),
        row.ticket_count,
        row.start_date,
        row.end_date,
        Tone(row.tone) if row.tone in set(Tone) else Tone.NEUTRAL,
        row.first_said_date,
        filters.href(row.path, **row.parameters),
        row.topic in _NEWS,
    )

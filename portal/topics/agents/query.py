"""Agents as the job compared them."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from analytics.metrics import METRICS
from analytics.vocabulary import SIGNIFICANCE
from portal.numbers.filters import Comparison, Period, TicketFilters
from portal.numbers.reader import tickets_href
from portal.topics.agents.dataset import AgentFigures, AgentRow
from warehouse.tables.insights import agent_figures, agent_metrics

_BUSINESS = {"first_reply_time": "first_reply_business_time", "resolution_time": "resolution_business_time"}


def figures(connection: sa.Connection, slug: str, own: str = "") -> AgentFigures:
    """Return all agents on a metric.

    Args:
        connection: Any.
        slug: "resolution_time", "first_reply_time", "mean_rating", "csat" or "reopen_rate".
        own: What the reader chose himself, as `TicketFilters.own`; the links carry it on.
    """
    whole = connection.execute(sa.select(agent_metrics).where(agent_metrics.c.metric == slug)).one_or_none()
    if whole is None:
        return AgentFigures(METRICS[slug], (), None, None, "", 0, 0.0, 0.0)
    shown = _BUSINESS[slug] if whole.clock == "business" and slug in _BUSINESS else slug
    filters = TicketFilters(whole.start_date, whole.end_date, Period.CUSTOM, Comparison.NONE, own=own)
    query = sa.select(agent_figures).where(agent_figures.c.metric == slug).order_by(agent_figures.c.agent)
    rows = tuple(_row(row, filters, shown) for row in connection.execute(query))
    last = whole.end_date - timedelta(days=1)
    sizes = (whole.ticket_count, whole.agent_spread, whole.ticket_log_deviation)
    return AgentFigures(METRICS[shown], rows, whole.start_date, last, whole.clock, *sizes)


def _row(row: sa.Row[Any], filters: TicketFilters, slug: str) -> AgentRow:
    chosen = filters.with_values("agent", (row.agent,))
    differs = row.is_judged and row.q_value is not None and row.q_value <= SIGNIFICANCE
    values = (row.observed, row.expected, row.ratio, row.ratio_low, row.ratio_high, row.pooled_ratio)
    return AgentRow(row.agent, row.ticket_count, *values, row.is_judged, differs, tickets_href(chosen, slug))

"""The work of `write_insights`."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from analytics.insights.finding import Gap
from analytics.insights.ranking import Insight, ranked
from analytics.vocabulary import InsightJob
from etl.insights import elsewhere
from etl.insights.findings import Found, ticket_findings, volume_findings
from etl.insights.saving import record_look, replace_rows
from etl.insights.tickets import last_complete_day, last_year, read_tickets
from etl.running.job import JobContext, JobResult
from warehouse.tables.insights import insight_gaps, insights


def write_all_insights(context: JobContext) -> JobResult:
    """Look at everything, and store the findings that their confidence intervals support."""
    with context.engine.begin() as connection:
        today = context.now.astimezone(ZoneInfo(context.time_zone)).date()
        last = last_complete_day(connection, today)
        if last is None:
            return JobResult(replace_rows(connection, {insights: [], insight_gaps: []}))
        parts = _look(connection, last, today)
        findings = [finding for part in parts for finding in part.findings]
        said = ranked(findings)
        before = _first_said(connection)
        changed = replace_rows(
            connection,
            {
                insights: [_row(place, each, before, last) for place, each in enumerate(said, start=1)],
                insight_gaps: _gap_rows([gap for part in parts for gap in part.gaps]),
            },
        )
        record_look(connection, InsightJob.WRITE_INSIGHTS, context.now, last_year(last), len(findings))
    return JobResult(changed, {"looked_at": len(findings), "said": len(said)})


def _look(connection: sa.Connection, last: date, today: date) -> tuple[Found, ...]:
    period = last_year(last)
    return (
        ticket_findings(connection, read_tickets(connection, *period), period),
        volume_findings(connection, last, today),
        elsewhere.agents(connection, period),
        elsewhere.drivers(connection, period),
        elsewhere.churn(connection, period),
        elsewhere.demand(connection),
        elsewhere.staffing(connection, last),
    )


def _first_said(connection: sa.Connection) -> dict[tuple[str, str], date]:
    """Return the date since which each insight has been shown without a break."""
    rows = connection.execute(sa.select(insights.c.topic, insights.c.subject, insights.c.first_said_date))
    return {(row.topic, row.subject): row.first_said_date for row in rows}


def _row(place: int, said: Insight, before: dict[tuple[str, str], date], last: date) -> dict[str, Any]:
    finding = said.finding
    return {
        "place": place,
        "topic": finding.topic.value,
        "claim": finding.claim.value,
        "subject": finding.subject,
        "facts": dict(finding.facts),
        "tone": finding.tone,
        "effect": finding.effect.value,
        "effect_low": finding.effect.low,
        "effect_high": finding.effect.high,
        "effect_unit": finding.effect.unit,
        "ticket_count": finding.n,
        "q_value": said.q_value,
        "start_date": finding.start,
        "end_date": finding.end,
        "path": finding.path,
        "filters": {name: list(values) for name, values in finding.where.items()},
        "parameters": dict(finding.parameters),
        "first_said_date": before.get((finding.topic.value, finding.subject), last),
    }


def _gap_rows(gaps: Sequence[Gap]) -> list[dict[str, Any]]:
    """Return one row for each topic of which something cannot be told, also where something else can."""
    rows = {gap.topic: gap for gap in gaps}
    return [{"topic": gap.topic.value, "missing": gap.missing.value, "facts": dict(gap.facts)} for gap in rows.values()]

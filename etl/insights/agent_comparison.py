"""The work of `compare_agents`."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from analytics.vocabulary import InsightJob
from etl.insights.agents import METRICS, Compared, compare, figure_rows
from etl.insights.saving import record_look, replace_rows
from etl.insights.tickets import labels, last_complete_day, last_year, read_tickets
from etl.running.job import JobContext, JobResult
from warehouse.tables.insights import agent_figures, agent_metrics


def compare_all_agents(context: JobContext) -> JobResult:
    """Compare agents by each metric, and store the results."""
    with context.engine.begin() as connection:
        today = context.now.astimezone(ZoneInfo(context.time_zone)).date()
        last = last_complete_day(connection, today)
        period = last_year(last or today)
        tickets = read_tickets(connection, *period)
        names = labels(connection, "agent")
        found = [compare(tickets, metric) for metric in METRICS]
        found = [each for each in found if each.comparison.agents]
        rows = [row for each in found for row in figure_rows(each, names)]
        changed = replace_rows(
            connection, {agent_metrics: [_metric_row(each, period) for each in found], agent_figures: rows}
        )
        record_look(
            connection, InsightJob.COMPARE_AGENTS, context.now, period, sum(bool(row["is_judged"]) for row in rows)
        )
    return JobResult(changed, {"figures": len(rows)})


def _metric_row(compared: Compared, period: tuple[date, date]) -> dict[str, Any]:
    comparison = compared.comparison
    return {
        "metric": compared.metric.slug,
        "start_date": period[0],
        "end_date": period[1],
        "clock": compared.clock,
        "ticket_count": compared.ticket_count,
        "agent_spread": comparison.spread,
        "dispersion": comparison.dispersion,
        "ticket_log_deviation": comparison.usual_error,
    }

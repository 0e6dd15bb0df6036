"""Bring the marts up to date with the tickets that changed."""

from typing import Final

from etl.marts.country import chosen_countries
from etl.marts.holidays import keep_holidays
from etl.marts.refresh import refresh_marts
from etl.running.job import Job, JobContext, JobResult

MARTS_LOCK: Final = "marts"
"""Refresh and rebuild write the same tables and take turns."""

READS: Final = (
    "support.ticket_changes",
    "support.support_tickets",
    "support.customer_interactions",
    "support.ticket_status_history",
    "support.ticket_field_history",
    "support.sla_policies",
    "support.business_calendars",
    "support.business_windows",
    "support.business_exceptions",
    "support.teams",
)
WRITES: Final = (
    "support.business_calendars",
    "support.business_exceptions",
    "marts.fct_tickets",
    "marts.fct_ticket_events",
    "marts.agg_*",
    "ops.data_version",
)


def _run(context: JobContext) -> JobResult:
    with context.engine.begin() as connection:
        keep_holidays(connection, chosen_countries(context.time_zone), context.time_zone)
        outcome = refresh_marts(connection, context.time_zone)
    return JobResult(outcome.ticket_count, {"rebuilt": int(outcome.is_rebuild)})


JOB: Final = Job(
    "refresh_marts",
    "Derives the facts of changed tickets and adds the difference to the rollups.",
    READS,
    WRITES,
    _run,
    lock=MARTS_LOCK,
    schedule="5 * * * *",
)

"""Plan who is needed in the coming weeks, from the newest forecast."""

from typing import Final

from etl.running.job import Job, JobContext, JobResult


def _run(context: JobContext) -> JobResult:
    # Imported late: listing or watching jobs should not load NumPy and SciPy, which take seconds and memory.
    from etl.staffing.planning import plan_staffing  # noqa: PLC0415

    return plan_staffing(context)


JOB: Final = Job(
    "plan_staffing",
    "Plans who is needed in the coming weeks from the newest forecast, handle times and the open tickets.",
    (
        "marts.demand_forecast_hours",
        "marts.demand_forecast_days",
        "support.support_tickets",
        "support.customer_interactions",
        "support.staffing_settings",
        "support.staffing_targets",
        "support.business_calendars",
        "marts.fct_tickets",
    ),
    ("marts.staffing_plan", "marts.staffing_hours", "marts.staffing_channel_hours", "marts.staffing_shifts"),
    _run,
    lock="plan_staffing",
    schedule="20 * * * *",
)

"""Look ahead ninety days: tickets by day and hour, in total and by category, channel and customer type."""

from typing import Final

from etl.running.job import Job, JobContext, JobResult


def _run(context: JobContext) -> JobResult:
    # Whoever lists or watches jobs is spared Prophet and statsforecast, their seconds and their memory.
    from etl.forecasting.looking_ahead import look_ahead_everywhere  # noqa: PLC0415

    return look_ahead_everywhere(context)


JOB: Final = Job(
    "forecast_demand",
    "Looks ninety days ahead, by day and hour, in total and in parts, and holds earlier forecasts against what came.",
    ("marts.agg_*", "marts.fct_tickets", "support.desk_events"),
    (
        "marts.demand_series",
        "marts.demand_forecasts",
        "marts.demand_backtests",
        "marts.demand_accuracy",
        "marts.demand_components",
        "marts.demand_forecast_hours",
        "marts.demand_holidays",
    ),
    _run,
    lock="forecast_demand",
    schedule="15 * * * *",
)

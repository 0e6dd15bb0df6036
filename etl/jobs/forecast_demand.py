"""Forecast ninety days: tickets by day and hour, in total and by category, channel and customer type."""

from typing import Final

from etl.running.job import Job, JobContext, JobResult


def _run(context: JobContext) -> JobResult:
    # Imported late: listing or watching jobs should not load Prophet and statsforecast, which take seconds and memory.
    from etl.forecasting.looking_ahead import look_ahead_everywhere  # noqa: PLC0415

    return look_ahead_everywhere(context)


JOB: Final = Job(
    "forecast_demand",
    "Forecasts ninety days, by day and hour, in total and in parts, and compares earlier forecasts with what came.",
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

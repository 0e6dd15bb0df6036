"""Forecast the hours left of today from the tickets that have come so far."""

from typing import Final

from etl.running.job import Job, JobContext, JobResult


def _run(context: JobContext) -> JobResult:
    # Imported late: listing or watching jobs should not load NumPy and SciPy, which take seconds and memory.
    from etl.forecasting.today import reforecast_today  # noqa: PLC0415

    return reforecast_today(context)


JOB: Final = Job(
    "reforecast_today",
    "Forecasts the hours left of today from the tickets that have come so far, in total, by channel and by category.",
    ("marts.agg_*", "marts.fct_tickets", "marts.demand_series", "marts.demand_forecast_hours"),
    ("marts.demand_today", "marts.demand_today_hours"),
    _run,
    lock="reforecast_today",
    schedule="18 * * * *",
)

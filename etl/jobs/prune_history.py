"""Delete old history: runs, check results, forecasts, and records that were replaced or released long ago."""

from datetime import datetime, timedelta
from typing import Final

import sqlalchemy as sa

from etl.running.job import Job, JobContext, JobResult
from warehouse.tables.forecasts import demand_forecasts, demand_series
from warehouse.tables.ops import data_quality_results, job_runs
from warehouse.tables.raw import desk_changes, imports, quarantined_records, replaced_records, superseded_records

KEPT_DAYS: Final = 400
"""More than a year, so that the same season can be compared."""
KEPT_FORECAST_DAYS: Final = 240
"""Days before the newest forecast of a series: half a year and four weeks are scored, and a month is to spare."""


def _run(context: JobContext) -> JobResult:
    before = context.now - timedelta(days=KEPT_DAYS)
    old = {
        job_runs: job_runs.c.started_at,
        data_quality_results: data_quality_results.c.checked_at,
        superseded_records: superseded_records.c.superseded_at,
        quarantined_records: quarantined_records.c.released_at,
    }
    with context.engine.begin() as connection:
        _forget_replaced(connection, before)
        counts = {
            table.name: connection.execute(sa.delete(table).where(moment < before)).rowcount
            for table, moment in old.items()
        }
        counts[demand_forecasts.name] = connection.execute(_old_forecasts()).rowcount
    return JobResult(sum(counts.values()), counts)


def _forget_replaced(connection: sa.Connection, before: datetime) -> None:
    """Delete what old imports replaced; from then on they cannot be taken back."""
    old = sa.select(imports.c.id).where(imports.c.started_at < before)
    for table in (replaced_records, desk_changes):
        connection.execute(sa.delete(table).where(table.c.import_id.in_(old)))
    connection.execute(
        sa.update(imports).where(imports.c.started_at < before, imports.c.keeps_replaced).values(keeps_replaced=False)
    )


def _old_forecasts() -> sa.Delete:
    """Return the statement that deletes forecasts made long before the newest one of their series.

    If a series no longer exists, the newest forecast of any series counts. Age is not counted from today, so that a
    desk without new tickets keeps the forecasts that its page shows.
    """
    newest = sa.select(demand_series.c.cutoff_date).where(demand_series.c.series_key == demand_forecasts.c.series_key)
    newest_of_any = sa.select(sa.func.max(demand_series.c.cutoff_date))
    latest = sa.func.coalesce(newest.scalar_subquery(), newest_of_any.scalar_subquery())
    return sa.delete(demand_forecasts).where(demand_forecasts.c.cutoff_date < latest - KEPT_FORECAST_DAYS)


JOB: Final = Job(
    "prune_history",
    f"Deletes runs, check results and replaced or released records older than {KEPT_DAYS} days, and forecasts made"
    f" {KEPT_FORECAST_DAYS} days before the newest.",
    ("marts.demand_series",),
    (
        "ops.job_runs",
        "ops.data_quality_results",
        "raw.superseded_records",
        "raw.quarantined_records",
        "raw.replaced_records",
        "raw.desk_changes",
        "raw.imports",
        "marts.demand_forecasts",
    ),
    _run,
    lock="prune_history",
    schedule="45 1 * * *",
)

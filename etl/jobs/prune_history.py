"""Delete what nobody looks back at: old runs, old check results, records that were replaced or released long ago."""

from datetime import timedelta
from typing import Final

import sqlalchemy as sa

from etl.job import Job, JobContext, JobResult
from warehouse.tables.ops import data_quality_results, job_runs
from warehouse.tables.raw import quarantined_records, superseded_records

KEPT_DAYS: Final = 400
"""More than a year, so that the same season can be compared."""


def _run(context: JobContext) -> JobResult:
    before = context.now - timedelta(days=KEPT_DAYS)
    old = {
        job_runs: job_runs.c.started_at,
        data_quality_results: data_quality_results.c.checked_at,
        superseded_records: superseded_records.c.superseded_at,
        quarantined_records: quarantined_records.c.released_at,
    }
    with context.engine.begin() as connection:
        counts = {
            table.name: connection.execute(sa.delete(table).where(moment < before)).rowcount
            for table, moment in old.items()
        }
    return JobResult(sum(counts.values()), counts)


JOB: Final = Job(
    "prune_history",
    f"Deletes runs, check results and replaced or released records older than {KEPT_DAYS} days.",
    (),
    ("ops.job_runs", "ops.data_quality_results", "raw.superseded_records", "raw.quarantined_records"),
    _run,
    lock="prune_history",
    schedule="45 1 * * *",
)

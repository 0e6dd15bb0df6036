"""Look for tickets that cannot be right, by the rules in etl/quality/sql."""

from pathlib import PurePosixPath
from typing import Final

import sqlalchemy as sa

from etl.running.job import Job, JobContext, JobResult
from etl.running.sql import read_sql, sql_files
from warehouse.tables.ops import data_quality_results

_SAMPLE_SIZE: Final = 20


def _run(context: JobContext) -> JobResult:
    """Run every rule, all in one snapshot of the database, so that their results agree with one another."""
    counts: dict[str, int] = {}
    with context.engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        for path in sql_files("quality/sql"):
            check = PurePosixPath(path).stem
            context.say(check.replace("_", " "))
            counts[check] = _check(connection, check, read_sql(path), context)
        connection.commit()
    return JobResult(len(counts), {"failing": sum(counts.values()), **counts})


def _check(connection: sa.Connection, check: str, sql: str, context: JobContext) -> int:
    statement = (
        "select count(distinct ticket_id) as failing, (array_agg(distinct ticket_id order by ticket_id))[1:"
        f"{_SAMPLE_SIZE}] as sample from ({sql}) as failing"
    )
    row = connection.execute(sa.text(statement)).one()
    connection.execute(
        sa.insert(data_quality_results).values(
            check_name=check,
            checked_at=context.now,
            failing_count=row.failing,
            sample_ticket_ids=row.sample or [],
        )
    )
    return int(row.failing)


JOB: Final = Job(
    "check_data_quality",
    "Counts the tickets that cannot be right, rule by rule, and keeps a sample of each.",
    ("support.*", "marts.fct_tickets"),
    ("ops.data_quality_results",),
    _run,
    lock="check_data_quality",
    schedule="30 1 * * *",
)

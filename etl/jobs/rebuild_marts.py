"""Make the marts anew from the tickets."""

from typing import Final

from etl.jobs.refresh_marts import MARTS_LOCK, READS, WRITES
from etl.marts.country import chosen_countries
from etl.marts.holidays import keep_holidays
from etl.marts.rebuild import rebuild_marts
from etl.running.job import Job, JobContext, JobResult


def _run(context: JobContext) -> JobResult:
    with context.engine.begin() as connection:
        keep_holidays(connection, chosen_countries(context.time_zone), context.time_zone)
        count = rebuild_marts(connection, context.time_zone, context.say)
    return JobResult(count)


JOB: Final = Job(
    "rebuild_marts",
    "Makes every fact and rollup again; the pages show the old numbers until it is done.",
    READS,
    WRITES,
    _run,
    lock=MARTS_LOCK,
)

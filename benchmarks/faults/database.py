"""Faults in which PostgreSQL is killed: while the portal, the watcher or a job uses it."""

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import sqlalchemy as sa

from benchmarks.faults.evidence import Finding, await_quiet, lost_or_doubled, unclear, unlike_a_rebuild, writing
from benchmarks.faults.product import Page, Product, seconds_until
from etl.jobs.registry import JOBS
from etl.running.job import Job
from portal.web.errors import DATABASE_DOWN


def under_portal(product: Product) -> Finding:
    """Kill the database while somebody looks at the Overview."""
    product.kill_database()
    pages: list[Page] = []

    def is_back() -> bool:
        pages.append(product.page())
        return pages[-1].status == 200 and product.database_answers()  # noqa: PLR2004 - HTTP's own number

    seconds = seconds_until(is_back, "the page is back")
    refused = sum(page.status == 503 for page in pages)  # noqa: PLR2004 - HTTP's own number
    note = f"{refused} of {len(pages)} answers said: {DATABASE_DOWN}"
    return Finding("PostgreSQL killed under the portal", seconds, tuple(unclear(pages, DATABASE_DOWN)), note)


def under_watch(product: Product) -> Finding:
    """Kill the database while tickets come in and are refreshed."""
    with writing(product) as writer:
        began = time.monotonic()
        product.kill_database()
        known = len(writer.acknowledged)
        seconds_until(lambda: len(writer.acknowledged) > known + 30, "tickets are written again")
    await_quiet(product)
    seconds = time.monotonic() - began
    problems = (*lost_or_doubled(product, writer.acknowledged), *unlike_a_rebuild(product))
    note = f"{len(writer.acknowledged)} tickets written meanwhile"
    return Finding("PostgreSQL killed under etl watch", seconds, problems, note)


def under_jobs(product: Product) -> Iterator[Finding]:
    """Kill the database under each job in turn."""
    for job in JOBS.values():
        yield _under_job(product, job)


def _under_job(product: Product, job: Job) -> Finding:
    last = product.count("select coalesce(max(id), 0) from ops.job_runs")
    began = time.monotonic()
    process = product.start("etl", "run", job.name)
    exit_code, printed = _killed(product, process, lambda: _has_begun(product, job, last))
    if exit_code == 0:
        # A quick job ends before the kill. Locked tables make it wait, so that it is killed in the middle.
        with product.paused("etl", "watch"), product.paused("etl", "schedule"), _tables_locked(product):
            began = time.monotonic()
            process = product.start("etl", "run", job.name)
            exit_code, printed = _killed(product, process, lambda: product.waits_for_lock(process.pid))
    problems = [f"it printed a traceback: {printed[-300:]}"] if "Traceback" in printed else []
    if exit_code == 0:
        problems.append("it had ended before")
    again_code, again = product.run("etl", "run", job.name)
    seconds = time.monotonic() - began
    await_quiet(product)
    if again_code:
        problems.append(f"it does not run again: {again.strip()[-300:]}")
    return Finding(
        f"PostgreSQL killed under {job.name}",
        seconds,
        (*problems, *_rollups(product)),
        (printed.strip().splitlines() or ["it said nothing"])[-1][:110],
    )


def _has_begun(product: Product, job: Job, last: int) -> bool:
    statement = "select count(*) from ops.job_runs where id > :last and job = :job"
    return product.count(statement, last=last, job=job.name) > 0


def _killed(
    product: Product, process: "subprocess.Popen[str]", is_in_the_middle: Callable[[], bool]
) -> tuple[int, str]:
    """Kill the database under a job; return the job's exit code and output, once the database is back."""
    seconds_until(lambda: process.poll() is not None or is_in_the_middle(), "the job runs")
    product.kill_database()
    printed, _ = process.communicate()
    seconds_until(product.database_answers, "the database is back")
    return process.returncode, printed


@contextmanager
def _tables_locked(product: Product) -> Iterator[None]:
    """Lock the tables that jobs use, except the list of runs, until the block ends or the database dies."""
    with suppress(sa.exc.DBAPIError), product.engine.begin() as connection:
        tables = connection.scalars(
            sa.text(
                "select format('%I.%I', schemaname, tablename) from pg_tables"
                " where schemaname in ('support', 'marts', 'ops') and tablename <> 'job_runs'"
            )
        )
        connection.exec_driver_sql(f"lock table {', '.join(tables)} in access exclusive mode")
        yield


def _rollups(product: Product) -> tuple[str, ...]:
    try:
        return tuple(unlike_a_rebuild(product))
    except sa.exc.DBAPIError as error:
        return (f"the rollups could not be compared: {type(error.orig).__name__}",)

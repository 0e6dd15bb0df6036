"""Runs a job under a lock and records the run. A failure is said in one sentence and kept as a slug."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import distinct_on

from analytics.errors import SupportAnalyticsError
from etl.running.job import Job, JobContext, JobResult
from warehouse.full_disk import named
from warehouse.schema_revision import SchemaNotKnownError, SchemaOlderError, check_schema
from warehouse.tables.ops import job_runs

_LOGGER: Final = logging.getLogger(__name__)
_FAULT: Final = "program_fault"
_DATABASE: Final = "database"


class Outcome(StrEnum):
    """How a run ended."""

    SUCCEEDED = "succeeded"
    FAILED = "failed"
    ALREADY_RUNNING = "already running"


@dataclass(frozen=True, slots=True)
class JobRun:
    """One run of a job, as it is shown to a person.

    Attributes:
        job: Name of the job.
        outcome: How it ended.
        seconds: How long it took.
        result: What it did, when it succeeded.
        error: One sentence, when it failed.
    """

    job: str
    outcome: Outcome
    seconds: float
    result: JobResult | None = None
    error: str = ""

    @property
    def exit_code(self) -> int:
        """0 unless the job failed: a CronJob that fires twice is not a failure."""
        return 1 if self.outcome is Outcome.FAILED else 0


def run_job(job: Job, context: JobContext) -> JobRun:
    """Run a job under its lock and record the run in `ops.job_runs`.

    The lock belongs to a transaction that does nothing else, so it ends together with the process. Runs left behind by
    a killed process are marked as abandoned at the next run. In a schema of another version nothing is written, not
    even the run.
    """
    began = time.monotonic()
    with _lock(job, context.engine) as is_ours:
        if not is_ours:
            return JobRun(job.name, Outcome.ALREADY_RUNNING, time.monotonic() - began)
        try:
            _check_schema(job, context.engine)
        except (SchemaNotKnownError, SchemaOlderError) as other:
            return JobRun(job.name, Outcome.FAILED, time.monotonic() - began, error=str(other))
        run_id = None
        try:
            run_id = _start(job, context)
            result = job.run(context)
            _finish(context.engine, run_id, Outcome.SUCCEEDED, result=result)
        except Exception as raised:
            error = named(raised)
            is_foreseen = isinstance(error, SupportAnalyticsError | sa.exc.SQLAlchemyError)
            _record_failure(context.engine, run_id, _slug(error) if is_foreseen else _FAULT)
            # Without a run that has begun, nothing was tried: what calls the job decides, but for a full disk.
            if not is_foreseen or (run_id is None and error is raised):
                raise
            return JobRun(job.name, Outcome.FAILED, time.monotonic() - began, error=_sentence(error))
    return JobRun(job.name, Outcome.SUCCEEDED, time.monotonic() - began, result)


def _check_schema(job: Job, engine: sa.Engine) -> None:
    """Look before each run: a newer version may migrate the database while this one watches it."""
    with engine.connect() as connection:
        check_schema(connection, may_be_older=job.takes_older_schema)


@contextmanager
def _lock(job: Job, engine: sa.Engine) -> Iterator[bool]:
    key = sa.func.hashtextextended(f"support-analytics job {job.lock}", 0)
    with engine.connect() as connection:
        yield bool(connection.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(key))))
        # If the connection is lost, PostgreSQL has released the lock already.
        with suppress(sa.exc.DBAPIError):
            connection.rollback()


def _start(job: Job, context: JobContext) -> int:
    with context.engine.begin() as connection:
        connection.execute(
            job_runs.update()
            .where(job_runs.c.job == job.name, job_runs.c.outcome == "running")
            .values(outcome="abandoned", finished_at=sa.func.now())
        )
        started = job_runs.insert().values(job=job.name, started_at=context.now).returning(job_runs.c.id)
        return int(connection.execute(started).scalar_one())


def _record_failure(engine: sa.Engine, run_id: int | None, slug: str) -> None:
    """Record why a run failed; if the database cannot take that, the next run marks this one as abandoned."""
    if run_id is not None:
        with suppress(sa.exc.DBAPIError):
            _finish(engine, run_id, Outcome.FAILED, error=slug)


def _finish(
    engine: sa.Engine, run_id: int, outcome: Outcome, *, result: JobResult | None = None, error: str = ""
) -> None:
    ended = job_runs.update().where(job_runs.c.id == run_id)
    ended = ended.values(outcome=outcome.value, finished_at=sa.func.now(), error=error or None)
    if result is not None:
        ended = ended.values(row_count=result.row_count, details=dict(result.details))
    with engine.begin() as connection:
        connection.execute(ended)


def _sentence(error: Exception) -> str:
    if isinstance(error, SupportAnalyticsError):
        return str(error)
    return f"The database refused or broke off the work ({type(error).__name__}, {_sqlstate(error) or 'no SQLSTATE'})."


def _slug(error: Exception) -> str:
    if isinstance(error, SupportAnalyticsError):
        return error.slug
    state = _sqlstate(error)
    return f"{_DATABASE}:{state}" if state else _DATABASE


def _sqlstate(error: Exception) -> str:
    return getattr(getattr(error, "orig", None), "pgcode", None) or ""


def log_run(done: JobRun) -> None:
    """Write into the log how a run ended."""
    fields: dict[str, object] = {"job": done.job, "seconds": round(done.seconds, 1)}
    if done.result is not None:
        fields["row_count"] = done.result.row_count
    if done.error:
        fields["reason"] = done.error
    level = logging.ERROR if done.outcome is Outcome.FAILED else logging.INFO
    _LOGGER.log(level, "job %s", done.outcome.value, extra={"fields": fields})


@dataclass(frozen=True, slots=True)
class LastRun:
    """The latest run of a job.

    Attributes:
        job: Name of the job.
        started_at: When it began.
        finished_at: When it ended; None while it runs.
        outcome: running, succeeded, failed or abandoned.
        row_count: Rows it changed.
        error: Slug of what went wrong, when it failed; the sentence is in the log.
    """

    job: str
    started_at: datetime
    finished_at: datetime | None
    outcome: str
    row_count: int | None
    error: str | None


def last_runs(connection: sa.Connection) -> tuple[LastRun, ...]:
    """Return the latest run of each job that ever ran, by name."""
    columns = (
        job_runs.c.job,
        job_runs.c.started_at,
        job_runs.c.finished_at,
        job_runs.c.outcome,
        job_runs.c.row_count,
        job_runs.c.error,
    )
    latest = sa.select(*columns).ext(distinct_on(job_runs.c.job)).order_by(job_runs.c.job, job_runs.c.id.desc())
    return tuple(LastRun(*row) for row in connection.execute(latest))

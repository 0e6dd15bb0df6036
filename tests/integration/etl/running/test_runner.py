"""The runner runs one job at a time, records every run, and tells a failure in one sentence."""

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from analytics.errors import SupportAnalyticsError
from etl.running.job import Job, JobContext, JobResult
from etl.running.runner import Outcome, last_runs, run_job
from tests.integration.conftest import Database
from warehouse.engine import DatabaseRole
from warehouse.tables.ops import job_runs

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
SECRET = "thandi@example.org"


def _job(work: object) -> Job:
    return Job("count_books", "Counts the books.", ("books",), ("shelves",), work, lock="books")  # type: ignore[arg-type]


@pytest.fixture
def context(database: Database) -> JobContext:
    return JobContext(database.engine_as(DatabaseRole.ETL_WRITER), NOW, "Africa/Johannesburg")


def _runs(context: JobContext) -> list[tuple[object, ...]]:
    with context.engine.connect() as connection:
        columns = (job_runs.c.outcome, job_runs.c.error, job_runs.c.row_count)
        return [tuple(row) for row in connection.execute(sa.select(*columns).order_by(job_runs.c.id))]


def test_a_run_that_succeeds_is_recorded_with_what_it_did(context: JobContext) -> None:
    done = run_job(_job(lambda _: JobResult(7, {"shelves": 2})), context)

    assert (done.outcome, done.exit_code) == (Outcome.SUCCEEDED, 0)
    assert _runs(context) == [("succeeded", None, 7)]


def test_a_named_error_is_told_as_it_is(context: JobContext) -> None:
    def fail(_context: JobContext) -> JobResult:
        message = "There are no books."
        raise SupportAnalyticsError(message, "Buy some.")

    done = run_job(_job(fail), context)

    assert (done.outcome, done.exit_code, done.error) == (Outcome.FAILED, 1, "There are no books. Buy some.")
    assert _runs(context) == [("failed", "support_analytics", None)]


def test_a_database_error_is_told_without_the_values_of_the_row(context: JobContext) -> None:
    def fail(job_context: JobContext) -> JobResult:
        with job_context.engine.begin() as connection:
            connection.execute(sa.text("select cast(:value as integer)"), {"value": SECRET})
        return JobResult(0)

    done = run_job(_job(fail), context)

    assert done.outcome is Outcome.FAILED
    assert "22P02" in done.error
    assert SECRET not in done.error
    assert _runs(context) == [("failed", "database:22P02", None)]


REFUSE = "do $$ begin raise exception 'no room' using errcode = 'disk_full'; end $$"


def _full_database(job_context: JobContext) -> JobResult:
    with job_context.engine.begin() as connection:
        connection.execute(sa.text(REFUSE))
    return JobResult(0)


def _full_directory(_context: JobContext) -> JobResult:
    with Path("/dev/full").open("wb", buffering=0) as file:
        file.write(b"x")
    return JobResult(0)


@pytest.mark.parametrize("work", [_full_database, _full_directory])
def test_a_full_disk_is_called_one(context: JobContext, work: object) -> None:
    """Whether the database or the job itself met it."""
    done = run_job(_job(work), context)

    assert done.outcome is Outcome.FAILED
    assert "is full" in done.error
    assert _runs(context) == [("failed", "disk_full", None)]


def test_a_disk_too_full_to_record_the_run_is_told_all_the_same(context: JobContext, database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(
            sa.text(
                "create function refuse() returns trigger language plpgsql as"
                " $$ begin raise exception 'no room' using errcode = 'disk_full'; end $$;"
                " create trigger refuse before insert on ops.job_runs execute function refuse()"
            )
        )

    done = run_job(_job(lambda _: JobResult(7)), context)

    assert (done.outcome, done.exit_code) == (Outcome.FAILED, 1)
    assert done.error.startswith("The disk of the database is full.")
    assert _runs(context) == []


def test_a_database_that_ends_every_session_is_told_in_a_sentence(context: JobContext, database: Database) -> None:
    """The lock's own session is gone too: the job has failed, and nothing else breaks."""
    others = "pid <> pg_backend_pid() and datname = current_database()"

    def fail(job_context: JobContext) -> JobResult:
        with job_context.engine.begin() as connection:
            with database.engine.begin() as administrator:
                administrator.execute(
                    sa.text(f"select pg_terminate_backend(pid, 10000) from pg_stat_activity where {others}")
                )
            connection.execute(sa.text("select 1"))
        return JobResult(0)

    done = run_job(_job(fail), context)

    assert (done.outcome, done.exit_code) == (Outcome.FAILED, 1)
    assert done.error.startswith("The database refused or broke off the work")
    assert [outcome for outcome, _, _ in _runs(context)] == ["failed"]


def test_a_fault_of_the_program_is_recorded_and_not_swallowed(context: JobContext) -> None:
    def fail(_context: JobContext) -> JobResult:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run_job(_job(fail), context)

    assert _runs(context) == [("failed", "program_fault", None)]


def test_a_second_start_while_the_job_runs_does_nothing_and_is_no_failure(context: JobContext) -> None:
    has_begun, may_end = threading.Event(), threading.Event()

    def wait(_context: JobContext) -> JobResult:
        has_begun.set()
        may_end.wait(30)
        return JobResult(1)

    first = threading.Thread(target=run_job, args=(_job(wait), context))
    first.start()
    assert has_begun.wait(30)
    second = run_job(_job(wait), context)
    may_end.set()
    first.join(30)

    assert (second.outcome, second.exit_code) == (Outcome.ALREADY_RUNNING, 0)
    assert [outcome for outcome, *_ in _runs(context)] == ["succeeded"]


def test_a_run_left_behind_by_a_killed_process_is_marked_abandoned(context: JobContext) -> None:
    with context.engine.begin() as connection:
        connection.execute(job_runs.insert().values(job="count_books", started_at=NOW))

    run_job(_job(lambda _: JobResult(0)), context)

    assert [outcome for outcome, *_ in _runs(context)] == ["abandoned", "succeeded"]


def test_the_last_run_of_each_job_is_listed_by_name(context: JobContext) -> None:
    with context.engine.begin() as connection:
        for job, outcome in (("b", "failed"), ("a", "succeeded"), ("b", "succeeded")):
            connection.execute(job_runs.insert().values(job=job, started_at=NOW, outcome=outcome))

    with context.engine.connect() as connection:
        assert [(run.job, run.outcome) for run in last_runs(connection)] == [("a", "succeeded"), ("b", "succeeded")]

"""`support-analytics etl`: list, run, watch and look at the jobs."""

import logging
import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Final
from zoneinfo import ZoneInfo

import orjson
import sqlalchemy as sa
import typer
from rich.console import Console

from analytics.errors import SupportAnalyticsError
from analytics.instants import instant_text
from analytics.listing import Listing
from analytics.log_lines import set_up_logging
from etl.background.running import start as start_worker
from etl.background.running import worker as queue_worker
from etl.classification.tasks import Task
from etl.classification.tasks import waiting as tasks_waiting
from etl.jobs.registry import JOBS
from etl.running.announcements import Announcements
from etl.running.disk_words import disk_words
from etl.running.job import Job, JobContext
from etl.running.runner import JobRun, LastRun, last_runs, log_run, run_job
from etl.running.scheduler import Scheduler, run_in_process, succeeded_at
from etl.running.watch import watch as watch_changes
from etl.running.watched_job import WatchedJob, repeat_until_done, run_watched
from warehouse.desk_zone import zone_of_desk
from warehouse.engine import DatabaseRole, open_engine
from warehouse.settings import Settings

_BACKUP_DUE_HOURS: Final = 26
_LOGGER: Final = logging.getLogger(__name__)
_LOG_LEVELS: Final = {"etl": "info"}

app = typer.Typer(help="Jobs that keep the numbers current.", no_args_is_help=True)

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for a machine.")]


_GIVES_WAY: Final = 10


class UnknownJobError(SupportAnalyticsError):
    """There is no job of this name."""

    def __init__(self, name: str) -> None:
        """Quote the unknown name, and list the known jobs."""
        super().__init__(f"There is no job {name!r}.", f"Choose one of: {', '.join(JOBS)}.")


@app.command("list", epilog="Example: support-analytics etl list --json")
def list_jobs(*, as_json: JsonOption = False) -> None:
    """List the jobs, when they run, what they read and what they write."""
    if as_json:
        typer.echo(orjson.dumps([_described(job) for job in JOBS.values()]))
        return
    listing = Listing("job", "what it does", "when", "writes", names={"job", "when"})
    for job in JOBS.values():
        listing.add(job.name, job.description, job.schedule or "by hand", ", ".join(job.writes))
    listing.show()


@app.command("run", epilog="Example: support-analytics etl run refresh_marts")
def run(
    name: Annotated[str, typer.Argument(help="Name of the job; see `etl list`.")],
    *,
    as_json: JsonOption = False,
    as_log: Annotated[bool, typer.Option("--log", help="Write log lines, as the scheduler does.")] = False,
) -> None:
    """Run one job now. Running it again changes nothing."""
    if as_log:
        set_up_logging(_LOG_LEVELS)
    job = _job(name)
    settings = Settings.from_environment()
    with open_engine(settings, DatabaseRole.ETL_WRITER, may_be_older=job.takes_older_schema) as engine:
        announcements = Announcements(engine, settings.redis_url)
        console = Console(stderr=True)
        with console.status(f"{job.name} ...") as status:
            context = _context(engine, settings, lambda line: status.update(f"{job.name}: {line}"))
            done = repeat_until_done(lambda: run_job(job, context))
        announcements.tell(done)
    if as_log:
        log_run(done)
    else:
        _tell(done, as_json=as_json)
    raise typer.Exit(done.exit_code)


@app.command("watch", epilog="Example: support-analytics etl watch refresh_marts")
def watch(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[JOB]...", help="Jobs, in this order; if none: refresh_marts, and queued work."),
    ] = None,
) -> None:
    """Run jobs whenever tickets or rules change, until stopped; a job that fails is tried again after a pause."""
    should_stop = _stop_requests()
    set_up_logging(_LOG_LEVELS)
    settings = Settings.from_environment()
    jobs = [_job(name) for name in names or ("refresh_marts",)]
    with open_engine(settings, DatabaseRole.ETL_WRITER) as engine:
        _log_start(jobs)
        announcements = Announcements(engine, settings.redis_url)
        watched = [
            WatchedJob(partial(_run_once, job, engine, settings, announcements), log_run, should_stop) for job in jobs
        ]
        if not names:
            zone = lambda: ZoneInfo(zone_of_desk(engine, settings.time_zone))  # noqa: E731 - one line, used once
            start_worker(queue_worker(engine, settings.artefacts, zone, should_stop), should_stop)
        watch_changes(engine, lambda: run_watched(watched), should_stop)


@app.command("schedule", epilog="Example: support-analytics etl schedule forecast_demand write_insights")
def schedule(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[JOB]...", help="Jobs to run at their times; all of them if none.")
    ] = None,
) -> None:
    """Run jobs at their own times until stopped; a job missed while the machine was off runs once afterwards."""
    should_stop = _stop_requests()
    set_up_logging(_LOG_LEVELS)
    # Low priority, so that jobs do not slow the portal down. The processes of the jobs inherit the priority.
    os.nice(_GIVES_WAY)
    settings = Settings.from_environment()
    jobs = [_job(name) for name in names or JOBS]
    with open_engine(settings, DatabaseRole.ETL_WRITER) as engine:
        _log_start(jobs)
        Scheduler(
            jobs,
            zone_of_desk(engine, settings.time_zone),
            lambda: succeeded_at(engine),
            lambda job: run_in_process(job, should_stop),
            should_stop,
        ).run_until_stopped()


@app.command("status", epilog="Example: support-analytics etl status --json")
def status(*, as_json: JsonOption = False) -> None:
    """Show the latest run of every job and how many changed tickets wait."""
    settings = Settings.from_environment()
    with open_engine(settings, DatabaseRole.ETL_WRITER) as engine, engine.connect() as connection:
        zone = ZoneInfo(zone_of_desk(engine, settings.time_zone))
        runs = last_runs(connection)
        waiting = connection.scalar(sa.text("select count(distinct ticket_id) from support.ticket_changes"))
        backed_up = connection.scalar(
            sa.text("select max(started_at) from ops.job_runs where job = 'backup_database' and outcome = 'succeeded'")
        )
        to_classify, to_explain = (tasks_waiting(connection, task) for task in (Task.CLASSIFY, Task.EXPLAIN))
    if as_json:
        counts = {"waiting_tickets": waiting, "to_classify": to_classify, "to_explain": to_explain}
        typer.echo(
            orjson.dumps(
                {
                    **counts,
                    "disk": disk_words(runs, settings.data_dir),
                    "backed_up_at": backed_up,
                    "jobs": [asdict(run) for run in runs],
                }
            )
        )
        return
    _list_runs(runs, zone)
    typer.echo(f"{waiting:,} changed tickets wait for the next refresh.")
    typer.echo(f"{to_classify:,} tickets wait to be classified.")
    typer.echo(_last_backup(backed_up, datetime.now(UTC)))
    for line in disk_words(runs, settings.data_dir):
        typer.echo(line)


def _list_runs(runs: Sequence[LastRun], zone: ZoneInfo) -> None:
    listing = Listing("job", "outcome", "began", "ended", "rows", "error", names={"job", "began", "ended", "error"})
    for last in runs:
        ended = instant_text(last.finished_at, zone, "seconds") if last.finished_at else ""
        rows = "" if last.row_count is None else f"{last.row_count:,}"
        began = instant_text(last.started_at, zone, "seconds")
        listing.add(last.job, last.outcome, began, ended, rows, last.error or "")
    listing.show()


def _last_backup(backed_up: datetime | None, now: datetime) -> str:
    """Return how old the last backup is, with a warning when a nightly backup must have been missed."""
    if backed_up is None:
        return "No backup has been made yet."
    hours = int((now - backed_up).total_seconds() // 3600)
    late = " That is too long: see the errors of backup_database." if hours > _BACKUP_DUE_HOURS else ""
    return f"The last backup was made {hours:,} {'hour' if hours == 1 else 'hours'} ago.{late}"


def _stop_requests() -> Callable[[], bool]:
    """Treat SIGTERM and Ctrl-C as a request to stop; return a function that says whether one came."""
    requests: list[int] = []

    def request_stop(number: int, _frame: object) -> None:
        requests.append(number)

    signal.signal(signal.SIGTERM, request_stop)
    signal.signal(signal.SIGINT, request_stop)
    return lambda: bool(requests)


def _log_start(jobs: Sequence[Job]) -> None:
    _LOGGER.info("started", extra={"fields": {"jobs": [job.name for job in jobs]}})


def _described(job: Job) -> dict[str, str | tuple[str, ...] | None]:
    return {
        "job": job.name,
        "description": job.description,
        "schedule": job.schedule,
        "reads": job.reads,
        "writes": job.writes,
    }


def _job(name: str) -> Job:
    if name not in JOBS:
        raise UnknownJobError(name)
    return JOBS[name]


def _context(
    engine: sa.Engine,
    settings: Settings,
    say: Callable[[str], None] = lambda _line: None,
) -> JobContext:
    return JobContext(
        engine,
        datetime.now(UTC),
        zone_of_desk(engine, settings.time_zone),
        say=say,
    )


def _run_once(job: Job, engine: sa.Engine, settings: Settings, announcements: Announcements) -> JobRun:
    done = run_job(job, _context(engine, settings))
    announcements.tell(done)
    return done


def _tell(done: JobRun, *, as_json: bool = False) -> None:
    if as_json:
        # A job may count by table name, and SQLAlchemy's names are a subclass of str.
        typer.echo(orjson.dumps(asdict(done), option=orjson.OPT_NON_STR_KEYS))
        return
    rows = f", {done.result.row_count:,} rows" if done.result else ""
    typer.echo(f"{done.job}: {done.outcome}{rows} in {done.seconds:.1f} s. {done.error}".rstrip())

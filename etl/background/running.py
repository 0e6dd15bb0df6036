"""The worker of `etl watch`: how each kind of queued work is done."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from analytics.errors import SupportAnalyticsError
from etl.background.imports import BrowserImports
from etl.background.sla import replay_policy, save_policy
from etl.jobs.registry import JOBS
from etl.running.runner import last_runs
from etl.running.scheduler import run_in_process
from warehouse.work_queue.artefacts import Artefacts
from warehouse.work_queue.work import RUNNABLE_JOBS, Kind
from warehouse.work_queue.worker import Do, HeldWork, Outcome, Worker

NAME: Final = "jobs"
"""Name of this worker in `ops.workers`."""


class JobFailedError(SupportAnalyticsError):
    """A job that a manager ran has failed."""


def worker(
    engine: sa.Engine, artefacts_url: str, zone: Callable[[], ZoneInfo], should_stop: Callable[[], bool]
) -> Worker:
    """Return the worker.

    Args:
        engine: Database, in the role `etl_writer`.
        artefacts_url: Where files lie.
        zone: Returns the reporting zone.
        should_stop: Asked while a job runs.
    """
    browser = BrowserImports(engine, zone)
    kinds: dict[Kind, Do] = {
        Kind.LOOK_AT_FILE: browser.look,
        Kind.IMPORT_FILE: browser.carry_out,
        Kind.UNDO_IMPORT: browser.undo,
        Kind.REPLAY_QUARANTINE: browser.replay,
        Kind.RUN_JOB: partial(_run_job, engine, should_stop),
        Kind.REPLAY_SLA: partial(replay_policy, engine, zone),
        Kind.SAVE_SLA: partial(save_policy, engine, zone),
    }
    return Worker(NAME, engine, Artefacts(artefacts_url), kinds)


def start(work: Worker, should_stop: Callable[[], bool]) -> threading.Thread:
    """Work beside what else the process does, until it is to stop."""
    thread = threading.Thread(target=work.run_until_stopped, args=(should_stop,), name="queued-work", daemon=True)
    thread.start()
    return thread


def _run_job(engine: sa.Engine, should_stop: Callable[[], bool], held: HeldWork) -> Outcome:
    """Run a job in a process of its own: some of them load what a watcher should not keep in memory."""
    name = str(held.work.parameters["job"])
    if name not in RUNNABLE_JOBS:
        message = f"{name!r} is no job that is run from a page."
        raise JobFailedError(message)
    held.say(step="running")
    began = datetime.now(UTC)

    def is_over() -> bool:
        try:
            held.check()
        except SupportAnalyticsError:
            return True
        return should_stop()

    exit_code = run_in_process(JOBS[name], is_over)
    held.check()
    with engine.connect() as connection:
        last = next((run for run in last_runs(connection) if run.job == name and run.started_at >= began), None)
    if exit_code or (last is not None and last.outcome != "succeeded"):
        message = f"The job {name} has failed{f': {last.error}' if last and last.error else ''}."
        raise JobFailedError(message, "Its log says more: support-analytics logs.")
    return Outcome({"row_count": last.row_count or 0 if last else 0})

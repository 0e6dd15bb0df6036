"""Runs jobs at their times, one after the other, each in a process of its own."""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

import sqlalchemy as sa

from etl.running.job import Job
from etl.running.outdated import much_came_at
from etl.running.schedule import is_due
from warehouse.embedded.child_process import ChildProcess, stop_process
from warehouse.tables.ops import job_runs

logger = logging.getLogger(__name__)

_LOOK_SECONDS: Final = 10.0
_RETRY_AFTER: Final = timedelta(minutes=15)
_STOP_GRACE_SECONDS: Final = 5.0


def succeeded_at(engine: sa.Engine) -> dict[str, datetime]:
    """Return when the latest successful run of each job began.

    A run from before an import that brought much of what there is does not count: it knows another desk, often an empty
    one. It is left out once the marts have what came in.
    """
    began = sa.func.max(job_runs.c.started_at).label("began")
    is_known = job_runs.c.started_at >= sa.func.coalesce(much_came_at(), sa.text("'-infinity'::timestamptz"))
    latest = sa.select(job_runs.c.job, began).where(job_runs.c.outcome == "succeeded", is_known)
    latest = latest.group_by(job_runs.c.job)
    with engine.connect() as connection:
        return {row.job: row.began for row in connection.execute(latest)}


def run_in_process(job: Job, should_stop: Callable[[], bool]) -> int:
    """Run a job in a process of its own, which frees its memory when it ends, and return the exit code."""
    command = [sys.executable, "-P", "-m", "etl", "run", job.name, "--log"]
    process = ChildProcess(command, os.environ, sys.stdout.fileno()).start()
    try:
        while not should_stop():
            try:
                return process.wait(timeout=0.5)
            except subprocess.TimeoutExpired:
                continue
        return 0
    finally:
        stop_process(process, (signal.SIGTERM,), _STOP_GRACE_SECONDS)


@dataclass(slots=True)
class Scheduler:
    """Runs every job that is due, in the order of the list, and then looks again.

    Two schedulers at the same time do no harm: each job has a lock, and a job that has just run is no longer due.

    Attributes:
        jobs: What to run.
        time_zone: IANA name of the time zone of the schedules.
        history: Returns when the latest successful run of each job began.
        run: Runs one job and returns its exit code.
        should_stop: Asked between jobs and while waiting.
        now: The clock.
    """

    jobs: Sequence[Job]
    time_zone: str
    history: Callable[[], Mapping[str, datetime]]
    run: Callable[[Job], int]
    should_stop: Callable[[], bool]
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    _tried: dict[str, datetime] = field(default_factory=dict, init=False)

    def run_due(self) -> None:
        """Run the jobs that are due now; a job that did not succeed is tried again after a quarter of an hour."""
        for job in self.jobs:
            if self.should_stop():
                return
            if self._is_due(job):
                self._tried[job.name] = self.now()
                exit_code = self.run(job)
                if exit_code:
                    logger.error("job ended", extra={"fields": {"job": job.name, "exit_code": exit_code}})

    def run_until_stopped(self) -> None:
        """Run due jobs again and again until stopped; while the database is away, wait for it."""
        while not self.should_stop():
            try:
                self.run_due()
            except sa.exc.DBAPIError as error:
                logger.warning("database lost", extra={"fields": {"error": type(error).__name__}})
            until = time.monotonic() + _LOOK_SECONDS
            while time.monotonic() < until and not self.should_stop():
                time.sleep(0.2)

    def _is_due(self, job: Job) -> bool:
        tried = self._tried.get(job.name)
        succeeded = self.history().get(job.name)
        if tried is not None and self.now() - tried < _RETRY_AFTER and (succeeded is None or succeeded < tried):
            return False
        return is_due(job, succeeded, self.now(), self.time_zone)

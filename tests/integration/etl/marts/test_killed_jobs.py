"""A job killed at any moment loses nothing and counts nothing twice."""

import os
import signal
import subprocess
import sys
import time
from random import Random

import sqlalchemy as sa

from etl.jobs.registry import JOBS
from etl.marts.rebuild import rebuild_marts
from etl.marts.refresh import refresh_marts
from etl.running.job import JobContext
from etl.running.runner import Outcome, run_job
from tests.factories.desk import add_random_desk, add_random_ticket, instant
from tests.integration.conftest import Database
from tests.integration.etl.marts.test_refresh_equals_rebuild import contents

ZONE = "Africa/Johannesburg"
KILLS = 50
KILLED = ("refresh_marts", "rebuild_marts", "check_data_quality", "prune_history")
# One child runs jobs without end; it is killed wherever it happens to be.
_CHILD = """
import sys
from datetime import UTC, datetime
from etl.running.job import JobContext
from etl.jobs.registry import JOBS
from etl.running.runner import run_job
from warehouse.engine import create_engine_for

engine = create_engine_for(sys.argv[1])
print("ready", flush=True)
while True:
    for name in ("refresh_marts", "rebuild_marts", "refresh_marts", "check_data_quality", "prune_history"):
        run_job(JOBS[name], JobContext(engine, datetime.now(UTC), "Africa/Johannesburg"))
"""


def _start(database: Database) -> "subprocess.Popen[str]":
    url = database.url.render_as_string(hide_password=False)
    child = subprocess.Popen([sys.executable, "-c", _CHILD, url], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child


def test_fifty_kills_lose_and_double_nothing(database: Database) -> None:
    random = Random(50)
    with database.engine.begin() as connection:
        add_random_desk(connection, random, 30, instant("2026-01-01 00:00"), 60)
        refresh_marts(connection, ZONE)
    for _ in range(KILLS):
        child = _start(database)
        with database.engine.begin() as connection:
            add_random_ticket(connection, random, instant("2026-02-01 00:00"))
        time.sleep(random.random() * 0.5)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
    _assert_nothing_lost(database)


def _assert_nothing_lost(database: Database) -> None:
    """Let what the last child left behind end, then run each job once more."""
    for name in KILLED:
        context = JobContext(database.engine, instant("2026-03-02 08:00"), ZONE)
        while (done := run_job(JOBS[name], context)).outcome is Outcome.ALREADY_RUNNING:
            time.sleep(0.05)
        assert done.outcome is Outcome.SUCCEEDED
    with database.engine.begin() as connection:
        assert connection.execute(sa.text("select count(*) from support.ticket_changes")).scalar_one() == 0
        assert connection.execute(sa.text("select count(*) from marts.fct_tickets")).scalar_one() == 30 + KILLS
        assert (
            connection.execute(sa.text("select count(*) from ops.job_runs where outcome = 'running'")).scalar_one() == 0
        )
        assert (
            connection.execute(sa.text("select count(*) from ops.job_runs where outcome = 'abandoned'")).scalar_one()
            > 0
        )
        left = contents(connection)
        rebuild_marts(connection, ZONE)
        assert contents(connection) == left

"""A job killed at any step loses nothing and counts nothing twice."""

from random import Random

import sqlalchemy as sa

from etl.jobs.registry import JOBS
from etl.marts.rebuild import rebuild_marts
from etl.marts.refresh import refresh_marts
from etl.running.job import JobContext
from etl.running.runner import Outcome, run_job
from tests.factories.desk import add_random_desk, add_random_ticket, instant
from tests.integration.classifier_service.serving.serving_server import wait_until
from tests.integration.conftest import Database
from tests.integration.etl.marts.interrupted_jobs import SESSION, ZONE, Jobs, interrupted_jobs
from tests.integration.etl.marts.test_refresh_equals_rebuild import contents

TICKETS = 30
KILLS = {"refresh_marts": 20, "rebuild_marts": 15, "check_data_quality": 10, "prune_history": 5}
"""Of each job; fifty in all."""


def test_fifty_kills_lose_and_double_nothing(database: Database) -> None:
    """Each job is killed at steps from its first to its last, while a ticket comes in."""
    random = Random(50)
    _add(database, random, TICKETS)
    with interrupted_jobs(database.url) as jobs:
        # The first run enters the public holidays, so it makes everything anew.
        jobs.steps("refresh_marts")
        for name, kills in KILLS.items():
            # A ticket with a value that is new to the marts takes more steps than others.
            steps = min(_steps(database, random, jobs, name) for _ in range(2))
            for kill in range(kills):
                with jobs.stopped(name, 1 + kill * (steps - 1) // (kills - 1)):
                    _add(database, random, 1)
                # The server finds out by itself that the process is gone, and gives its lock back.
                wait_until(lambda: _sessions(database) == 0, "the killed job's session stayed")
    _assert_nothing_lost(database, TICKETS + 2 * len(KILLS) + sum(KILLS.values()))


def test_a_job_killed_while_the_server_works_loses_nothing(database: Database) -> None:
    """Its statement waits for a lock when its process dies; it comes to nothing when the lock is free."""
    _add(database, Random(51), TICKETS)
    with interrupted_jobs(database.url) as jobs, database.engine.begin() as connection:
        jobs.steps("refresh_marts")
        connection.exec_driver_sql("lock table marts.fct_tickets in access exclusive mode")
        jobs.start("rebuild_marts")
        wait_until(lambda: _sessions(database, "and wait_event_type = 'Lock'") == 1, "it never waited for the lock")
        jobs.kill()
    _assert_nothing_lost(database, TICKETS)


def _steps(database: Database, random: Random, jobs: Jobs, name: str) -> int:
    _add(database, random, 1)
    return jobs.steps(name)


def _add(database: Database, random: Random, count: int) -> None:
    with database.engine.begin() as connection:
        if count == 1:
            add_random_ticket(connection, random, instant("2026-02-01 00:00"))
            return
        add_random_desk(connection, random, count, instant("2026-01-01 00:00"), 60)
        refresh_marts(connection, ZONE)


def _sessions(database: Database, which: str = "") -> int:
    statement = (
        f"select count(*) from pg_stat_activity where (datname, application_name) = (current_database(), :name) {which}"
    )
    with database.engine.connect() as connection:
        return int(connection.execute(sa.text(statement), {"name": SESSION}).scalar_one())


def _assert_nothing_lost(database: Database, tickets: int) -> None:
    """Run each job once more, and compare with marts made from nothing."""
    wait_until(lambda: _sessions(database) == 0, "a killed job's session stayed")
    for name in KILLS:
        done = run_job(JOBS[name], JobContext(database.engine, instant("2026-03-02 08:00"), ZONE))
        assert done.outcome is Outcome.SUCCEEDED
    with database.engine.begin() as connection:
        assert connection.scalar(sa.text("select count(*) from support.ticket_changes")) == 0
        assert connection.scalar(sa.text("select count(*) from marts.fct_tickets")) == tickets
        runs = sa.text("select count(*) from ops.job_runs where outcome = :outcome")
        assert connection.scalar(runs, {"outcome": "running"}) == 0
        assert connection.scalar(runs, {"outcome": "abandoned"}) > 0
        left = contents(connection)
        rebuild_marts(connection, ZONE)
        assert contents(connection) == left

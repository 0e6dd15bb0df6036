"""What the scheduler takes for done."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from analytics.insights.finding import Missing
from etl.insights import elsewhere
from etl.running.outdated import outdated_jobs
from etl.running.scheduler import succeeded_at
from tests.integration.conftest import Database
from warehouse.tables.ops import data_version, job_runs
from warehouse.tables.raw import imports

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def _import(database: Database, at: datetime, new_count: int, *, undone_at: datetime | None = None) -> None:
    report = {"new_count": new_count, "updated_count": 0}
    row = {"source": "desk", "file_name": "a.csv", "profile": {}, "kind": "tickets", "finished_at": at}
    with database.engine.begin() as connection:
        connection.execute(imports.insert().values(**row, report=report, undone_at=undone_at))


def _refreshed(database: Database, at: datetime) -> None:
    with database.engine.begin() as connection:
        connection.execute(data_version.update().values(refreshed_at=at))


def _ran(database: Database, at: datetime) -> None:
    row = {"job": "write_insights", "started_at": at, "finished_at": at, "outcome": "succeeded"}
    with database.engine.begin() as connection:
        connection.execute(sa.insert(job_runs).values(**row))


def test_what_ran_before_the_first_tickets_came_runs_again(database: Database) -> None:
    """As soon as the marts have them; else the pages of a new desk would be about nothing until the night."""
    _ran(database, NOON)
    assert succeeded_at(database.engine) == {"write_insights": NOON}
    _import(database, NOON + timedelta(hours=1), 1800)
    _refreshed(database, NOON)
    assert succeeded_at(database.engine) == {"write_insights": NOON}
    _refreshed(database, NOON + timedelta(hours=2))
    assert succeeded_at(database.engine) == {}
    _ran(database, NOON + timedelta(hours=3))
    assert succeeded_at(database.engine) == {"write_insights": NOON + timedelta(hours=3)}


def test_a_few_tickets_more_wait_for_the_night(database: Database) -> None:
    """An import of little, or of nothing new, changes what is done as little as tickets by other ways."""
    _import(database, NOON, 1000)
    _ran(database, NOON + timedelta(hours=1))
    for new_count in (0, 50):
        _import(database, NOON + timedelta(hours=2), new_count)
    _refreshed(database, NOON + timedelta(hours=3))
    assert succeeded_at(database.engine) == {"write_insights": NOON + timedelta(hours=1)}


def test_taking_much_back_counts_like_its_coming(database: Database) -> None:
    """What was made with the wrong tickets is made again without them."""
    _import(database, NOON, 1000, undone_at=NOON + timedelta(hours=4))
    _ran(database, NOON + timedelta(hours=1))
    _refreshed(database, NOON + timedelta(hours=5))
    assert succeeded_at(database.engine) == {}


def test_results_from_before_the_tickets_came_say_nothing_of_them(database: Database) -> None:
    """The Insights then say that something has not been worked out, not that there are no ratings."""
    with database.engine.begin() as connection:
        job = {"job": "analyse_drivers", "outcome": "succeeded"}
        connection.execute(sa.insert(job_runs).values(**job, started_at=NOON, finished_at=NOON))
    _import(database, NOON + timedelta(hours=1), 1800)
    _refreshed(database, NOON + timedelta(hours=2))
    with database.engine.connect() as connection:
        assert outdated_jobs(connection) == {"analyse_drivers"}
        found = elsewhere.drivers(connection, (NOON.date(), NOON.date()))
    assert [gap.missing for gap in found.gaps] == [Missing.NO_DRIVERS]

"""Pruning deletes what is old and nothing else."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import pytest
import sqlalchemy as sa

from analytics.forecasting.forecast import SHOWN
from analytics.forecasting.series import DailySeries
from etl.forecasting.kept import kept_past
from etl.jobs.prune_history import KEPT_DAYS, KEPT_FORECAST_DAYS
from etl.jobs.registry import JOBS
from etl.running.job import JobContext, JobResult
from etl.running.runner import run_job
from portal.topics.forecast.query import four_weeks, outlook
from tests.factories.desk import instant
from tests.factories.forecast import add_earlier_forecast, add_forecast
from tests.integration.conftest import Database
from warehouse.engine import DatabaseRole
from warehouse.tables.forecasts import demand_forecasts, demand_series
from warehouse.tables.ops import job_runs
from warehouse.tables.raw import desk_changes, imports, quarantined_records, replaced_records

NOW = instant("2026-03-02 08:00")
CUTOFF = date(2026, 3, 1)
LIMIT = timedelta(days=KEPT_FORECAST_DAYS)


def prune(database: Database) -> JobResult:
    """Run the job."""
    engine = database.engine_as(DatabaseRole.ETL_WRITER)
    done = run_job(JOBS["prune_history"], JobContext(engine, NOW, "Africa/Johannesburg"))
    engine.dispose()
    assert done.result is not None
    return done.result


@pytest.fixture
def connection(database: Database) -> Iterator[sa.Connection]:
    """A connection whose every statement is its own transaction."""
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield connection


def cutoffs(connection: sa.Connection, series: str) -> list[date]:
    """Return the cutoffs of a series' forecasts, in their order."""
    column = demand_forecasts.c.cutoff_date
    asked = sa.select(column).where(demand_forecasts.c.series_key == series).distinct().order_by(column)
    return list(connection.scalars(asked))


def test_only_what_is_older_than_the_limit_goes(database: Database) -> None:
    old, young = NOW - timedelta(days=KEPT_DAYS + 1), NOW - timedelta(days=KEPT_DAYS - 1)
    record = {"source": "shop", "import_id": 1, "payload": {}, "reasons": [{"code": "bad_date"}], "quarantined_at": old}
    with database.engine.begin() as connection:
        for line, released_at in enumerate((old, young, None), start=1):
            connection.execute(quarantined_records.insert().values(line_number=line, released_at=released_at, **record))
        for at in (old, young):
            connection.execute(job_runs.insert().values(job="refresh_marts", started_at=at, outcome="succeeded"))

    assert prune(database).row_count == 2
    with database.engine.connect() as connection:
        lines = connection.execute(sa.select(quarantined_records.c.line_number).order_by("line_number")).scalars()
        assert list(lines) == [2, 3]
        began = connection.execute(sa.select(job_runs.c.started_at).where(job_runs.c.job == "refresh_marts")).scalars()
        assert list(began) == [young]


def test_forecasts_go_that_were_made_long_before_the_newest_of_their_series(
    database: Database, connection: sa.Connection
) -> None:
    """The day at the limit stays; running again deletes nothing."""
    add_forecast(connection, CUTOFF + timedelta(days=1), {"total": 50.0})
    for cutoff in (CUTOFF - LIMIT, CUTOFF - LIMIT - timedelta(days=1)):
        add_earlier_forecast(connection, "total", cutoff, 50.0, days=3)
    assert prune(database).details["demand_forecasts"] == 3
    assert cutoffs(connection, "total") == [CUTOFF - LIMIT, CUTOFF]
    assert prune(database).details["demand_forecasts"] == 0


def test_a_desk_whose_tickets_ended_keeps_what_its_page_shows(database: Database, connection: sa.Connection) -> None:
    """However long ago: days are counted from what the series knows, and its newest forecast never goes."""
    ended = CUTOFF - 3 * LIMIT
    add_forecast(connection, ended + timedelta(days=1), {"channel=call": 50.0})
    for cutoff in (ended - LIMIT, ended - LIMIT - timedelta(days=1)):
        add_earlier_forecast(connection, "channel=call", cutoff, 50.0, days=3)
    prune(database)
    assert cutoffs(connection, "channel=call") == [ended - LIMIT, ended]


def test_forecasts_of_a_series_that_is_gone_are_as_old_as_the_others(
    database: Database, connection: sa.Connection
) -> None:
    """They stay for as long as the series may come back and be scored; without any series nothing goes."""
    for cutoff in (CUTOFF - LIMIT, CUTOFF - LIMIT - timedelta(days=1)):
        add_earlier_forecast(connection, "category=gone", cutoff, 50.0, days=3)
    assert prune(database).row_count == 0
    add_forecast(connection, CUTOFF + timedelta(days=1), {"total": 50.0})
    assert prune(database).row_count == 3
    assert cutoffs(connection, "category=gone") == [CUTOFF - LIMIT]


def test_what_the_page_and_the_scoring_read_stays(database: Database, connection: sa.Connection) -> None:
    """Forecasts of every fourth day over more than a year: the page and the figures kept are the same afterwards."""
    add_forecast(connection, CUTOFF + timedelta(days=1), {"total": 50.0})
    for age in range(4, KEPT_DAYS, 4):
        for model in SHOWN:
            add_earlier_forecast(connection, "total", CUTOFF - timedelta(days=age), 50.0 + age, model)
    came = DailySeries(CUTOFF - timedelta(days=499), np.arange(500, dtype=np.float64) % 7)

    def read() -> tuple[object, ...]:
        past = kept_past(connection, "total", came)
        scored = [origin.cutoff for origin in past.origins], {name: repr(past.accuracy(name)) for name in SHOWN}
        status = connection.execute(sa.select(demand_series)).all()
        return status, outlook(connection, "total"), four_weeks(connection, "total"), scored

    before = read()
    assert four_weeks(connection, "total").cutoff == CUTOFF - timedelta(days=28)
    assert len(kept_past(connection, "total", came).origins) > 40
    assert prune(database).row_count > 1000
    assert read() == before


def test_what_old_imports_replaced_goes_and_they_say_so(database: Database) -> None:
    """They can no longer be taken back; younger ones still can."""
    replaced = {"kind": "tickets", "source": "shop", "external_id": "1", "earlier_import_id": 1}
    earlier = {"earlier_line_number": 1, "earlier_payload_hash": b"", "earlier_received_at": NOW}
    with database.engine.begin() as connection:
        for number, age in ((2, KEPT_DAYS + 1), (3, KEPT_DAYS - 1)):
            began = {"started_at": NOW - timedelta(days=age), "keeps_replaced": True, "profile": {}}
            connection.execute(imports.insert().values(id=number, source="shop", file_name="a.csv", **began))
            connection.execute(replaced_records.insert().values(import_id=number, **replaced, **earlier))
            change = {"table_name": "customers", "row_key": "a", "changes": {}}
            connection.execute(desk_changes.insert().values(import_id=number, **change))
    prune(database)
    with database.engine.connect() as connection:
        assert list(connection.scalars(sa.select(imports.c.keeps_replaced).order_by(imports.c.id))) == [False, True]
        for table in (replaced_records, desk_changes):
            assert list(connection.scalars(sa.select(table.c.import_id))) == [3]

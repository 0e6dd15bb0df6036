"""Pruning deletes what is old and nothing else."""

from datetime import timedelta

import sqlalchemy as sa

from etl.job import JobContext
from etl.job_registry import JOBS
from etl.jobs.prune_history import KEPT_DAYS
from etl.runner import run_job
from tests.factories.desk import instant
from tests.integration.conftest import Database
from warehouse.engine import DatabaseRole
from warehouse.tables.ops import job_runs
from warehouse.tables.raw import quarantined_records

NOW = instant("2026-03-02 08:00")


def test_only_what_is_older_than_the_limit_goes(database: Database) -> None:
    old, young = NOW - timedelta(days=KEPT_DAYS + 1), NOW - timedelta(days=KEPT_DAYS - 1)
    record = {"source": "shop", "import_id": 1, "payload": {}, "reasons": [{"code": "bad_date"}], "quarantined_at": old}
    with database.engine.begin() as connection:
        for line, released_at in enumerate((old, young, None), start=1):
            connection.execute(quarantined_records.insert().values(line_number=line, released_at=released_at, **record))
        for at in (old, young):
            connection.execute(job_runs.insert().values(job="refresh_marts", started_at=at, outcome="succeeded"))

    engine = database.engine_as(DatabaseRole.ETL_WRITER)
    done = run_job(JOBS["prune_history"], JobContext(engine, NOW, "Africa/Johannesburg"))
    engine.dispose()

    assert done.result is not None
    assert done.result.row_count == 2
    with database.engine.connect() as connection:
        lines = connection.execute(sa.select(quarantined_records.c.line_number).order_by("line_number")).scalars()
        assert list(lines) == [2, 3]
        began = connection.execute(sa.select(job_runs.c.started_at).where(job_runs.c.job == "refresh_marts")).scalars()
        assert list(began) == [young]

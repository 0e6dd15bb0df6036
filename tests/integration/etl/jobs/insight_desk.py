"""A desk in the database whose jobs look for what can be said about it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from etl.jobs.registry import JOBS
from etl.marts.refresh import refresh_marts
from etl.running.job import JobContext
from etl.running.runner import JobRun, Outcome, run_job
from standalone.bookshop.effects import Effects
from standalone.bookshop.effects_file import read_effects
from standalone.bookshop.loading import load
from tests.integration.conftest import Database
from warehouse.engine import DatabaseRole

ZONE = "Africa/Johannesburg"
UNTIL = date(2026, 7, 1)
NOW = datetime(2026, 7, 1, 6, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class InsightDesk:
    """A desk and the engine its jobs work with."""

    database: Database
    engine: sa.Engine

    def fill(self, tickets: int, seed: int = 7, effects: Effects | None = None) -> None:
        """Put a bookshop's desk into the empty database."""
        load(self.database.engine, tickets, seed, effects or read_effects(), UNTIL)
        self.refresh()

    def refresh(self) -> None:
        """Bring the marts up to date."""
        with self.engine.begin() as connection:
            refresh_marts(connection, ZONE)

    def run(self, name: str, now: datetime = NOW) -> JobRun:
        """Run a job; it has to succeed."""
        done = run_job(JOBS[name], JobContext(self.engine, now, ZONE))
        assert done.outcome is Outcome.SUCCEEDED, done.error
        return done

    def rows(self, sql: str, **values: object) -> list[tuple[Any, ...]]:
        """Return what a query says."""
        with self.database.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(sa.text(sql), values)]

    def execute(self, sql: str, **values: object) -> None:
        """Change something by hand."""
        with self.database.engine.begin() as connection:
            connection.execute(sa.text(sql), values)


@contextmanager
def insight_desk(database: Database) -> Iterator[InsightDesk]:
    """Yield the desk of a database."""
    engine = database.engine_as(DatabaseRole.ETL_WRITER)
    yield InsightDesk(database, engine)
    engine.dispose()

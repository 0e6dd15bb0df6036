"""Runs the product's own jobs on a made-up desk, and reads what it says."""

import contextlib
import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Final
from unittest import mock

import sqlalchemy as sa

import analytics.churn.report as churn_report
import analytics.drivers.report as driver_report
import etl.marts.rebuild as marts
from analytics.vocabulary import SIGNIFICANCE
from benchmarks.truth.made_desk import MadeDesk
from benchmarks.truth.plan import PRIORITIES
from benchmarks.truth.rows import now_of, rows_of
from benchmarks.truth.sentence import AgentFigure, Said, Sentence
from etl.jobs import analyse_drivers, compare_agents, find_anomalies, rebuild_marts, score_churn, write_insights
from etl.marts.tables import ROLLUP_TABLES
from etl.running.job import JobContext
from warehouse.embedded.postgres import EmbeddedPostgres
from warehouse.engine import DatabaseRole, create_engine_for
from warehouse.migrations import migrate
from warehouse.rollups.sql import ROLLUPS, parent_of

JOBS: Final = (rebuild_marts, find_anomalies, compare_agents, analyse_drivers, score_churn, write_insights)
_TEMPLATE: Final = "empty_desk"
_COPY: Final = "made_desk"
_READ_ROLLUPS: Final = frozenset({"agg_counts_category_priority_day", "agg_counts_total_day"})
_MADE_ROLLUPS: Final = _READ_ROLLUPS | {
    parent.table for each in ROLLUPS if each.table in _READ_ROLLUPS and (parent := parent_of(each)) is not None
}
_LEFT_OUT: Final[tuple[tuple[ModuleType, str, object], ...]] = (
    (churn_report, "churn_model", lambda _history: None),
    (driver_report, "shapley_shares", lambda _rated: ()),
    (driver_report, "top_box_effects", lambda _rated: None),
    (driver_report, "ordinal_effects", lambda _rated: None),
    (marts, "ROLLUPS", tuple(each for each in ROLLUPS if each.table in _MADE_ROLLUPS)),
    (marts, "ROLLUP_TABLES", tuple(each for each in ROLLUP_TABLES if each.name in _MADE_ROLLUPS)),
)
# A run that is cut off is made anew, so nothing has to survive a power cut.
_QUICK: Final = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


@dataclass(frozen=True, slots=True)
class Product:
    """A database server with an empty desk to copy from."""

    server: EmbeddedPostgres

    def say(self, desk: MadeDesk) -> Said:
        """Put a desk into a fresh database, run the jobs on it, and return what they say."""
        self._administer(f'drop database if exists "{_COPY}" with (force)')
        self._administer(f'create database "{_COPY}" template "{_TEMPLATE}" strategy file_copy')
        owner = create_engine_for(self.server.url(_COPY), DatabaseRole.OWNER, poolclass=sa.NullPool)
        put_in(owner, desk)
        engine = create_engine_for(self.server.url(_COPY), DatabaseRole.ETL_WRITER)
        try:
            run_jobs(engine, desk, JOBS)
            return read_said(engine)
        finally:
            engine.dispose()

    def _administer(self, statement: str) -> None:
        engine = create_engine_for(self.server.url("postgres"), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
        with engine.connect() as connection:
            connection.exec_driver_sql(statement)


@contextlib.contextmanager
def running_product(directory: Path) -> Iterator[Product]:
    """Start a database server in a directory, with an empty desk in it."""
    with EmbeddedPostgres(directory, _QUICK) as server:
        product = Product(server)
        product._administer(f'create database "{_TEMPLATE}"')  # noqa: SLF001 - of this module
        empty = create_engine_for(server.url(_TEMPLATE), poolclass=sa.NullPool)
        migrate(empty)
        yield product


def run_jobs(engine: sa.Engine, desk: MadeDesk, jobs: Sequence[ModuleType]) -> None:
    """Run some of the product's jobs on the morning after the desk's last day.

    Args:
        engine: In the role of the jobs.
        desk: The desk that is in the database.
        jobs: Modules of `etl.jobs`, in order.
    """
    context = JobContext(engine, now_of(desk), desk.plan.zone)
    country = {"SUPPORT_COUNTRY": desk.plan.country or "none"}
    with _without_what_no_sentence_needs(), mock.patch.dict(os.environ, country):
        for module in jobs:
            module.JOB.run(context)


@contextlib.contextmanager
def _without_what_no_sentence_needs() -> Iterator[None]:
    """Leave out the slow parts that no insight reads.

    These are each customer's risk, each driver's share and its odds, and the rollups of other pages.
    """
    with contextlib.ExitStack() as stack:
        for module, name, instead in _LEFT_OUT:
            stack.enter_context(mock.patch.object(module, name, instead))
        yield


def read_said(engine: sa.Engine) -> Said:
    """Read the insights and the figures of the agents."""
    columns = "topic, claim, subject, facts, effect, effect_low, effect_high, effect_unit, start_date, end_date"
    with engine.connect() as connection:
        rows = connection.execute(sa.text(f"select {columns} from marts.insights order by place")).all()
        figures = "select metric, agent, ratio, q_value <= :level from marts.agent_figures where is_judged"
        agents = connection.execute(sa.text(figures), {"level": SIGNIFICANCE}).all()
    return Said(tuple(Sentence(*row) for row in rows), tuple(AgentFigure(*row) for row in agents))


def put_in(owner: sa.Engine, desk: MadeDesk) -> None:
    """Put a desk into an empty database, with its categories, opening hours and targets."""
    with owner.begin() as connection:
        _set_up(connection, desk)
        cursor = connection.connection.cursor()
        for table, rows in rows_of(desk).items():
            text = io.StringIO()
            rows.to_csv(text, index=False, header=False)
            text.seek(0)
            cursor.copy_expert(f"copy support.{table} ({', '.join(rows.columns)}) from stdin (format csv)", text)
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("analyze")


def _set_up(connection: sa.Connection, desk: MadeDesk) -> None:
    """Give the new desk its categories, its opening hours and its targets."""
    plan = desk.plan
    connection.exec_driver_sql("delete from support.categories")
    connection.exec_driver_sql("delete from support.business_windows")
    for category in plan.volume.shares:
        connection.execute(
            sa.text("insert into support.categories (slug, name) values (:slug, :name)"),
            {"slug": category, "name": category.replace("_", " ").capitalize()},
        )
    for weekday, span in enumerate(plan.opens):
        if span is not None:
            connection.execute(
                sa.text(
                    "insert into support.business_windows (calendar_id, weekday, opens_minute, closes_minute)"
                    " select id, :weekday, :opens, :closes from support.business_calendars where is_default"
                ),
                {"weekday": weekday, "opens": span[0], "closes": span[1]},
            )
    for place, priority in enumerate(PRIORITIES):
        connection.execute(
            sa.text(
                "update support.sla_policies set first_reply_minutes = :reply, resolution_minutes = :resolution,"
                " next_reply_minutes = null where priority = :priority"
            ),
            {
                "priority": priority,
                "reply": plan.handling.reply_targets[place],
                "resolution": plan.handling.resolution_targets[place],
            },
        )

"""What the jobs that analyse keep, in a made-up desk and in one with nothing in it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from etl.jobs.registry import JOBS
from etl.marts.refresh import refresh_marts
from etl.running.job import JobContext, JobResult
from etl.running.runner import run_job
from standalone.bookshop.effects_file import read_effects
from standalone.bookshop.loading import load
from tests.integration.conftest import Database, DeskTemplates
from warehouse.engine import DatabaseRole
from warehouse.tables import analyses

_UNTIL = date(2026, 7, 1)
_NOW = datetime(2026, 7, 1, tzinfo=UTC)


def _run(database: Database, name: str) -> JobResult:
    engine = database.engine_as(DatabaseRole.ETL_WRITER)
    done = run_job(JOBS[name], JobContext(engine, _NOW, "Africa/Johannesburg"))
    engine.dispose()
    assert done.result is not None
    return done.result


def _rows(database: Database, sql: str) -> list[tuple[Any, ...]]:
    engine = database.engine_as(DatabaseRole.PORTAL_READER)
    with engine.connect() as connection:
        rows = [tuple(row) for row in connection.execute(sa.text(sql))]
    engine.dispose()
    return rows


def _fill(engine: sa.Engine) -> None:
    load(engine, 6000, 1, read_effects(), _UNTIL)
    with engine.begin() as connection:
        refresh_marts(connection, "Africa/Johannesburg")


@pytest.fixture
def desk(desk_templates: DeskTemplates) -> Iterator[Database]:
    """A made-up desk with its marts."""
    with desk_templates.clone(_fill) as database:
        yield database


def test_what_is_planted_is_found_in_the_marts(desk: Database) -> None:
    """Both jobs find the strongest effects, keep no address, and change nothing when they run again."""
    for _again in range(2):
        assert _run(desk, "analyse_drivers").row_count > 20
        assert _run(desk, "score_churn").row_count > 500
    told = dict(_rows(desk, "select slug, estimate from marts.driver_effects where is_supported"))
    assert told["first_reply_time"] < 0
    assert told["same_agent"] == pytest.approx(1.23, abs=0.1)
    assert _rows(desk, "select count(*), max(ticket_count) from marts.driver_reports") == [(1, 5914)]
    assert _rows(desk, "select count(*) from marts.driver_correlations") == [(20,)]
    hazards = _rows(desk, "select slug from marts.churn_hazards order by 1")
    assert hazards == [("late_answer",), ("low_rating",), ("unresolved_14_days",)]
    scores = _rows(desk, "select position, score from marts.churn_scores order by position")
    assert [position for position, _ in scores] == list(range(1, len(scores) + 1))
    assert [score for _, score in scores] == sorted((score for _, score in scores), reverse=True)


def test_scores_lead_to_a_ticket_of_the_customer(desk: Database) -> None:
    """The ticket that a score leads to is the customer's own, and the latest."""
    _run(desk, "score_churn")
    wrong = (
        "select count(*) from marts.churn_scores as score inner join marts.fct_tickets as ticket"
        " on score.latest_ticket_id = ticket.ticket_id where score.customer_hash <> ticket.customer_hash"
        " or exists (select 1 from marts.fct_tickets as later where later.customer_hash = score.customer_hash"
        " and not later.is_excluded and later.created_at > ticket.created_at)"
    )
    assert _rows(desk, wrong) == [(0,)]


def test_without_recorded_departures_there_are_points_and_no_chances(desk: Database) -> None:
    """The indicator takes the model's place and says why."""
    with desk.engine.begin() as connection:
        connection.execute(sa.text("update support.customers set churned_at = null"))
    _run(desk, "score_churn")
    ((kind, expected, notices),) = _rows(desk, "select kind, expected_count, notices from marts.churn_reports")
    assert (kind, expected) == ("indicator", None)
    assert notices == [{"notice": "nobody_left"}]
    assert _rows(desk, "select count(*) from marts.churn_evaluations") == [(0,)]


def test_an_empty_desk_gives_a_report_that_says_so(database: Database) -> None:
    """No tickets at all: one head row each, with its notice, and no other."""
    for name in ("refresh_marts", "analyse_drivers", "score_churn"):
        _run(database, name)
    tables = [each.name for each in vars(analyses).values() if isinstance(each, sa.Table)]
    counts = {name: _rows(database, f"select count(*) from marts.{name}")[0][0] for name in tables}
    filled = {name for name, count in counts.items() if count}
    assert filled == {"driver_reports", "churn_reports", "driver_correlations", "driver_response_rates"}
    assert _rows(database, "select notices from marts.churn_reports") == [([{"notice": "no_customers"}],)]

"""The data quality job counts the tickets that break a rule and names some of them."""

from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from etl.jobs.registry import JOBS
from etl.running.job import JobContext
from etl.running.runner import Outcome, run_job
from etl.running.sql import sql_files
from tests.factories.desk import add_message, add_status, add_ticket, instant
from tests.integration.conftest import Database
from warehouse.engine import DatabaseRole
from warehouse.tables.ops import data_quality_results
from warehouse.tables.tickets import support_tickets

AT = instant("2026-03-02 08:00")


def _results(database: Database) -> dict[str, tuple[int, list[int]]]:
    context = JobContext(database.engine_as(DatabaseRole.ETL_WRITER), datetime.now(UTC), "Africa/Johannesburg")
    assert run_job(JOBS["refresh_marts"], context).outcome is Outcome.SUCCEEDED
    assert run_job(JOBS["check_data_quality"], context).outcome is Outcome.SUCCEEDED
    context.engine.dispose()
    columns = data_quality_results.c
    with database.engine.connect() as connection:
        rows = connection.execute(sa.select(columns.check_name, columns.failing_count, columns.sample_ticket_ids))
        return {row.check_name: (row.failing_count, row.sample_ticket_ids) for row in rows}


def test_a_sound_desk_breaks_no_rule(database: Database) -> None:
    with database.engine.begin() as connection:
        ticket_id = add_ticket(connection, AT, category="book_order")
        add_message(connection, ticket_id, AT + timedelta(hours=1), "Lerato")
        add_status(connection, ticket_id, "resolved", AT + timedelta(hours=2))
    results = _results(database)
    assert len(results) == len(sql_files("quality/sql"))
    assert all(found == (0, []) for found in results.values())


def test_each_rule_finds_the_ticket_that_breaks_it(database: Database) -> None:
    broken: dict[str, int] = {}
    with database.engine.begin() as connection:

        def ticket(rule: str, at: datetime = AT, **columns: object) -> int:
            broken[rule] = add_ticket(connection, at, **columns)
            return broken[rule]

        add_status(connection, ticket("history_before_creation"), "pending", AT - timedelta(hours=1))
        differing = ticket("status_differs_from_history")
        add_status(connection, differing, "pending", AT)
        connection.execute(support_tickets.update().where(support_tickets.c.id == differing).values(status="open"))
        ticket("solved_without_instant", status="resolved")
        add_message(connection, ticket("reply_before_creation"), AT - timedelta(hours=1), "Lerato")
        ticket("unknown_category", category="no such category")
        ticket("unknown_agent", assigned_agent="Nobody")
        ticket("rating_without_resolution", customer_satisfaction_score=5)
        ticket("created_in_the_future", at=datetime.now(UTC) + timedelta(days=9))
    assert _results(database) == {rule: (1, [ticket_id]) for rule, ticket_id in broken.items()}

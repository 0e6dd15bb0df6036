"""Planning says what is missing, and plans from what there is."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from etl.job import JobContext
from etl.job_registry import JOBS
from etl.marts.version import marts_state
from etl.runner import JobRun, run_job
from etl.staffing.handle_times import MOST_MINUTES, handle_times
from tests.factories.desk import add_message, add_status, add_ticket, instant
from tests.integration.conftest import Database
from warehouse.engine import DatabaseRole
from warehouse.tables.staffing import staffing_plan

NOW = instant("2026-03-02 06:30")
ZONE = "Africa/Johannesburg"
LIVE = frozenset({"call", "chat"})


@pytest.fixture
def writer(database: Database) -> Iterator[sa.Engine]:
    """The database as the jobs see it."""
    engine = database.engine_as(DatabaseRole.ETL_WRITER)
    yield engine
    engine.dispose()


def plan(writer: sa.Engine) -> JobRun:
    """Run the job."""
    return run_job(JOBS["plan_staffing"], JobContext(writer, NOW, ZONE))


def add_handled(connection: sa.Connection, channel: str, *minutes: int, category: str | None = "book_order") -> None:
    """Insert a resolved ticket with contacts of so many minutes: the first by its channel, the others by e-mail."""
    at = NOW - timedelta(days=3)
    ticket = add_ticket(connection, at, channel=channel, category=category)
    for place, each in enumerate(minutes):
        kind = "email" if place or channel == "form" else channel
        add_message(connection, ticket, at, "Lerato", duration_minutes=each, interaction_type=kind)
    add_status(connection, ticket, "resolved", at + timedelta(hours=1))


def test_without_a_forecast_the_plan_says_so(writer: sa.Engine) -> None:
    """The job succeeds, keeps no hours, and the summary names what is missing; running again changes nothing."""
    for _ in range(2):
        done = plan(writer)
        assert done.result is not None
        assert done.result.details["outcome"] == "no_forecast"
    with writer.connect() as connection:
        assert connection.execute(sa.select(staffing_plan.c.outcome)).scalars().all() == ["no_forecast"]


def test_a_new_plan_is_a_new_version_of_the_data(writer: sa.Engine) -> None:
    """Pages that remember answers draw anew."""
    with writer.connect() as connection:
        before = marts_state(connection).version
    plan(writer)
    with writer.connect() as connection:
        assert marts_state(connection).version == before + 1


def test_handle_times_are_those_of_resolved_tickets(writer: sa.Engine) -> None:
    """A call takes its own minutes, what follows is follow-up, also of a missed one; a form takes all minutes."""
    with writer.begin() as connection:
        for _ in range(40):
            add_handled(connection, "call", 5, 3)
            add_handled(connection, "form", 6, 4)
        missed = add_ticket(connection, NOW - timedelta(days=2), channel="call")
        add_message(connection, missed, NOW, "Lerato", duration_minutes=8)
        add_status(connection, missed, "resolved", NOW)
        open_ticket = add_ticket(connection, NOW - timedelta(days=1), channel="form")
        add_message(connection, open_ticket, NOW, "Lerato", duration_minutes=400)
        found = handle_times(connection, JobContext(writer, NOW, ZONE), LIVE)
    assert found.ticket_count == 81
    assert found.channels["call"].mean_minutes == pytest.approx(5)
    assert found.channels["call"].follow_up_minutes == pytest.approx(3)
    assert found.channels["form"].mean_minutes == pytest.approx(10)
    assert found.channels["form"].follow_up_minutes == 0


def test_a_forgotten_clock_does_not_staff_the_desk(writer: sa.Engine) -> None:
    """A ticket counts for eight hours at most; one without minutes counts for nothing."""
    with writer.begin() as connection:
        add_handled(connection, "form", 2_000_000)
        add_handled(connection, "form", 0)
        found = handle_times(connection, JobContext(writer, NOW, ZONE), LIVE)
    assert found.channels["form"].mean_minutes == pytest.approx(MOST_MINUTES)
    assert found.ticket_count == 1


def test_few_tickets_of_a_category_lean_on_all(writer: sa.Engine) -> None:
    """One odd ticket of a category moves that category's handle time by its small share only."""
    with writer.begin() as connection:
        for _ in range(60):
            add_handled(connection, "form", 10)
        add_handled(connection, "form", 100, category=None)
        found = handle_times(connection, JobContext(writer, NOW, ZONE), LIVE).channels["form"]
    assert 10 < found.by_category["~"] < 16

"""Planning says what is missing, and plans from what there is."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from etl.jobs.registry import JOBS
from etl.running.data_version import marts_state
from etl.running.job import JobContext
from etl.running.runner import JobRun, run_job
from etl.staffing.handle_times import MOST_MINUTES, handle_times
from tests.factories.desk import add_message, add_status, add_ticket, instant
from tests.factories.forecast import add_forecast
from tests.integration.conftest import Database
from warehouse.engine import DatabaseRole
from warehouse.tables.desk import business_windows
from warehouse.tables.staffing import (
    staffing_channel_hours,
    staffing_hours,
    staffing_plan,
    staffing_settings,
    staffing_shifts,
    staffing_targets,
)

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


TODAY = date(2026, 3, 2)
PER_DAY = {"channel=call": 60.0, "channel=form": 90.0}


@pytest.fixture
def planned(writer: sa.Engine) -> sa.Engine:
    """A desk with handled tickets and a forecast of calls and forms."""
    with writer.begin() as connection:
        for _ in range(40):
            add_handled(connection, "call", 5, 3)
            add_handled(connection, "form", 6, 4)
        add_forecast(connection, TODAY, PER_DAY)
    return writer


def rows(writer: sa.Engine, table: sa.Table) -> list[Mapping[str, Any]]:
    """Return a table, in the order of its key."""
    with writer.connect() as connection:
        found = connection.execute(sa.select(table).order_by(*table.primary_key.columns))
        return [dict(row._mapping) for row in found]


def total(writer: sa.Engine, column: str = "roster_people") -> int:
    """Plan, and return the sum of a column over all hours."""
    assert plan(writer).outcome == "succeeded"
    return sum(row[column] for row in rows(writer, staffing_hours))


def test_a_plan_has_people_whenever_the_desk_is_open(planned: sa.Engine) -> None:
    """Two weeks of hours from the one that runs: open ones have people, closed ones none, shifts cover the need."""
    assert total(planned) > 0
    hours = rows(planned, staffing_hours)
    assert len(hours) == 14 * 24 - 8
    assert all((row["roster_people"] != 0) == (row["open_share"] != 0) for row in hours)
    summary = rows(planned, staffing_plan)[0]
    assert (summary["outcome"], summary["cutoff_date"]) == ("planned", date(2026, 3, 1))
    shifts = rows(planned, staffing_shifts)
    for row in hours:
        moment = row["starts_at"]
        there = sum(shift["people"] for shift in shifts if shift["starts_at"] <= moment < shift["ends_at"])
        assert there >= row["roster_people"]


def test_planning_again_changes_nothing(planned: sa.Engine) -> None:
    """The same forecast, tickets and settings make the same plan."""
    total(planned)
    before = [rows(planned, table) for table in (staffing_hours, staffing_channel_hours, staffing_shifts)]
    total(planned)
    assert [rows(planned, table) for table in (staffing_hours, staffing_channel_hours, staffing_shifts)] == before


def test_live_channels_meet_their_target(planned: sa.Engine) -> None:
    """In each open hour the share expected in time is that wanted; one fewer gives less and one more gives more."""
    total(planned)
    calls = rows(planned, staffing_channel_hours)
    assert {row["channel"] for row in calls} == {"call"}
    for row in calls:
        fewer, level, more = (row[name] for name in ("level_fewer", "level", "level_more"))
        assert level >= 0.8
        assert fewer < level <= more


def test_a_higher_quantile_or_target_needs_no_fewer_people(planned: sa.Engine) -> None:
    """More certainty, or a higher share in time, costs people and never spares any."""

    def needed(quantile: float, level: float) -> int:
        with planned.begin() as connection:
            connection.execute(staffing_settings.update().values(quantile=quantile))
            connection.execute(staffing_targets.update().values(service_level=level))
        return total(planned)

    assert needed(0.5, 0.5) <= needed(0.8, 0.5) <= needed(0.95, 0.5) <= needed(0.95, 0.95)
    assert needed(0.5, 0.5) < needed(0.95, 0.95)


def test_unanswered_tickets_are_planned_for_and_forgotten_ones_counted(planned: sa.Engine) -> None:
    """Tickets that wait for a first reply need people at once; those left for months are only told."""
    calm = total(planned)
    with planned.begin() as connection:
        for age in (*[1] * 300, 90):
            add_ticket(connection, NOW - timedelta(days=age), channel="form")
    run_job(JOBS["refresh_marts"], JobContext(planned, NOW, ZONE))
    assert total(planned) > calm
    summary = rows(planned, staffing_plan)[0]
    assert (summary["opening_count"], summary["forgotten_count"]) == (300, 1)


def test_what_is_missing_is_named(writer: sa.Engine) -> None:
    """A forecast without handle times, and a desk without opening hours, are told apart."""
    with writer.begin() as connection:
        add_forecast(connection, TODAY, PER_DAY)
    done = plan(writer)
    assert done.result is not None
    assert done.result.details["outcome"] == "no_handle_time"
    with writer.begin() as connection:
        add_handled(connection, "form", 6)
        connection.execute(sa.delete(business_windows))
    done = plan(writer)
    assert done.result is not None
    assert done.result.details["outcome"] == "no_opening_hours"


@pytest.mark.parametrize("series", ["total", "channel=call"])
def test_a_quiet_desk_needs_its_minimum(writer: sa.Engine, series: str) -> None:
    """A forecast of nothing at all is staffed with the least people, not with none and not with an error."""
    with writer.begin() as connection:
        add_handled(connection, "call", 5)
        add_forecast(connection, TODAY, {series: 0.0}, days=3)
    assert plan(writer).outcome == "succeeded"
    assert {row["people"] for row in rows(writer, staffing_hours) if row["open_share"]} == {1}


def test_more_than_any_desk_has_is_refused_in_a_sentence(writer: sa.Engine) -> None:
    """A forecast of a billion calls a day makes no plan for a million people."""
    with writer.begin() as connection:
        add_handled(connection, "call", 5)
        add_forecast(connection, TODAY, {"channel=call": 1e9}, days=3)
    done = plan(writer)
    assert done.outcome == "failed"
    assert "people" in done.error

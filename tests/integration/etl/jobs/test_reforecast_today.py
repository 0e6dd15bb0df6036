"""The hours left of today follow what has come so far, and nothing is said where today is not counted."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from etl.jobs.registry import JOBS
from etl.running.job import JobContext
from etl.running.runner import JobRun, run_job
from etl.staffing.demand import read_forecast
from tests.factories.desk import add_ticket, instant
from tests.factories.forecast import add_forecast
from tests.integration.conftest import Database
from warehouse.engine import DatabaseRole

ZONE = "Africa/Johannesburg"
TODAY = date(2026, 3, 2)
NOON = instant("2026-03-02 10:18")
MIDNIGHT = instant("2026-03-01 22:00")
PER_DAY = {"total": 240.0, "channel=call": 144.0, "channel=form": 96.0}


@pytest.fixture
def writer(database: Database) -> Iterator[sa.Engine]:
    """A desk with a forecast, as the jobs see it."""
    engine = database.engine_as(DatabaseRole.ETL_WRITER)
    with engine.begin() as connection:
        add_forecast(connection, TODAY, PER_DAY)
    yield engine
    engine.dispose()


def _come(writer: sa.Engine, an_hour: int, hours: int) -> JobRun:
    """Tickets come evenly from midnight, the marts follow, and the rest of the day is forecast at noon."""
    with writer.begin() as connection:
        for hour in range(hours):
            for place in range(an_hour):
                at = MIDNIGHT + timedelta(hours=hour, minutes=60 * place // an_hour)
                add_ticket(connection, at, category="book_order", channel="call" if place % 5 < 3 else "form")
    run_job(JOBS["refresh_marts"], JobContext(writer, NOON, ZONE))
    done = run_job(JOBS["reforecast_today"], JobContext(writer, NOON, ZONE))
    assert done.error == ""
    return done


def _rows(writer: sa.Engine, sql: str) -> list[Any]:
    with writer.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(sql))]


@pytest.mark.parametrize(("an_hour", "is_more"), [(20, True), (5, False)])
def test_a_day_that_begins_unlike_the_forecast_goes_on_so(writer: sa.Engine, an_hour: int, *, is_more: bool) -> None:
    """Twelve hours of about twice (or half) the tickets raise (or lower) the other twelve, part of the way."""
    _come(writer, an_hour, 12)
    found = _rows(writer, "select series_key, passed_hours, so_far, expected_left, expected from marts.demand_today")
    total = next(row for row in found if row[0] == "total")
    assert {row[0] for row in found} == set(PER_DAY)
    morning = _rows(
        writer,
        "select sum(expected) from marts.demand_forecast_hours "
        f"where series_key = 'total' and ds = '{TODAY}' and hour >= 12",
    )[0][0]
    assert total[1:4] == (12, 12 * an_hour, pytest.approx(morning))
    assert (1.0 < total[4] / morning < 2.0) if is_more else (0.4 < total[4] / morning < 1.0)
    hours = _rows(
        writer, "select min(hour), count(*), sum(expected) from marts.demand_today_hours where series_key = 'total'"
    )
    assert hours == [(12, 12, pytest.approx(total[4]))]


@pytest.mark.parametrize(("hours", "passed"), [(0, 0), (9, 8)])
def test_hours_that_were_not_brought_in_say_nothing(writer: sa.Engine, hours: int, passed: int) -> None:
    """Without a ticket today nothing is forecast anew; what came until the import stopped counts."""
    _come(writer, 10, hours)
    found = _rows(writer, "select passed_hours from marts.demand_today where series_key = 'total'")
    assert found == ([(passed,)] if passed else [])


def test_another_day_forgets_it(writer: sa.Engine) -> None:
    """What was left of yesterday is of no use to anybody; running again says so once."""
    _come(writer, 10, 12)
    tomorrow = JobContext(writer, NOON + timedelta(days=1), ZONE)
    run_job(JOBS["reforecast_today"], tomorrow)
    assert _rows(writer, "select count(*) from marts.demand_today") == [(0,)]
    done = run_job(JOBS["reforecast_today"], tomorrow)
    assert done.result is not None
    assert done.result.row_count == 0


def test_the_plan_follows_the_rest_of_the_day(writer: sa.Engine) -> None:
    """The plan's contacts of this afternoon are those forecast at noon, and those of tomorrow the morning's."""
    _come(writer, 20, 12)
    with writer.connect() as connection:
        forecast = read_forecast(connection)
    assert forecast is not None
    left = dict(_rows(writer, "select hour, expected from marts.demand_today_hours where series_key = 'channel=call'"))
    assert forecast.hours["channel=call"][TODAY, 15] == pytest.approx(left[15])
    morning = "select expected from marts.demand_forecast_hours where series_key = 'channel=call' and hour = 15"
    ((tomorrow,),) = _rows(writer, f"{morning} and ds = '{TODAY + timedelta(days=1)}'")
    assert forecast.hours["channel=call"][TODAY + timedelta(days=1), 15] == pytest.approx(tomorrow)
    assert forecast.factor("channel=call", TODAY, 0.8) < forecast.factor("channel=call", TODAY, 0.9)

"""The forecast of a desk's demand: made from what is there, kept, held against what came, and not made twice."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from etl.jobs.registry import JOBS
from etl.running.job import JobContext
from etl.running.runner import JobRun, run_job
from tests.factories.desk import add_ticket, instant
from tests.integration.conftest import Database
from warehouse.engine import DatabaseRole
from warehouse.tables.forecasts import desk_events

NOW = instant("2026-03-02 06:30")
ZONE = "Africa/Johannesburg"
FIRST = date(2025, 9, 1)
_TICKETS = """
insert into support.support_tickets (customer_email, subject, content, category, channel, customer_type, created_at)
select 'reader@example.org', 'Question', 'Where is my book?',
    case when n % 5 = 0 then 'account_issue' else 'book_order' end, 'email', 'school',
    (day + make_interval(hours => 9 + n % 8)) at time zone 'Africa/Johannesburg'
from generate_series(cast(:first as timestamp), cast(:last as timestamp), interval '1 day') as day
cross join generate_series(1, 20) as n
where n <= case extract(isodow from day) when 7 then 4 when 6 then 10 else 12 + extract(day from day)::integer % 7 end
"""


@pytest.fixture
def writer(database: Database) -> Iterator[sa.Engine]:
    """The database as the jobs see it."""
    engine = database.engine_as(DatabaseRole.ETL_WRITER)
    yield engine
    engine.dispose()


def _fill(writer: sa.Engine, first: date, last: date) -> None:
    with writer.begin() as connection:
        connection.execute(sa.text(_TICKETS), {"first": str(first), "last": str(last)})
    run_job(JOBS["refresh_marts"], JobContext(writer, NOW, ZONE))


def _forecast(writer: sa.Engine, days_later: int = 0) -> JobRun:
    done = run_job(JOBS["forecast_demand"], JobContext(writer, NOW + timedelta(days=days_later), ZONE))
    assert done.error == ""
    return done


def _rows(writer: sa.Engine, sql: str) -> list[Any]:
    with writer.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(sql))]


def test_a_desk_is_forecast_in_total_and_in_parts_by_day_and_hour(writer: sa.Engine) -> None:
    """Ninety days ahead, no day below nought, hours that add up to their day, and nothing made twice."""
    _fill(writer, FIRST, date(2026, 3, 1))
    done = _forecast(writer)
    assert done.result is not None
    assert done.result.details["moved"] == 5
    series = dict(_rows(writer, "select series_key, outcome from marts.demand_series"))
    assert set(series) == {
        "total",
        "category=book_order",
        "category=account_issue",
        "channel=email",
        "customer_type=school",
    }
    assert series["total"] in {"forecast", "seasonal_naive"}
    days = "select count(*), min(q025) >= 0, min(ds)::text, bool_and(q025 <= q50 and q50 <= q975)"
    assert _rows(writer, f"{days} from marts.demand_forecast_days where series_key = 'total'") == [
        (90, True, "2026-03-02", True)
    ]
    apart = """
    select count(*), max(abs(day.expected - hours.expected)) < 1e-6 from marts.demand_forecast_days as day
    inner join (
        select series_key, ds, sum(expected) as expected from marts.demand_forecast_hours group by 1, 2
    ) as hours
    on hours.series_key = day.series_key and hours.ds = day.ds
    """
    assert _rows(writer, apart) == [(450, True)]
    again = _forecast(writer)
    assert again.result is not None
    assert again.result.row_count == 0


def test_forecasts_are_kept_and_held_against_what_came(writer: sa.Engine) -> None:
    """A month later the first forecast is still there, and its error is told beside the backtest's."""
    _fill(writer, FIRST, date(2026, 2, 1))
    first = run_job(JOBS["forecast_demand"], JobContext(writer, instant("2026-02-02 06:30"), ZONE))
    assert first.error == ""
    _fill(writer, date(2026, 2, 2), date(2026, 3, 1))
    _forecast(writer)
    assert _rows(writer, "select distinct cutoff_date::text from marts.demand_forecasts order by 1") == [
        ("2026-02-01",),
        ("2026-03-01",),
    ]
    kept = "select model_name, cutoff_count, day_count, wape < 0.5 from marts.demand_accuracy"
    assert ("combination", 1, 28, True) in _rows(writer, f"{kept} where source = 'kept' and series_key = 'total'")


def test_an_event_moves_only_its_days(writer: sa.Engine) -> None:
    """What a manager expects of a campaign that never was counts in the forecast; then every series has moved."""
    _fill(writer, FIRST, date(2026, 3, 1))
    _forecast(writer)
    asked = "select expected from marts.demand_forecasts where series_key = 'total' and model_name = 'combination'"
    before = _rows(writer, f"{asked} order by ds")
    with writer.begin() as connection:
        event = {"name": "Campaign", "first_date": date(2026, 3, 9), "last_date": date(2026, 3, 10)}
        connection.execute(sa.insert(desk_events).values(**event, expected_change=0.5, created_by="manager"))
    _forecast(writer)
    after = _rows(writer, f"{asked} order by ds")
    ratios = [now[0] / then[0] for now, then in zip(after, before, strict=True)]
    assert all(ratio > 1.2 for ratio in ratios[7:9])
    assert all(0.95 < ratio < 1.05 for place, ratio in enumerate(ratios) if place not in {7, 8})


@pytest.mark.parametrize(
    ("days", "outcome"),
    [(3, "too_short"), (60, "constant")],
)
def test_too_little_to_go_by_is_said(writer: sa.Engine, days: int, outcome: str) -> None:
    """Three days of history, or every day the same: named, and no forecast of the combination is shown."""
    with writer.begin() as connection:
        for day in range(days):
            add_ticket(connection, NOW - timedelta(days=day + 1), category="book_order", channel="email")
    run_job(JOBS["refresh_marts"], JobContext(writer, NOW, ZONE))
    _forecast(writer)
    found = dict(_rows(writer, "select series_key, outcome from marts.demand_series"))
    assert found["total"] == outcome
    assert _rows(writer, "select 1 from marts.demand_series where model_name = 'combination'") == []


def test_a_desk_without_tickets_has_no_forecast(writer: sa.Engine) -> None:
    """Nothing is made of nothing."""
    done = _forecast(writer)
    assert done.result is not None
    assert done.result.row_count == 0

"""The weeks that a plan has, as the Staffing page offers them."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from portal.topics.staffing.dataset import PlanOutcome, PlanSummary, mondays
from portal.topics.staffing.query import plan_summary, rest_of_today
from tests.factories.staffing_plan import PLAN
from tests.integration.conftest import Database
from warehouse.tables.forecasts import demand_today
from warehouse.tables.staffing import staffing_hours, staffing_plan

SUNDAY = datetime(2026, 11, 29, 8, tzinfo=UTC)


def _summary(database: Database, open_shares: list[float]) -> PlanSummary:
    """Return the summary of a plan that begins on a Sunday, one hour a day, open for these shares of it."""
    people = ("people", "roster_people", "roster_people_low", "roster_people_high", "written_people")
    counts = dict.fromkeys((*people, "written_contacts", "backlog", "oldest_age_hours"), 0)
    with database.engine.begin() as connection:
        connection.execute(staffing_plan.insert().values(planned_at=SUNDAY, **PLAN))
        for place, share in enumerate(open_shares):
            starts_at = SUNDAY + timedelta(days=place)
            hour = {"starts_at": starts_at, "local_date": starts_at.date(), "local_hour": 8, "open_share": share}
            connection.execute(sa.insert(staffing_hours).values(hour | counts))
        return plan_summary(connection, "UTC")


def test_the_first_week_is_one_with_open_hours(database: Database) -> None:
    """On a Sunday the week that is nearly over has none left: the page would open on nothing but sentences."""
    assert mondays(_summary(database, [0.0, 1.0, 1.0])) == (date(2026, 11, 30),)


def test_a_week_of_which_an_open_day_is_left_is_the_first(database: Database) -> None:
    """It is the one that a manager can still change."""
    assert mondays(_summary(database, [0.5, 1.0])) == (date(2026, 11, 23), date(2026, 11, 30))


@pytest.mark.parametrize("open_shares", [[0.0], [0.0, 0.0, 0.0]])
def test_a_plan_without_open_hours_has_its_weeks_all_the_same(database: Database, open_shares: list[float]) -> None:
    """The page then says that the desk is closed."""
    found = _summary(database, open_shares)
    assert found.outcome is PlanOutcome.PLANNED
    assert mondays(found)[0] == date(2026, 11, 23)


def test_the_rest_of_today_is_that_of_today_alone(database: Database) -> None:
    """What was left of another day is not shown as today's."""
    figures = dict.fromkeys(("expected", "expected_left", "q025", "q10", "q25", "q50", "q75", "q90", "q975"), 30.0)
    row = {"series_key": "total", "ds": SUNDAY.date(), "made_at": SUNDAY, "passed_hours": 8, "so_far": 12}
    with database.engine.begin() as connection:
        connection.execute(sa.insert(demand_today).values(row | figures | {"expected_so_far": 10.0}))
        found = rest_of_today(connection, "Africa/Johannesburg", SUNDAY.date())
        assert found is not None
        assert (found.so_far, found.left, found.made_at.hour) == (12, 30.0, 10)
        assert rest_of_today(connection, "Africa/Johannesburg", SUNDAY.date() + timedelta(days=1)) is None

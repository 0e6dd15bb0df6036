"""Public holidays are in the desk's calendar from the first start, and the desk's own days stay."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from etl.jobs.registry import JOBS
from etl.marts.country import ChosenCountries, CountriesSource
from etl.marts.holidays import choose_countries, desk_holidays, followed_countries, keep_holidays
from etl.marts.refresh import refresh_marts
from etl.running.job import JobContext
from etl.running.runner import run_job
from tests.factories.desk import add_ticket, instant
from tests.integration.conftest import Database
from warehouse.engine import DatabaseRole
from warehouse.tables.desk import business_calendars, business_exceptions

ZONE = "Africa/Johannesburg"


def _days(connection: sa.Connection) -> dict[str, tuple[str, str | None]]:
    rows = connection.execute(sa.select(business_exceptions))
    return {row.on_date.isoformat(): (row.name, row.country) for row in rows}


def _of(*codes: str, source: CountriesSource = CountriesSource.ZONE) -> ChosenCountries:
    return ChosenCountries(codes, source)


def _calendar(connection: sa.Connection) -> int:
    return int(connection.execute(sa.select(business_calendars.c.id)).scalar_one())


def test_a_new_desk_follows_its_country_from_the_first_tickets_year_to_three_years_ahead(database: Database) -> None:
    with database.engine.begin() as connection:
        add_ticket(connection, instant("2016-11-09 23:00"))
        keep_holidays(connection, _of("ZA"), ZONE)
        days = _days(connection)
        year = datetime.now(UTC).year
        assert days["2016-12-16"] == ("Day of Reconciliation", "ZA")
        assert {f"{each}-09-24" for each in range(2016, year + 4)} <= days.keys()
        assert min(days) >= "2016"
        keep_holidays(connection, _of("BW"), ZONE)
        assert _days(connection) == days, "what was chosen stays"


def test_holidays_move_due_times_with_the_next_refresh(database: Database) -> None:
    """24 September 2026 is Heritage Day in South Africa."""
    due = sa.text("select first_reply_due_at from marts.fct_tickets")
    with database.engine.begin() as connection:
        add_ticket(connection, instant("2026-09-23 14:30"), priority="medium")
        refresh_marts(connection, ZONE)
        assert connection.execute(due).scalar_one() == instant("2026-09-24 09:30")
    with database.engine.begin() as connection:
        keep_holidays(connection, _of("ZA"), ZONE)
        assert refresh_marts(connection, ZONE).is_rebuild
        assert connection.execute(due).scalar_one() == instant("2026-09-25 09:30")
    with database.engine.begin() as connection:
        keep_holidays(connection, _of("ZA"), ZONE)
        assert not refresh_marts(connection, ZONE).is_rebuild, "nothing was missing"


def test_other_countries_replace_holidays_and_leave_the_desks_own_days(database: Database) -> None:
    with database.engine.begin() as connection:
        calendar = _calendar(connection)
        own = {"calendar_id": calendar, "on_date": "2026-09-24", "name": "Open all the same"}
        connection.execute(business_exceptions.insert().values(own | {"opens_minute": 480, "closes_minute": 720}))
        keep_holidays(connection, _of("ZA"), ZONE)
        assert _days(connection)["2026-09-24"] == ("Open all the same", None)
        choose_countries(connection, calendar, ["ZA", "BW"])
        both = _days(connection)
        assert (both["2026-12-16"][1], both["2026-09-30"][1]) == ("ZA", "BW")
        choose_countries(connection, calendar, [])
        assert _days(connection) == {"2026-09-24": ("Open all the same", None)}
        keep_holidays(connection, _of("ZA"), ZONE)
        assert len(_days(connection)) == 1, "no country was chosen"


def test_a_desk_without_a_country_has_no_holidays(database: Database) -> None:
    with database.engine.begin() as connection:
        keep_holidays(connection, None, ZONE)
        assert _days(connection) == {}


def _zone(connection: sa.Connection) -> str:
    return str(connection.execute(sa.select(business_calendars.c.time_zone)).scalar_one())


def test_the_calendar_as_shipped_takes_the_reporting_time_zone_at_the_first_start_only(database: Database) -> None:
    with database.engine.begin() as connection:
        keep_holidays(connection, _of("GB"), "Europe/London")
        assert _zone(connection) == "Europe/London"
        keep_holidays(connection, _of("US"), "America/New_York")
        assert _zone(connection) == "Europe/London", "what was chosen stays"


@pytest.mark.parametrize("job", ["refresh_marts", "rebuild_marts"])
def test_a_job_gives_a_new_desk_its_zone_and_its_country(job: str, database: Database) -> None:
    run_job(JOBS[job], JobContext(database.engine_as(DatabaseRole.ETL_WRITER), datetime.now(UTC), "Europe/London"))
    with database.engine.connect() as connection:
        calendar = connection.execute(sa.select(business_calendars)).one()
    assert (calendar.time_zone, calendar.countries) == ("Europe/London", ["GB"])


def test_a_calendar_that_the_desk_has_changed_keeps_its_time_zone(database: Database) -> None:
    with database.engine.begin() as connection:
        choose_countries(connection, _calendar(connection), ["ZA"])
        keep_holidays(connection, _of("GB"), "Europe/London")
        assert _zone(connection) == ZONE, "its countries were chosen"
        connection.execute(business_calendars.update().values(countries=None, time_zone="Africa/Gaborone"))
        keep_holidays(connection, _of("GB"), "Europe/London")
        assert _zone(connection) == "Africa/Gaborone", "its zone was chosen"


def test_a_subdivision_has_the_holidays_of_its_country_and_its_own(database: Database) -> None:
    """Easter Monday is a holiday in England and none in Scotland."""
    with database.engine.begin() as connection:
        add_ticket(connection, instant("2026-01-09 12:00"))
        calendar = _calendar(connection)
        choose_countries(connection, calendar, ["GB-ENG"])
        england = _days(connection)
        assert england["2026-04-06"] == ("Easter Monday", "GB-ENG")
        assert england["2026-12-25"] == ("Christmas Day", "GB-ENG")
        choose_countries(connection, calendar, ["GB-SCT"])
        assert "2026-04-06" not in _days(connection)
        assert _days(connection)["2026-11-30"] == ("Saint Andrew's Day", "GB-SCT")


def test_a_setting_replaces_what_followed_from_a_zone_and_never_what_the_desk_has_chosen(database: Database) -> None:
    with database.engine.begin() as connection:
        keep_holidays(connection, None, ZONE)
        assert followed_countries(connection) is None, "the zone of every new desk says nothing"
        refresh_marts(connection, ZONE)
        keep_holidays(connection, None, ZONE)
        assert not refresh_marts(connection, ZONE).is_rebuild, "nothing has changed"
        keep_holidays(connection, _of("ZA"), ZONE)
        keep_holidays(connection, _of("BW"), ZONE)
        assert followed_countries(connection) == ("ZA",), "a zone does not replace a zone"
        keep_holidays(connection, _of("US", source=CountriesSource.SETTING), ZONE)
        assert followed_countries(connection) == ("US",)
        choose_countries(connection, _calendar(connection), [])
        keep_holidays(connection, _of("US", source=CountriesSource.SETTING), ZONE)
        assert followed_countries(connection) == (), "the desk wants none"


def test_every_reader_has_the_same_days_and_an_observed_day_is_the_holiday(database: Database) -> None:
    """4 July 2026 is a Saturday, and kept on Friday; a day with hours of its own is no holiday."""
    with database.engine.begin() as connection:
        add_ticket(connection, instant("2026-01-09 12:00"))
        calendar = _calendar(connection)
        own = {"calendar_id": calendar, "on_date": "2026-11-26", "name": "Open all the same"}
        connection.execute(business_exceptions.insert().values(own | {"opens_minute": 480, "closes_minute": 720}))
        choose_countries(connection, calendar, ["US"])
        days = desk_holidays(connection).days_by_name
    assert {"2026-07-03", "2026-07-04"} <= {str(day) for day in days["Independence Day"]}
    assert "2026-11-26" not in {str(day) for each in days.values() for day in each}
    assert not any("observed" in name for name in days)

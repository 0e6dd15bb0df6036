"""The weekly hours of the desk are shown and changed on the command line."""

import json
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from analytics.forecasting.errors import ForecastInputError
from etl.commands.calendar_cli import app
from etl.commands.hours_cli import FirstDayError
from etl.commands.hours_words import BadWeeklyHoursError
from etl.importing.time_zones import UnknownTimeZoneError
from etl.marts.calendars import UnknownCalendarError
from etl.marts.refresh import refresh_marts
from etl.marts.weekly_hours import OverlappingHoursError
from tests.factories.desk import add_ticket, instant
from tests.integration.conftest import Database
from warehouse.tables.desk import audit_log, business_windows

SHIPPED = {day: ["08:00-17:00"] for day in ("mon", "tue", "wed", "thu", "fri")} | {"sat": ["09:00-13:00"], "sun": []}


@pytest.fixture(autouse=True)
def _desk(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database.url.render_as_string(hide_password=False))


def _run(*arguments: str) -> str:
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, (done.output, done.exception)
    return str(done.stdout)


def _shown(*arguments: str) -> Any:
    return json.loads(_run("hours", *arguments, "--json"))


def test_the_shipped_hours_and_their_zone_are_shown() -> None:
    always = {"from": None, "until": None, "hours": SHIPPED}
    assert _shown() == {"calendar": "Shop hours", "time_zone": "Africa/Johannesburg", "weeks": [always]}
    text = _run("hours")
    assert "Shop hours: hours in Africa/Johannesburg" in text
    assert "08:00-17:00" in text
    assert "closed" in text


def test_a_change_replaces_the_hours_of_its_days_for_all_time() -> None:
    changed = _shown("mon-fri", "09:00-12:00", "13:00-17:00")
    week = ["09:00-12:00", "13:00-17:00"]
    assert changed["weeks"] == [
        {"from": None, "until": None, "hours": SHIPPED | dict.fromkeys(list(SHIPPED)[:5], week)}
    ]
    assert _shown("sat,sun", "closed")["weeks"][0]["hours"]["sat"] == []
    assert "The next refresh counts with it." in _run("hours", "sun", "10:00-12:00", "--time-zone", "Europe/London")
    assert _shown()["time_zone"] == "Europe/London"
    assert _shown("--time-zone", "Africa/Gaborone")["weeks"][0]["hours"]["sun"] == ["10:00-12:00"]


def test_hours_from_a_day_on_keep_what_was_before() -> None:
    weeks = _shown("sat", "closed", "--from", "2026-12-01")["weeks"]
    assert [(week["from"], week["until"], week["hours"]["sat"]) for week in weeks] == [
        (None, "2026-12-01", ["09:00-13:00"]),
        ("2026-12-01", None, []),
    ]
    weeks = _shown("sat", "10:00-12:00", "--from", "2026-11-01")["weeks"]
    assert [(week["from"], week["until"], week["hours"]["sat"]) for week in weeks] == [
        (None, "2026-11-01", ["09:00-13:00"]),
        ("2026-11-01", None, ["10:00-12:00"]),
    ], "a later change of the same days is replaced"
    assert len(_shown("sat", "closed")["weeks"]) == 1, "for all time leaves one week"


def test_hours_may_run_past_midnight(database: Database) -> None:
    assert _shown("mon-sun", "22:00-06:00")["weeks"][0]["hours"]["sun"] == ["22:00-06:00"]
    with database.engine.connect() as connection:
        assert set(connection.scalars(sa.select(business_windows.c.closes_minute))) == {1800}


def test_hours_that_overlap_are_refused_and_nothing_changes() -> None:
    for words, named in (
        (("mon", "09:00-12:00", "11:00-17:00"), "Monday 09:00-12:00 and Monday 11:00-17:00 overlap."),
        (("thu", "22:00-08:30"), "Thursday 22:00-08:30 and Friday 08:00-17:00 overlap."),
        (("sun", "22:00-08:30"), "Sunday 22:00-08:30 and Monday 08:00-17:00 overlap."),
    ):
        error = CliRunner().invoke(app, ("hours", *words)).exception
        assert isinstance(error, OverlappingHoursError)
        assert error.message == named
    assert _shown()["weeks"][0]["hours"] == SHIPPED


def test_hours_of_other_times_do_not_overlap() -> None:
    """The Monday before the change ends at eight; from the change on it begins at ten."""
    _run("hours", "mon", "10:00-17:00", "--from", "2026-12-07")
    _run("hours", "sun", "22:00-09:30", "--from", "2026-12-06")
    assert _shown()["weeks"][-1]["hours"]["sun"] == ["22:00-09:30"]


def test_the_next_refresh_counts_with_other_hours(database: Database) -> None:
    """A Saturday ticket of a desk that opens on Monday at nine, in London, is due four hours later."""
    due = sa.text("select first_reply_due_at from marts.fct_tickets")
    with database.engine.begin() as connection:
        add_ticket(connection, instant("2026-02-07 09:00"), priority="medium")
        refresh_marts(connection, "Europe/London")
    _run("hours", "mon-fri", "09:00-17:00")
    _run("hours", "sat", "closed", "--time-zone", "Europe/London")
    with database.engine.begin() as connection:
        assert refresh_marts(connection, "Europe/London").is_rebuild
        assert connection.scalar(due) == instant("2026-02-09 13:00")


def test_a_change_is_in_the_audit_log_and_a_look_is_not(database: Database) -> None:
    _run("hours")
    _run("hours", "sat", "closed", "--from", "2026-12-01")
    with database.engine.connect() as connection:
        logged = connection.execute(sa.select(audit_log)).one()
    assert (logged.action, logged.target) == ("change_opening_hours", "Shop hours")
    assert logged.details == {
        "hours": "sat closed",
        "from_date": date(2026, 12, 1).isoformat(),
        "time_zone": "Africa/Johannesburg",
    }


def test_the_list_of_days_begins_with_the_hours_and_its_json_does_not() -> None:
    assert _run("list").startswith("Shop hours: hours in Africa/Johannesburg")
    assert json.loads(_run("list", "--json")) == []


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("hours", "mon-fri"), BadWeeklyHoursError),
        (("hours", "09:00-17:00"), BadWeeklyHoursError),
        (("hours", "--time-zone", "Europe/Lundun"), UnknownTimeZoneError),
        (("hours", "--from", "2026-12-01"), FirstDayError),
        (("hours", "mon", "closed", "--from", "2026-12-01", "--time-zone", "Europe/London"), FirstDayError),
        (("hours", "--calendar", "Nobody's"), UnknownCalendarError),
        (("countries", "GB-XXX"), ForecastInputError),
    ],
)
def test_what_cannot_be_used_is_said(arguments: tuple[str, ...], error: type[Exception]) -> None:
    assert isinstance(CliRunner().invoke(app, arguments).exception, error)

"""The desk's days are chosen, added and listed on the command line."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from analytics.forecasting.errors import ForecastInputError
from etl.commands.calendar_cli import BadHoursError, app
from etl.marts.calendars import UnknownCalendarError
from tests.integration.conftest import Database


@pytest.fixture(autouse=True)
def _desk(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database.url.render_as_string(hide_password=False))


def _run(*arguments: str) -> str:
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, (done.output, done.exception)
    return str(done.stdout)


def _listed(year: str = "2026") -> dict[str, Any]:
    return {row.pop("on"): row for row in json.loads(_run("list", "--year", year, "--json"))}


def test_countries_days_and_hours_are_kept_and_listed() -> None:
    assert _listed() == {}
    assert "ZA, BW" in _run("countries", "za", "BW")
    assert _listed()["2026-09-24"] == {"name": "Heritage Day", "country": "ZA", "hours": None}
    _run("add", "2026-12-27", "--closed", "--name", "Stocktaking")
    _run("add", "2026-12-24", "--opens", "09:00", "--closes", "13:00")
    _run("add", "2026-09-24", "--opens", "00:00", "--closes", "23:59", "--name", "Open day and night")
    days = _listed()
    assert days["2026-12-27"] == {"name": "Stocktaking", "country": None, "hours": None}
    assert days["2026-12-24"]["hours"] == "09:00 to 13:00"
    assert days["2026-09-24"] == {"name": "Open day and night", "country": None, "hours": "00:00 to 24:00"}
    assert "usual hours" in _run("remove", "2026-12-27")
    assert "was a usual day" in _run("remove", "2026-12-27")
    assert "2026-12-27" not in _run("list")
    _run("countries", "none")
    assert set(_listed()) == {"2026-09-24", "2026-12-24"}


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("countries", "XX"), ForecastInputError),
        (("add", "2026-12-27"), BadHoursError),
        (("add", "2026-12-27", "--closed", "--opens", "09:00"), BadHoursError),
        (("add", "2026-12-27", "--opens", "13:00", "--closes", "09:00"), BadHoursError),
        (("add", "2026-12-27", "--opens", "9", "--closes", "13:60"), BadHoursError),
        (("add", "2026-12-27", "--opens", "00:00", "--closes", "24:01"), BadHoursError),
        (("list", "--calendar", "Nobody's"), UnknownCalendarError),
    ],
)
def test_what_cannot_be_used_is_said(arguments: tuple[str, ...], error: type[Exception]) -> None:
    assert isinstance(CliRunner().invoke(app, arguments).exception, error)

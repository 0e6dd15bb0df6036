"""The Staffing page in a browser: what is missing, a week of the plan, a roster, settings, and files."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from etl.jobs.registry import JOBS
from etl.running.job import JobContext
from etl.running.runner import run_job
from tests.e2e.conftest import OpenWindow
from tests.e2e.desk import USER, VIEWER, Portal
from tests.e2e.reader import PHONE
from tests.factories.forecast import add_forecast

NOW = datetime(2026, 3, 1, 22, 10, tzinfo=UTC)
PER_DAY = {"channel=call": 60.0, "channel=chat": 30.0, "channel=email": 200.0}
PLAN = ("staffing_hours", "staffing_channel_hours", "staffing_shifts", "staffing_plan")
FORECAST = ("demand_forecast_hours", "demand_forecasts", "demand_series")
ROSTER = "agent,date,start,end\n" + "".join(f"Agent {place},2026-03-02,08:00,12:00\n" for place in range(3))


def clear(portal: Portal, schema: str, *tables: str) -> None:
    """Empty some tables."""
    with portal.engine.begin() as connection:
        for table in tables:
            connection.execute(sa.text(f"delete from {schema}.{table}"))


def plan(portal: Portal) -> None:
    """Run the job that plans."""
    run_job(JOBS["plan_staffing"], JobContext(portal.engine, NOW, "Africa/Johannesburg"))


@pytest.fixture
def planned(portal: Portal) -> Iterator[Portal]:
    """A desk with a plan for two weeks, taken away again after the test."""
    clear(portal, "marts", *FORECAST)
    with portal.engine.begin() as connection:
        add_forecast(connection, date(2026, 3, 2), PER_DAY)
    plan(portal)
    yield portal
    clear(portal, "marts", *PLAN, *FORECAST)
    clear(portal, "support", "roster_entries")


def test_without_a_forecast_the_page_says_what_is_missing(portal: Portal, open_window: OpenWindow) -> None:
    """No number that nobody made: why there is none, and what to do."""
    clear(portal, "marts", *FORECAST)
    plan(portal)
    reader = open_window()
    reader.open("/staffing")
    expect(reader.page.locator("#staffing-people-conclusion")).to_contain_text("There is no forecast to plan from.")
    assert reader.complaints == []
    clear(portal, "marts", *PLAN)


def test_a_week_is_a_link_and_back_undoes_it(planned: Portal, open_window: OpenWindow) -> None:
    """The second week has its own address, figures and shifts; back shows the first again."""
    del planned
    reader = open_window()
    reader.open("/staffing")
    shifts = reader.page.locator("#staffing-shifts tbody th").first
    expect(shifts).to_have_text(re.compile("2.Mar"))
    reader.page.get_by_role("link", name="9\u00a0Mar", exact=True).click()
    expect(shifts).to_have_text(re.compile("9.Mar"))
    assert "week=2026-03-09" in reader.page.url
    reader.page.go_back()
    expect(shifts).to_have_text(re.compile("2.Mar"))
    assert reader.complaints == []


@pytest.mark.parametrize("size", [(1440, 900), PHONE], ids=["desk", "phone"])
def test_a_roster_is_imported_and_its_gaps_are_shown(
    planned: Portal, open_window: OpenWindow, size: tuple[int, int]
) -> None:
    """The file goes in through the page, and its gaps stand there, within the screen."""
    clear(planned, "support", "roster_entries")
    reader = open_window(size)
    reader.open("/staffing")
    expect(reader.page.locator("#staffing-gaps")).to_contain_text("Nobody is rostered this week.")
    file = {"name": "roster.csv", "mimeType": "text/csv", "buffer": ROSTER.encode()}
    reader.page.locator("input[name=roster]").set_input_files(file)  # type: ignore[arg-type]  # a payload, not a path
    reader.page.get_by_role("button", name="Import roster").click()
    expect(reader.page.get_by_text("The roster is saved.")).to_be_visible()
    expect(reader.page.locator("#staffing-gaps")).to_contain_text("The roster is short of")
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_a_manager_changes_the_settings(planned: Portal, open_window: OpenWindow) -> None:
    """What is saved stands in the form afterwards."""
    reader = open_window()
    reader.open("/staffing")
    field = reader.page.locator("input[name=shrinkage]")
    expect(field).to_have_value("30")
    field.fill("25")
    reader.page.get_by_role("button", name="Save settings").click()
    expect(reader.page.get_by_text("The settings are saved.")).to_be_visible()
    expect(reader.page.locator("input[name=shrinkage]")).to_have_value("25")
    with planned.engine.begin() as connection:
        connection.execute(sa.text("update support.staffing_settings set shrinkage = 0.3"))
        actor = "select actor from support.audit_log where action = 'change_staffing_settings' order by id desc limit 1"
        assert connection.scalar(sa.text(actor)) == USER


def test_a_viewer_sees_the_plan_and_no_forms(planned: Portal, open_window: OpenWindow) -> None:
    """Numbers for everybody, changes for managers."""
    reader = open_window(is_anonymous=True)
    reader.page.goto(f"{planned.url}/login")
    reader.log_in(VIEWER, planned.password)
    reader.settle()
    reader.open("/staffing")
    expect(reader.page.locator("#staffing-shifts tbody tr").first).to_be_visible()
    expect(reader.page.locator("#staffing-settings")).to_have_text("Only managers change this.")
    expect(reader.page.locator("form[action='/staffing/roster']")).to_have_count(0)


def test_the_plan_can_be_taken_away(planned: Portal, open_window: OpenWindow) -> None:
    """A table of hours, in both forms, and a calendar of shifts are downloads."""
    del planned
    reader = open_window()
    reader.open("/staffing")
    for name, suffix in (
        ("Export hours as CSV", ".csv"),
        ("Export hours as Excel", ".xlsx"),
        ("Export shifts for a calendar", ".ics"),
    ):
        with reader.page.expect_download() as download:
            reader.page.get_by_role("link", name=name).click()
        assert download.value.suggested_filename == f"staffing{suffix}"

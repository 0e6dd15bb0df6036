"""The Staffing page's forms and files: managers change, viewers do not, and everything is written down."""

import csv
import io
import re
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
import sqlalchemy as sa

from tests.factories.staffing_plan import add_plan
from tests.integration.conftest import Database
from tests.integration.portal.conftest import HOST, Browser
from warehouse.tables.desk import audit_log
from warehouse.tables.staffing import roster_entries, staffing_settings, staffing_targets

START = datetime(2026, 3, 2, 6, tzinfo=UTC)
ROSTER = "agent,date,start,end\nLerato,2026-03-02,08:00,12:00\n=cmd(),2026-03-02,08:00,09:00\n"
GOOD = {
    "shrinkage": "25",
    "occupancy_cap": "80",
    "minimum_people": "2",
    "quantile": "90",
    "cost_per_hour": "99.5",
    "currency": "bwp",
    "shift_hours": "8",
    "written_due_hours": "2.5",
    "is_blended": "yes",
    "target-call-level": "90",
    "target-call-within": "30",
    "target-call-patience": "",
    "target-chat-level": "70",
    "target-chat-within": "60",
    "target-chat-patience": "90",
}


@pytest.fixture
def staffed(database: Database, real_pages: Browser) -> Browser:
    """A client of the real pages over a plan of three open hours; nobody is logged in."""
    with database.engine.begin() as connection:
        add_plan(connection, [START + timedelta(hours=number) for number in range(3)], "Africa/Johannesburg")
    return real_pages


def send(browser: Browser, path: str, fields: dict[str, str], file: str | None = None) -> httpx2.Response:
    """Send a form of the page with a valid token."""
    settings = {"output": "..staffing-settings.children..", "changedPropIds": ["url.search"]}
    asked = settings | {
        "outputs": [{"id": "staffing-settings", "property": "children"}],
        "inputs": [
            {"id": "url", "property": "search", "value": ""},
            {"id": "data-version", "property": "data", "value": 0},
        ],
        "state": [
            {"id": "url", "property": "pathname", "value": "/staffing"},
            {"id": "theme", "property": "data", "value": "light"},
        ],
    }
    headers = {"Origin": f"http://{HOST}"}
    drawn = browser.client.post("/_dash-update-component", json=asked, headers=headers).text
    found = re.search(r'"csrf_token","type":"hidden","value":"([^"]+)"', drawn)
    token = found[1] if found else re.search(r'csrf_token[^}]*?"value":"([^"]+)"', browser.get("/_dash-layout").text)[1]  # type: ignore[index]
    files = None if file is None else {"roster": ("roster.csv", file.encode(), "text/csv")}
    return browser.client.post(path, data=fields | {"csrf_token": token}, files=files)


def test_a_manager_changes_the_settings(staffed: Browser, database: Database) -> None:
    """All fields are kept in their own units, and the log says who changed them to what."""
    staffed.log_in()
    answer = send(staffed, "/staffing/settings", GOOD)
    assert answer.status_code == 303
    with database.engine.connect() as connection:
        settings = connection.execute(sa.select(staffing_settings)).one()
        assert (settings.shrinkage, settings.quantile, settings.currency) == (0.25, 0.9, "BWP")
        assert (settings.written_due_minutes, settings.is_blended, settings.cost_per_hour) == (150, True, 99.5)
        targets = {row.channel: row for row in connection.execute(sa.select(staffing_targets))}
        assert (targets["call"].service_level, targets["call"].patience_seconds) == (0.9, None)
        assert targets["chat"].patience_seconds == 90
        logged = connection.execute(sa.select(audit_log).where(audit_log.c.action == "change_staffing_settings")).one()
        assert (logged.actor, logged.details["shrinkage"]) == ("thandi", 0.25)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("shrinkage", "95", "breaks"),
        ("quantile", "nan", "share of days"),
        ("cost_per_hour", "", "cost"),
        ("currency", "R", "three letters"),
        ("minimum_people", "-1", "least people"),
        ("target-call-level", "100", "answered in time"),
        ("target-call-patience", "soon", "give up"),
    ],
)
def test_a_wrong_value_changes_nothing(staffed: Browser, database: Database, name: str, value: str, words: str) -> None:
    """A sentence names the value; the settings stay as they were."""
    staffed.log_in()
    answer = send(staffed, "/staffing/settings", GOOD | {name: value})
    assert answer.status_code == 400
    assert words in answer.text
    with database.engine.connect() as connection:
        assert connection.execute(sa.select(staffing_settings.c.shrinkage)).scalar_one() == 0.3


def test_a_roster_fills_hours_and_importing_it_again_changes_nothing(staffed: Browser, database: Database) -> None:
    """Shifts come in once, and the export says for each hour who is rostered and who is missing."""
    staffed.log_in()
    for _ in range(2):
        assert send(staffed, "/staffing/roster", {}, ROSTER).status_code == 303
    assert (
        send(
            staffed,
            "/staffing/roster/shift",
            {"agent": "Sipho", "date": "2026-03-02", "start": "08:00", "end": "10:00"},
        ).status_code
        == 303
    )
    with database.engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(roster_entries)) == 3
        logged = sa.select(audit_log.c.details).where(audit_log.c.action == "change_roster").order_by(audit_log.c.id)
        assert [each["changed"] for each in connection.execute(logged).scalars()] == [2, 0, 1]
    lines = list(csv.reader(io.StringIO(staffed.get("/staffing/export.csv").content.decode("utf-8-sig"))))
    assert [line[6:8] for line in lines[1:]] == [["3.0", "0"], ["2.0", "1"], ["1.0", "2"]]


def test_a_hostile_roster_is_refused(staffed: Browser, database: Database) -> None:
    """Bytes, formulas of dates, and cells that would begin new ones are told and not kept."""
    staffed.log_in()
    assert "Line 2" in send(staffed, "/staffing/roster", {}, "agent,date,start,end\nX,=1+1,08:00,09:00\n").text
    forged = {"agent": "X\nY,2026-03-02,08:00,09:00", "date": "2026-03-02", "start": "08:00", "end": "09:00"}
    assert send(staffed, "/staffing/roster/shift", forged).status_code == 400
    assert send(staffed, "/staffing/roster", {}).status_code == 400
    with database.engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(roster_entries)) == 0


def test_a_viewer_changes_nothing(staffed: Browser, database: Database) -> None:
    """The forms of a viewer are refused, whatever they hold; files may be taken away."""
    staffed.log_in("sipho")
    for path, file in (("/staffing/settings", None), ("/staffing/roster", ROSTER), ("/staffing/roster/shift", None)):
        assert send(staffed, path, GOOD, file).status_code == 403
    with database.engine.connect() as connection:
        assert connection.execute(sa.select(staffing_settings.c.shrinkage)).scalar_one() == 0.3
        assert connection.scalar(sa.select(sa.func.count()).select_from(roster_entries)) == 0
    assert staffed.get("/staffing/export.ics").headers["content-type"].startswith("text/calendar")


def test_a_form_without_its_token_is_refused(staffed: Browser) -> None:
    """Another site cannot send the form for a manager."""
    staffed.log_in()
    assert staffed.client.post("/staffing/settings", data=GOOD).status_code == 400


def test_files_need_a_login(staffed: Browser) -> None:
    """Nobody takes the plan away without logging in."""
    assert staffed.get("/staffing/export.csv").status_code == 302

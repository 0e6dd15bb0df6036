"""Calls are marked by managers and taken back; the list is a file; everything is written down."""

import csv
import io
import re

import httpx2
import pytest
import sqlalchemy as sa

from analytics.customer_ids import customer_id
from etl.marts.refresh import refresh_marts
from tests.factories.desk import add_ticket, instant
from tests.integration.conftest import Database
from tests.integration.portal.conftest import HOST, Browser
from warehouse.tables.desk import audit_log, customer_calls, customers

EMAIL = "thabo@example.co.za"


@pytest.fixture
def called(database: Database, real_pages: Browser) -> Browser:
    """A client of the real pages over a desk of one customer; nobody is logged in."""
    with database.engine.begin() as connection:
        connection.execute(sa.insert(customers).values(customer_email=EMAIL, name="=Thabo"))
        for hour in (8, 9, 10):
            add_ticket(connection, instant(f"2026-03-02 {hour:02d}:00"), customer_email=EMAIL)
        refresh_marts(connection, "Africa/Johannesburg")
    return real_pages


def customer(database: Database) -> str:
    """Return how an address names the customer."""
    with database.engine.connect() as connection:
        return customer_id(connection.scalar(sa.text("select customer_hash from marts.fct_tickets limit 1")))


def shown(browser: Browser, path: str) -> str:
    """Return what the page's callback answers."""
    asked = {
        "output": "customers-view.children",
        "outputs": {"id": "customers-view", "property": "children"},
        "changedPropIds": ["url.pathname"],
        "inputs": [
            {"id": "url", "property": "pathname", "value": path},
            {"id": "url", "property": "search", "value": ""},
            {"id": "data-version", "property": "data", "value": 0},
        ],
        "state": [],
    }
    headers = {"Origin": f"http://{HOST}"}
    return browser.client.post("/_dash-update-component", json=asked, headers=headers).text


def send(browser: Browser, database: Database, fields: dict[str, str]) -> httpx2.Response:
    """Send a form of the customer's page with a valid token, which every page has."""
    text = shown(browser, f"/customers/{customer(database)}") + browser.get("/_dash-layout").text
    found = re.search(r'csrf_token[^}]*?"value":"([^"]+)"', text)
    assert found is not None
    return browser.client.post("/customers/calls", data=fields | {"csrf_token": found[1]})


def test_a_manager_marks_a_call_and_takes_it_back(called: Browser, database: Database) -> None:
    """Both are in the log without the note; the mark is on both pages, and gone when it was taken back."""
    called.log_in()
    name = customer(database)
    answer = send(called, database, {"customer": name, "outcome": "reached", "note": " Delivery by  Friday "})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/customers/{name}")
    assert "reached them: Delivery by Friday" in shown(called, f"/customers/{name}")
    assert "reached them: Delivery by Friday" in shown(called, "/customers")
    with database.engine.connect() as connection:
        number = connection.scalar(sa.select(customer_calls.c.id))
    assert send(called, database, {"undo": str(number)}).headers["location"] == f"/customers/{name}"
    assert "Nobody has marked a call" in shown(called, f"/customers/{name}")
    with database.engine.connect() as connection:
        rows = connection.execute(sa.select(audit_log).where(audit_log.c.action.like("%_call"))).all()
        mark = connection.execute(sa.select(customer_calls)).one()
    assert sorted(row.action for row in rows) == ["mark_call", "undo_call"]
    assert "Delivery" not in str(rows)
    assert mark.undone_by == mark.called_by


@pytest.mark.parametrize(
    "fields",
    [
        {"outcome": "reached"},
        {"customer": "0" * 16, "outcome": "shouted"},
        {"customer": "0" * 16, "outcome": "reached", "note": "x" * 501},
        {"undo": "77"},
        {"undo": "drop table"},
    ],
)
def test_what_cannot_be_marked_changes_nothing(called: Browser, database: Database, fields: dict[str, str]) -> None:
    """Refused with a sentence."""
    called.log_in()
    assert send(called, database, fields).status_code == 400
    with database.engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(customer_calls)) == 0


def test_a_viewer_sees_marks_and_makes_none(called: Browser, database: Database) -> None:
    """No form is shown, and what is sent all the same is refused."""
    called.log_in("sipho")
    page = shown(called, f"/customers/{customer(database)}")
    assert "Managers can mark calls" in page
    assert "csrf_token" not in page
    answer = send(called, database, {"customer": customer(database), "outcome": "reached"})
    assert answer.status_code == 403


def test_the_list_is_a_file(called: Browser, database: Database) -> None:
    """As on the page, a name that is a formula does nothing, and who took it is kept without any name."""
    called.log_in()
    answer = called.get("/customers/export.csv?period=all")
    (line,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""))
    assert (line["Customer"], line["Tickets"], line["Called"]) == ("'=Thabo", "3", "")
    assert called.get("/customers/export.xlsx?period=all&by=type").status_code == 200
    with database.engine.connect() as connection:
        statement = sa.select(audit_log).where(audit_log.c.action == "export_customer_ranking").order_by(audit_log.c.id)
        rows = connection.execute(statement).all()
    assert [row.details["by"] for row in rows] == ["person", "type"]
    assert "Thabo" not in str(rows)


def test_an_address_of_nobody_says_so(called: Browser) -> None:
    """Whatever stands in it."""
    called.log_in()
    for path in ("/customers/0000000000000000", "/customers/thabo@example.co.za", "/customers/"):
        assert "There is no such customer" in shown(called, path)

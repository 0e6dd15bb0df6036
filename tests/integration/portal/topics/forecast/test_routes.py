"""The form of the desk's events: managers change them, and everything is written down."""

import httpx2
import pytest
import sqlalchemy as sa

from tests.integration.conftest import Database
from tests.integration.portal.conftest import Browser
from tests.integration.portal.readers import LONG_WORD, token_of
from warehouse.tables.desk import audit_log
from warehouse.tables.forecasts import desk_events

FAIR = {"name": " Book  fair ", "first": "2026-03-31", "last": "2026-04-02", "percent": "25"}


def send(browser: Browser, fields: dict[str, str]) -> httpx2.Response:
    """Send the form with the token of the session."""
    layout = browser.get("/_dash-layout").text
    token = next(word for word in LONG_WORD.findall(layout) if token_of(word))
    return browser.client.post("/forecast/events", data=fields | {"csrf_token": token})


def kept(database: Database) -> list[tuple[object, ...]]:
    """Return the events and their authors."""
    columns = desk_events.c
    statement = sa.select(columns.name, columns.first_date, columns.expected_change, columns.created_by)
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(statement)]


def logged(database: Database) -> list[tuple[object, ...]]:
    """Return what the audit log says of events."""
    columns = audit_log.c
    statement = sa.select(columns.actor, columns.action, columns.target).where(columns.action.like("%desk_event"))
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(statement.order_by(columns.id))]


def test_a_manager_adds_an_event_and_removes_it(real_pages: Browser, database: Database) -> None:
    """Both are written down; removing it again changes nothing."""
    real_pages.log_in()
    assert send(real_pages, FAIR).status_code == 303
    ((name, _, share, author),) = kept(database)
    assert (name, share, author) == ("Book fair", 0.25, "thandi")
    with database.engine.connect() as connection:
        number = connection.execute(sa.select(desk_events.c.id)).scalar_one()
    for _ in range(2):
        assert send(real_pages, {"remove": str(number)}).status_code == 303
    assert kept(database) == []
    assert logged(database) == [
        ("thandi", "add_desk_event", "Book fair"),
        ("thandi", "remove_desk_event", "Book fair"),
    ]


@pytest.mark.parametrize("fields", [FAIR, {"remove": "1"}])
def test_a_viewer_is_told_on_a_page_that_managers_change_events(
    real_pages: Browser, database: Database, fields: dict[str, str]
) -> None:
    """The same page as for any other change, and nothing is changed."""
    real_pages.log_in("sipho")
    answer = send(real_pages, fields)
    assert answer.status_code == 403
    assert "<p>Only managers may change this.</p>" in answer.text
    assert kept(database) == logged(database) == []


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": " "}, "The event needs a name"),
        ({"first": "soon"}, "“First day” is “soon”, which is no date"),
        ({"last": "2026-03-01"}, "after “Last day”, which is 1 Mar 2026: change one of the two."),
        ({"percent": "nan"}, "The expected change has to be a number"),
        ({"remove": "x"}, "There is no such event."),
        ({"remove": "1" * 30}, "There is no such event."),
    ],
)
def test_what_cannot_be_kept_is_told_on_a_page(
    real_pages: Browser, database: Database, changed: dict[str, str], sentence: str
) -> None:
    """What is wrong, and the way back; nothing is changed."""
    real_pages.log_in()
    answer = send(real_pages, FAIR | changed)
    assert answer.status_code == 400
    assert sentence in answer.text.replace("\u00a0", " ")
    assert "Go back and change it.</p>" in answer.text
    assert kept(database) == logged(database) == []

"""Whom nobody answered: all that were planted, what was done for them, and the file, over a real database."""

import csv
import io
from datetime import timedelta

import pytest
import sqlalchemy as sa

from etl.marts.refresh import refresh_marts
from portal.topics.backlog.query import follow_ups, forgotten
from tests.factories.desk import add_message, add_ticket, instant
from tests.integration.conftest import Database
from tests.integration.portal.conftest import Browser
from tests.integration.portal.topics.conftest import ALL_DAYS
from warehouse.engine import DatabaseRole
from warehouse.tables.desk import audit_log

AT = instant("2026-02-20 09:00")
STATUSES = ("new", "open", "pending", "on_hold", "resolved", "closed")


def add_thread(connection: sa.Connection, status: str, *said: tuple[str, str | None]) -> int:
    """Add a ticket whose messages follow one another by the hour; a message is its text and who of the desk spoke."""
    resolved = AT + timedelta(days=2) if status in {"resolved", "closed"} else None
    ticket = add_ticket(connection, AT, status=status, resolved_at=resolved)
    for hour, (text, agent) in enumerate(said):
        add_message(connection, ticket, AT + timedelta(hours=hour), agent, notes=text)
    return ticket


@pytest.fixture
def planted(database: Database) -> set[int]:
    """Tickets of customers whom nobody answered, in every status, among others that are done."""
    with database.engine.begin() as connection:
        found = set()
        for status in STATUSES:
            found.add(add_thread(connection, status, ("Hello", None), ("Hello!", "Lerato"), ("It fails again.", None)))
            found.add(add_thread(connection, status, ("Where is my book?", None)))
            found.add(add_thread(connection, status, ("", None)))
            found.add(add_ticket(connection, AT, status=status))
            add_thread(connection, status, ("Where is it?", None), ("Here", "Sipho"), ("Thanks 🙏", None))
            add_thread(connection, status, ("Where is it?", None), ("On its way.", "Sipho"))
        hidden = add_thread(connection, "closed", ("Where is it?", None))
        later = AT + timedelta(hours=3)
        add_message(connection, hidden, later, "Sipho", notes="A note", is_public=False)
        robot = add_thread(connection, "closed", ("Where is it?", None))
        add_message(connection, robot, later, None, direction="outbound", is_automatic=True, notes="We got your mail.")
        add_ticket(connection, AT, exclusion="spam")
        add_ticket(connection, AT, needs_no_answer=True)
        refresh_marts(connection, "Africa/Johannesburg")
    return {*found, hidden, robot}


def test_everybody_who_was_planted_is_found_and_nobody_else(database: Database, planted: set[int]) -> None:
    """Whatever the status; solved and closed ones first; thanks are counted, not listed."""
    engine = database.engine_as(DatabaseRole.PORTAL_READER)
    with engine.connect() as connection:
        found = forgotten(connection, ALL_DAYS)
    engine.dispose()
    assert {each.ticket_id for each in found.waiting} == planted
    assert found.thanked == len(STATUSES)
    done = [each.status in {"resolved", "closed"} for each in found.waiting]
    assert done == sorted(done, reverse=True)


def test_a_mark_is_kept_with_who_and_when_and_can_be_taken_back(
    real_pages: Browser, database: Database, planted: set[int]
) -> None:
    """The audit log has both steps; a viewer may do neither."""
    ticket = min(planted)
    form = {"ticket": str(ticket), "said": (AT + timedelta(hours=2)).isoformat(), "how": "phone"}
    reader = database.engine_as(DatabaseRole.PORTAL_READER)

    def send(**changed: str) -> int:
        return real_pages.client.post("/backlog/follow-ups", data=form | changed | {"csrf_token": token}).status_code

    real_pages.log_in("sipho")
    token = _token(real_pages)
    assert send() == 403
    real_pages.client.cookies.clear()
    real_pages.log_in("thandi")
    token = _token(real_pages)
    assert send() == 303
    with reader.connect() as connection:
        (mark,) = follow_ups(connection).values()
    assert (mark.how, mark.actor) == ("phone", "thandi")
    assert [send(how="eaten"), send(said="yesterday"), send(ticket="9" * 30)] == [400, 400, 400]
    assert send(said=AT.replace(year=2020).isoformat()) == 400
    text = real_pages.get("/backlog/export/unanswered.csv").content.decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text, newline="")))
    assert {int(line["Ticket"]) for line in lines} == planted
    assert next(line["Done"] for line in lines if line["Ticket"] == str(ticket)).startswith("Answered by phone: thandi")
    assert send(how="undo") == 303
    with reader.connect() as connection:
        assert not follow_ups(connection)
    reader.dispose()
    with database.engine.connect() as connection:
        actions = list(connection.scalars(sa.select(audit_log.c.action).order_by(audit_log.c.id)))
    assert [each for each in actions if each in {"follow_up", "export_unanswered"}] == [
        "follow_up",
        "export_unanswered",
        "follow_up",
    ]


def _token(browser: Browser) -> str:
    """Return the token that the pages of whoever is logged in have."""
    found = browser.get("/").text.split('name="csrf_token"', 1)[1]
    return found.split('value="', 1)[1].split('"', 1)[0]

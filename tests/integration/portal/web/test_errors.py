"""Errors: a status, one sentence, and an id that the log has too."""

import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from analytics.log_lines import JsonLines
from portal.web.errors import DATABASE_DOWN, NOT_PREPARED
from tests.integration.conftest import Database
from tests.integration.portal.conftest import HOST, Browser, PortalFactory

ORIGIN = f"http://{HOST}"
DEAD = sa.make_url("postgresql+psycopg2://nobody:nothing@127.0.0.1:1/nowhere")


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return the log as it is written."""
    return [JsonLines().format(record) for record in caplog.records if record.name.startswith("portal")]


def test_a_path_that_is_not_there_says_so(manager: Browser) -> None:
    """Dash would answer 200 with an empty frame. The keyboard's focus is on what happened."""
    for path in ["/nowhere", "/deeper", "/deep/../nowhere", "/assets/none.js", "/favicon.ico"]:
        missing = manager.get(path)
        assert missing.status_code == 404
        assert re.search("<h1[^>]* autofocus>There is no such page", missing.text)


def test_a_page_is_there_with_what_is_below_it(manager: Browser) -> None:
    """The registry decides."""
    for path in ["/", "/deep", "/deep/7"]:
        assert manager.get(path).status_code == 200


def test_an_unforeseen_error_shows_a_number_that_the_log_has(
    manager: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    """What the error says stays out of both: it may quote what a customer wrote."""
    with caplog.at_level(logging.INFO, "portal"):
        broken = manager.get("/probe/break", X_Request_ID="made up")
    assert broken.status_code == 500
    request_id = broken.headers["x-request-id"]
    assert len(request_id) == 32
    assert request_id in broken.text
    failure = next(json.loads(line) for line in lines(caplog) if "UnforeseenError" in line)
    assert failure["request_id"] == request_id
    assert any(frame.endswith(" _break") for frame in failure["where"])
    assert "thandi@example" not in "".join([broken.text, *lines(caplog)])


def test_a_callback_that_breaks_answers_as_a_program_expects(manager: Browser) -> None:
    """JSON with the sentence and the number."""
    broken = manager.call("break", Origin=ORIGIN)
    assert broken.status_code == 500
    assert broken.json()["request_id"] == broken.headers["x-request-id"]
    assert "could not be made" in broken.json()["message"]


@contextmanager
def stopped(database: Database) -> Iterator[None]:
    """Close every connection to a database and let none in, until the block ends."""
    name = database.url.database
    database.engine.dispose()
    admin = sa.create_engine(database.url.set(database="postgres"), isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with admin.connect() as connection:
        connection.execute(sa.text(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'))
        connection.execute(
            sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"), {"name": name}
        )
        try:
            yield
        finally:
            connection.execute(sa.text(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'))


def test_without_its_database_the_portal_says_so_and_recovers(manager: Browser, database: Database) -> None:
    """Pages load themselves again, callbacks carry the sentence, and nothing has to be started anew."""
    with stopped(database):
        layout = manager.get("/_dash-layout")
        assert layout.status_code == 503
        assert layout.json()["message"] == DATABASE_DOWN
        assert layout.headers["retry-after"] == "5"
        not_ready = {"status": "not ready", "reason": "database_does_not_answer", "message": DATABASE_DOWN}
        assert manager.get("/readyz").json() == not_ready
    assert manager.get("/_dash-layout").status_code == 200
    assert manager.get("/readyz").status_code == 200


def test_a_page_without_a_database_comes_back_by_itself(manager: Browser, portal_at: PortalFactory) -> None:
    """The session is good, but whose it is cannot be read."""
    dead = portal_at(DEAD)
    dead.client.cookies.set("support_session", manager.client.cookies["support_session"])
    page = dead.get("/")
    assert page.status_code == 503
    assert DATABASE_DOWN in page.text
    assert '<meta http-equiv="refresh" content="5">' in page.text
    callback = dead.call(Origin=ORIGIN)
    assert (callback.status_code, callback.json()["message"]) == (503, DATABASE_DOWN)


def test_nobody_can_log_in_without_a_database_and_is_told_why(portal_at: PortalFactory) -> None:
    """The form is there all the same, to the first visitor too."""
    refused = portal_at(DEAD).log_in()
    assert refused.status_code == 503
    assert DATABASE_DOWN in refused.text


def test_the_portal_lives_but_is_not_ready_without_a_database(portal_at: PortalFactory) -> None:
    """A restart would not help, so it is alive; requests would fail, so it is not ready."""
    dead = portal_at(DEAD)
    assert dead.get("/healthz").status_code == 200
    assert dead.get("/readyz").status_code == 503


def test_the_portal_is_not_ready_before_the_migration(portal_at: PortalFactory, empty_database: Database) -> None:
    """The answer says what to do."""
    not_ready = portal_at(empty_database.url).get("/readyz")
    assert not_ready.status_code == 503
    assert not_ready.json() == {"status": "not ready", "reason": "database_not_prepared", "message": NOT_PREPARED}


def test_the_log_has_one_line_for_each_request_and_no_words_of_anybody(
    manager: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    """The route, not the address: what was searched for stays between the manager and the portal."""
    with caplog.at_level(logging.INFO, "portal"):
        manager.get("/deep/7?search=thandi@example.co.za")
        manager.get("/thandi@example.co.za")
    written = [json.loads(line) for line in lines(caplog)]
    assert [(line["route"], line["status"]) for line in written] == [("/deep/*", 200), ("other", 404)]
    assert all(line["milliseconds"] >= 0 and len(line["request_id"]) == 32 for line in written)
    assert "example.co.za" not in "".join(lines(caplog))

"""Uploads are taken of managers only, piece by piece, within their size; files go to their owner only."""

import io
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import flask
import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from flask_caching import Cache

from portal.app import create_app
from portal.frame.services import PortalServices
from portal.topics.tickets.background_export import write_export
from tests.factories.portal import USER_NAME, make_server
from tests.integration.conftest import Database
from tests.integration.portal.conftest import Browser
from warehouse.engine import DatabaseRole
from warehouse.tables.desk import audit_log
from warehouse.work_queue import queue
from warehouse.work_queue.artefacts import PIECE
from warehouse.work_queue.work import Kind, State, Work, WorkError
from warehouse.work_queue.worker import Worker


@pytest.fixture
def server() -> flask.Flask:
    """A server on which everybody is the manager, and errors are not made into answers."""
    made = make_server()
    made.testing = True
    return made


@pytest.fixture
def services(database: Database, server: flask.Flask, tmp_path: Path) -> Iterator[PortalServices]:
    """Services over an empty desk, whose files lie in a folder of the test."""
    reader, editor = (database.engine_as(role) for role in (DatabaseRole.PORTAL_READER, DatabaseRole.PORTAL_EDITOR))
    cache = Cache(server, config={"CACHE_TYPE": "SimpleCache"})
    yield PortalServices(reader, editor, cache, str(tmp_path / "artefacts"))
    reader.dispose()
    editor.dispose()


@pytest.fixture
def client(services: PortalServices, server: flask.Flask) -> FlaskClient:
    """A browser of a manager."""
    create_app(services, server)
    return server.test_client()


def work(services: PortalServices, number: int, owner: str = USER_NAME) -> Work:
    with services.editor.connect() as connection:
        return queue.work_of(connection, number, owner)


def begin(client: FlaskClient, size: int, name: str = "march.csv", rows: str = "tickets") -> int:
    answer = client.post("/data-health/uploads", data={"name": name, "size": str(size), "rows": rows})
    assert answer.status_code == 200
    return int(answer.json["number"])  # type: ignore[index]  # asserted to be an answer


def send(client: FlaskClient, number: int, place: int, content: bytes) -> int:
    address = f"/data-health/uploads/{number}/pieces/{place}"
    return client.post(address, data=io.BytesIO(content), content_type="application/octet-stream").status_code


def test_a_file_arrives_in_pieces_and_then_waits(client: FlaskClient, services: PortalServices, tmp_path: Path) -> None:
    content = b"x" * (PIECE + 5)
    number = begin(client, len(content), "../../etc/\x00passwd.csv")
    assert work(services, number).state == State.FILLING
    assert send(client, number, 0, content[:PIECE]) == 200
    assert send(client, number, 1, content[PIECE:]) == 200
    assert client.post(f"/data-health/uploads/{number}/whole").json == {"address": f"/data-health?import={number}"}
    waiting = work(services, number)
    assert (waiting.state, waiting.parameters["name"]) == (State.WAITING, "·passwd.csv")
    services.artefacts().fetch_upload(number, 2, tmp_path / "whole")
    assert (tmp_path / "whole").read_bytes() == content


@pytest.mark.parametrize("size", ["200000001", "0", "-1", "1e9", "", "9" * 30])
def test_a_size_that_is_not_taken_is_refused_before_a_byte_comes(client: FlaskClient, size: str) -> None:
    with pytest.raises(WorkError):
        client.post("/data-health/uploads", data={"name": "a", "size": size, "rows": "tickets"})


def test_a_piece_that_does_not_belong_is_refused(client: FlaskClient, services: PortalServices) -> None:
    number = begin(client, 10)
    for place, content in ((0, b"x" * 11), (0, b"x" * 9), (1, b"x"), (9_999, b"")):
        with pytest.raises(WorkError, match="does not belong"):
            send(client, number, place, content)
    with pytest.raises(WorkError, match="has not arrived"):
        client.post(f"/data-health/uploads/{number}/whole")
    assert work(services, number).state == State.FILLING


def test_nobody_else_touches_what_is_somebodys(client: FlaskClient, services: PortalServices) -> None:
    """Whose it is, is not said."""
    with services.editor.begin() as connection:
        number = queue.enqueue(connection, Kind.LOOK_AT_FILE, "sipho", {"pieces": 1, "size": 1}, State.FILLING)
    with pytest.raises(WorkError, match="no such work of yours"):
        send(client, number, 0, b"x")
    for address in (f"/data-health/files/{number}",):
        with pytest.raises(WorkError, match="no such work of yours"):
            client.get(address)
    for address in ("/data-health/look", "/data-health/import"):
        with pytest.raises(WorkError, match="no such work of yours"):
            client.post(address, data={"work": str(number)})


def test_a_file_that_was_not_looked_at_is_not_imported(client: FlaskClient) -> None:
    number = begin(client, 1)
    with pytest.raises(WorkError, match="not been looked at"):
        client.post("/data-health/import", data={"work": str(number)})


def test_only_jobs_of_the_list_are_queued(client: FlaskClient) -> None:
    assert client.post("/data-health/run", data={"job": "retrain_classifier"}).status_code == 303
    with pytest.raises(WorkError, match="no such job"):
        client.post("/data-health/run", data={"job": "backup_database"})


def test_an_export_is_written_for_its_owner_and_each_step_is_audited(
    client: FlaskClient, services: PortalServices, database: Database
) -> None:
    assert (
        client.post("/tickets/export", data={"search": "?from=2026-03-01&to=2026-03-02", "kind": "csv"}).status_code
        == 303
    )
    worker = Worker(
        "portal",
        services.editor,
        services.artefacts(),
        {Kind.EXPORT_TICKETS: partial(write_export, services)},
        timedelta(seconds=30),
    )
    assert worker.run_one()
    done = work(services, 1)
    assert (done.state, done.result, done.error) == (State.DONE, {"rows": 0}, None)
    answer = client.get("/data-health/files/1")
    assert answer.data.decode("utf-8-sig").startswith("Number,Created")
    assert "attachment" in answer.headers["Content-Disposition"]
    with database.engine.connect() as connection:
        lines = connection.scalars(sa.select(audit_log.c.action).where(audit_log.c.actor == USER_NAME)).all()
    assert {"queue_work", "export_tickets", "download_file"} <= set(lines)


def test_a_viewer_and_a_forged_form_are_refused(real_pages: Browser) -> None:
    assert real_pages.log_in("sipho").status_code == 303
    token = real_pages.get("/login").text
    assert real_pages.client.post("/data-health/uploads", data={"name": "a", "size": "1"}).status_code == 400
    found = real_pages.token() if 'name="csrf_token"' in token else ""
    refused = real_pages.client.post(
        "/data-health/uploads", data={"name": "a", "size": "1", "rows": "tickets", "csrf_token": found}
    )
    assert refused.status_code in {400, 403}
    assert real_pages.get("/data-health/files/1").status_code == 403

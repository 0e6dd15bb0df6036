"""Exports of the listed tickets, over HTTP and a real database."""

import csv
import errno
import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

import flask
import openpyxl
import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from etl.marts.refresh import refresh_marts
from portal.frame.services import PortalServices
from portal.topics.tickets.address import read_list
from portal.topics.tickets.blocks import show_list
from portal.topics.tickets.query import all_rows
from portal.topics.tickets.routes import export_blueprint
from tests.factories.desk import add_random_desk, add_ticket
from tests.factories.portal import USER_NAME, make_server, services_on
from tests.integration.conftest import Database
from tests.integration.conftest import _database as fresh_database
from tests.unit.portal.topics.test_cards import words
from warehouse.custom_dimensions import declare
from warehouse.embedded.postgres import EmbeddedPostgres
from warehouse.rollups.custom import FieldKind

ZONE = "Africa/Johannesburg"
FIRST_AT = datetime(2026, 2, 20, tzinfo=UTC)
SEARCHES = (
    "?period=all",
    "?period=all&metric=resolution_time&sort=-resolution",
    "?period=all&category=book_order,~&q=question&sort=priority",
    "?period=all&metric=sla_attainment&part=numerator&agent=Lerato",
    "?period=all&q=%3Dcmd",
    "?from=2001-01-01&to=2001-01-02",
)


@pytest.fixture(scope="module")
def desk(postgres_server: EmbeddedPostgres, migrated_template: str) -> Iterator[Database]:
    """A desk of 150 random tickets and one that means harm."""
    for database in fresh_database(postgres_server, migrated_template):
        with database.engine.begin() as connection:
            add_random_desk(connection, Random(5), 150, FIRST_AT, 40)
            harm = "=cmd|'/c calc'!A1"
            columns = {"subject": harm, "assigned_agent": "@SUM(1)", "metadata": {"Product Line": "Router"}}
            add_ticket(connection, FIRST_AT + timedelta(days=1), **columns)
            declare(connection, "Product Line", FieldKind.TEXT)
            refresh_marts(connection, ZONE)
        yield database


@pytest.fixture(scope="module")
def server() -> flask.Flask:
    """A server without pages."""
    return make_server()


@pytest.fixture(scope="module")
def services(desk: Database, server: flask.Flask) -> Iterator[PortalServices]:
    """The portal's way to the desk."""
    with services_on(desk, server) as services, server.app_context():
        server.register_blueprint(export_blueprint(services))
        yield services


@pytest.fixture
def client(services: PortalServices, server: flask.Flask) -> FlaskClient:
    """A browser of somebody who is logged in."""
    assert services.cache is not None
    return server.test_client()


def listed_ids(services: PortalServices, search: str) -> list[int]:
    """Return the tickets that the page lists, in its order."""
    with services.reader.connect() as connection:
        return [row.ticket_id for row in all_rows(connection, read_list(search, services.days())[0])]


@pytest.mark.parametrize("search", SEARCHES)
def test_both_files_hold_exactly_the_listed_tickets_in_their_order(
    client: FlaskClient, services: PortalServices, search: str
) -> None:
    ids = listed_ids(services, search)
    text = client.get(f"/tickets/export.csv{search}", buffered=True).data.decode("utf-8-sig")
    assert [int(line["Number"]) for line in csv.DictReader(io.StringIO(text, newline=""))] == ids
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"/tickets/export.xlsx{search}", buffered=True).data)).active
    assert sheet is not None
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == ids


def test_some_of_the_lists_are_long_and_some_are_empty(services: PortalServices) -> None:
    lengths = [len(listed_ids(services, search)) for search in SEARCHES]
    assert lengths[0] > 100
    assert lengths[4] == 1
    assert lengths[5:] == [0]
    assert all(lengths[:5])


def test_a_ticket_that_means_harm_does_none(client: FlaskClient) -> None:
    text = client.get("/tickets/export.csv?period=all&q=%3Dcmd", buffered=True).data.decode("utf-8-sig")
    line = next(csv.DictReader(io.StringIO(text, newline="")))
    assert line["Subject"] == "'=cmd|'/c calc'!A1"
    assert line["Agent"] == "'@SUM(1)"


def test_a_file_has_a_name_with_its_date_and_is_streamed(client: FlaskClient) -> None:
    response = client.get("/tickets/export.csv?period=all")
    response.close()
    assert response.is_streamed
    assert response.headers["Content-Disposition"].startswith("attachment; filename=tickets_20")
    assert response.content_type == "text/csv; charset=utf-8"


def test_who_exported_what_is_kept_without_what_was_searched_for(client: FlaskClient, desk: Database) -> None:
    client.get("/tickets/export.csv?period=all&channel=email&q=thabo@example.org", buffered=True)
    with desk.engine.connect() as connection:
        row = connection.execute(sa.text("select * from support.audit_log order by id desc limit 1")).one()
    assert (row.actor, row.action, row.target) == (USER_NAME, "export_tickets", "csv")
    assert row.details["where"] == {"channel": ["email"]}
    assert row.details["search"] == "e-mail address"
    assert "thabo" not in str(row)


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/tickets/export.csv?metric=csat&part=overdue", 400, "no part"),
        ("/tickets/export.csv?metric=nonsense", 400, "There is no metric “nonsense”."),
        ("/tickets/export.csv?agent=Nobody", 400, "No ticket has the agent 'Nobody'. There are: "),
        ("/tickets/export.csv?custom.gone=x", 400, "No ticket has the gone 'x'."),
        ("/tickets/export.csv?kanal=email", 400, "There is no parameter “kanal”."),
        ("/tickets/export.csv?product_line=Router", 400, "The desk's own dimension is “custom.product_line”."),
        ("/tickets/export.xlsx?channel=email&channel=chat", 400, "The parameter “channel” is there twice."),
        ("/tickets/export.csv?hour=24", 400, "The hour or the day of the week in the address is not known"),
        ("/tickets/export.csv?period=next_week", 400, "The period in the address is not known"),
        ("/tickets/export.csv?sort=subject", 400, "The order in the address is not known"),
        ("/tickets/export.csv?period=all&custom.product_line=Router&utm_source=mail", 200, ""),
        ("/tickets/export.pdf", 404, ""),
    ],
)
def test_what_cannot_be_exported_is_refused_with_a_sentence(
    client: FlaskClient, path: str, status: int, sentence: str
) -> None:
    response = client.get(path, buffered=True)
    assert response.status_code == status
    assert sentence in response.text


def test_a_page_says_what_it_leaves_out_and_lists_nothing_for_a_metric_that_does_not_exist(
    services: PortalServices,
) -> None:
    refused, table, foot = show_list(services, "?period=all&metric=nonsense")
    assert "There is no metric “nonsense”." in words(refused)
    assert (table, foot) == (None, [])
    told, table, _ = show_list(services, "?period=all&product_line=Router")
    assert "There is no parameter “product_line”." in words(told)
    assert table is not None
    assert "parameter" not in words(show_list(services, "?period=all&utm_source=mail")[0])


def test_a_sheet_that_cannot_hold_the_list_is_refused(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.topics.tickets.routes.XLSX_ROWS", 20)
    response = client.get("/tickets/export.xlsx?period=all", buffered=True)
    assert response.status_code == 413
    assert "20 tickets at most" in response.text
    assert client.get("/tickets/export.csv?period=all", buffered=True).status_code == 200


def test_a_file_that_finds_no_room_is_answered_and_not_broken_off(
    services: PortalServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    """XLSX is written to disk first; and the place among the four is free again."""
    server = make_server()
    services.cache.init_app(server, config={"CACHE_TYPE": "SimpleCache"})
    server.register_blueprint(export_blueprint(services))
    server.register_error_handler(OSError, lambda error: (error.strerror or "", 503))

    def fill(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("table_files.workbook._write_sheet", fill)
    with server.test_client() as full:
        for _ in range(5):
            refused = full.get("/tickets/export.xlsx?period=all")
            assert (refused.status_code, refused.text) == (503, "No space left on device")


def test_at_most_four_files_are_written_at_once_and_a_finished_one_makes_room(client: FlaskClient) -> None:
    path = "/tickets/export.csv?period=all"
    under_way = [client.get(path, buffered=False) for _ in range(4)]
    assert client.get(path, buffered=True).status_code == 503
    under_way.pop().close()
    assert client.get(path, buffered=True).status_code == 200
    for response in under_way:
        response.close()

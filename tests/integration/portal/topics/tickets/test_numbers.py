"""Imported tickets are shown and found under the numbers that people know."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from etl.importing.undo import undo_import
from etl.marts.refresh import refresh_marts
from portal.topics.tickets.address import TicketList
from portal.topics.tickets.dataset import SourceNumber
from portal.topics.tickets.detail import detail_view
from portal.topics.tickets.detail_dataset import TicketDetail
from portal.topics.tickets.detail_query import ticket_detail
from portal.topics.tickets.query import all_rows, listed_tickets, ticket_page
from portal.topics.tickets.rows_query import list_sql
from tests.factories.desk import add_ticket
from tests.integration.conftest import Database
from tests.integration.conftest import _database as fresh_database
from tests.integration.etl.importing.imported_desk import PROFILE, Desk, row, write_csv
from tests.integration.portal.topics.conftest import ALL_DAYS, ZONE
from tests.unit.portal.topics.test_cards import words
from warehouse.custom_dimensions import declare
from warehouse.embedded.postgres import EmbeddedPostgres
from warehouse.engine import DatabaseRole
from warehouse.rollups.custom import FieldKind
from warehouse.tables.desk import customers
from warehouse.tables.tickets import support_tickets

NOW = datetime(2026, 3, 1, tzinfo=UTC)
LISTED = TicketList(replace(ALL_DAYS, start=date(2025, 1, 1)))
OF_THE_DESK = 900_000
"""Internal number of a ticket that no file brought."""


def _fill(desk: Desk, folder: Path) -> None:
    """Import twice with an undo in between, another source with one number alike, and a file without keys."""
    own = write_csv(folder / "own.csv", [row("10001"), row("10002", note="Router"), row("ABC-7|b")])
    desk.load(own)
    undo_import(desk.engine, int(desk.value("select max(id) from raw.imports")), "keeper")
    desk.load(own)
    other = [row("10002", subject="Elsewhere"), row("10004")]
    desk.load(write_csv(folder / "other.csv", other), replace(PROFILE, source="shop"))
    nameless = write_csv(folder / "nameless.csv", [row("10005", subject="Without a key")])
    desk.load(nameless, replace(PROFILE, source="forms", external_id=()))
    with desk.engine.begin() as connection:
        add_ticket(connection, NOW, id=OF_THE_DESK, subject="Of the desk")
        changed = support_tickets.update().where(support_tickets.c.subject == "Question 10001")
        connection.execute(changed.values(brand="Books", tags=["late", "vip"]))
        own_customer = customers.c.customer_email == "10001@example.org"
        connection.execute(customers.update().where(own_customer).values(organisation="School 7"))
        declare(connection, "note", FieldKind.TEXT)
        declare(connection, "tags", FieldKind.LIST)
        refresh_marts(connection, ZONE)


@pytest.fixture(scope="module")
def desk(
    postgres_server: EmbeddedPostgres, migrated_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """A desk of three sources."""
    for database in fresh_database(postgres_server, migrated_template):
        engine = database.engine_as(DatabaseRole.ETL_WRITER)
        _fill(Desk(engine), tmp_path_factory.mktemp("files"))
        engine.dispose()
        yield database


@pytest.fixture(scope="module")
def reader(desk: Database) -> Iterator[sa.Connection]:
    """A connection in the role that pages read with."""
    engine = desk.engine_as(DatabaseRole.PORTAL_READER)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def detail_of(reader: sa.Connection, subject: str) -> TicketDetail:
    """Return the ticket with a subject."""
    named = sa.text("select ticket_id from marts.ticket_texts where subject = :subject")
    found = ticket_detail(reader, reader.execute(named, {"subject": subject}).scalar_one(), is_whole=False)
    assert found is not None
    return found


def test_lists_and_files_show_the_number_of_the_source(reader: sa.Connection) -> None:
    """A hash that stands for a key is no number that anybody knows."""
    expected = {
        "Question 10001": SourceNumber("10001", "desk"),
        "Question 10002": SourceNumber("10002", "desk"),
        "Question ABC-7|b": SourceNumber("ABC-7|b", "desk"),
        "Elsewhere": SourceNumber("10002", "shop"),
        "Question 10004": SourceNumber("10004", "shop"),
        "Without a key": None,
        "Of the desk": None,
    }
    assert {each.subject: each.number for each in ticket_page(reader, LISTED, None, 0).rows} == expected
    assert {each.subject: each.number for each in all_rows(reader, LISTED)} == expected


@pytest.mark.parametrize(
    ("asked", "subjects"),
    [
        ("10001", {"Question 10001"}),
        ("#10001", {"Question 10001"}),
        ("10002", {"Question 10002", "Elsewhere"}),
        ("# 10004", {"Question 10004"}),
        ("ABC-7|b", {"Question ABC-7|b"}),
        (str(OF_THE_DESK), {"Of the desk"}),
        ("1000", set()),
    ],
)
def test_the_number_of_the_source_finds_its_ticket_and_no_other(
    reader: sa.Connection, asked: str, subjects: set[str]
) -> None:
    listed = replace(LISTED, words=asked)
    assert {each.subject for each in ticket_page(reader, listed, None, 0).rows} == subjects
    assert listed_tickets(reader, listed).total == len(subjects)


def test_a_hash_that_stands_for_a_key_finds_nothing(desk: Database, reader: sa.Connection) -> None:
    with desk.engine.connect() as connection:
        key = connection.scalar(sa.text("select external_id from raw.records where source = 'forms'"))
    assert listed_tickets(reader, replace(LISTED, words=key)).total == 0


def test_the_key_of_what_was_imported_serves_the_search(desk: Database) -> None:
    """However many tickets there are, none is read but those of the number."""
    with desk.engine.connect() as connection:
        connection.exec_driver_sql(
            "insert into raw.records (source, external_id, ticket_id, import_id, line_number, payload, payload_hash)"
            " select 'desk', 'x' || id, id, 1, id, '{}', '' from generate_series(1000000, 1005000) as id"
        )
        connection.exec_driver_sql("analyze raw.records")
        sql = list_sql(connection, replace(LISTED, words="#10002"))
        explained = connection.execute(sa.text(f"explain select count(*) {sql.source}"), dict(sql.parameters))
        plan = "\n".join(explained.scalars())
        assert "Index Scan using pk_records" in plan, plan
        assert "Seq Scan on records" not in plan, plan
        connection.rollback()


def test_a_tickets_page_shows_both_numbers_and_the_labels(reader: sa.Connection) -> None:
    detail = detail_of(reader, "Question 10001")
    said = words(detail_view(detail, "/tickets", "/tickets/1?text=all", NOW))
    assert "Ticket 10001, created" in said
    for name, value in (
        ("Number", "10001"),
        ("Source", "desk"),
        ("Internal number", str(detail.ticket_id)),
        ("Organisation", "School 7"),
        ("Brand", "Books"),
        ("Tags", "late, vip"),
        ("note", "n"),
    ):
        assert f"{name} {value}" in said


def test_what_a_ticket_does_not_have_is_not_on_its_page(reader: sa.Connection) -> None:
    detail = detail_of(reader, "Of the desk")
    drawn = json.dumps(detail_view(detail, "/tickets", "/tickets/1?text=all", NOW))
    assert f"Ticket {OF_THE_DESK}, created" in drawn
    for name in ("Internal number", "Source", "Organisation", "Brand", "Tags"):
        assert f'"{name}"' not in drawn


def test_labels_of_every_ticket_are_in_files_whatever_is_declared(reader: sa.Connection) -> None:
    """Declared fields come besides, but tags are not there twice."""
    rows = {each.subject: each for each in all_rows(reader, LISTED)}
    first, second = rows["Question 10001"], rows["Question 10002"]
    assert (first.organisation, first.brand, first.tags, first.customs) == (
        "School 7",
        "Books",
        ("late", "vip"),
        ("n",),
    )
    assert (second.organisation, second.brand, second.tags, second.customs) == (None, None, (), ("Router",))

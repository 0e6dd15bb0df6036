"""A small desk of random tickets, many of them alike, as the portal reads it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
import sqlalchemy as sa

from etl.marts.refresh import refresh_marts
from portal.numbers.filters import Days, Period, TicketFilters
from portal.topics.tickets.address import TicketList, read_list
from portal.topics.tickets.query import listed_tickets
from tests.factories.desk import add_random_desk, add_ticket
from tests.integration.conftest import Database
from tests.integration.conftest import _database as fresh_database
from warehouse.embedded.postgres import EmbeddedPostgres
from warehouse.engine import DatabaseRole

ZONE = "Africa/Johannesburg"
FIRST_AT = datetime(2026, 2, 20, tzinfo=UTC)
DAYS = Days(date(2026, 2, 20), date(2026, 6, 1))
ALL_DAYS = TicketFilters(date(2026, 1, 1), date(2027, 1, 1), Period.CUSTOM)
SAME_INSTANT = 120
"""Tickets made in the same second, so that only their numbers tell them apart."""


def all_tickets(**named: object) -> TicketList:
    """Return the list of the year's tickets."""
    return TicketList(ALL_DAYS, **named)  # type: ignore[arg-type]


def behind(reader: sa.Connection, href: str) -> int:
    """Return how many tickets a link leads to."""
    path, _, search = href.partition("?")
    assert path == "/tickets"
    listed, _, notices = read_list(f"?{search}", DAYS)
    assert not notices
    return listed_tickets(reader, listed).total


@pytest.fixture(scope="module")
def desk_database(postgres_server: EmbeddedPostgres, migrated_template: str) -> Iterator[Database]:
    """A desk of 180 random tickets and 120 of the same second, refreshed; the module's tests only read it."""
    for database in fresh_database(postgres_server, migrated_template):
        with database.engine.begin() as connection:
            add_random_desk(connection, Random(11), 180, FIRST_AT, 60)
            for _ in range(SAME_INSTANT):
                add_ticket(connection, FIRST_AT + timedelta(days=9, hours=7))
            refresh_marts(connection, ZONE)
        yield database


@pytest.fixture(scope="module")
def reader(desk_database: Database) -> Iterator[sa.Connection]:
    """A connection to the desk in the role that pages read with."""
    engine = desk_database.engine_as(DatabaseRole.PORTAL_READER)
    with engine.connect() as connection:
        yield connection
    engine.dispose()

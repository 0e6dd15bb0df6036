"""Customers by the support that they needed: equal to plain SQL, and leading to exactly their tickets."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
import sqlalchemy as sa

from etl.marts.refresh import refresh_marts
from portal.numbers.filters import Comparison, Period, TicketFilters
from portal.topics.customers.one_query import one_customer
from portal.topics.customers.query import ranking
from tests.factories.desk import add_random_desk, add_ticket
from tests.integration.conftest import Database
from tests.integration.conftest import _database as fresh_database
from tests.integration.portal.topics.conftest import FIRST_AT, ZONE, behind
from warehouse.embedded.postgres import EmbeddedPostgres
from warehouse.engine import DatabaseRole
from warehouse.tables.desk import customers

PERIOD = TicketFilters(date(2026, 2, 20), date(2026, 4, 30), Period.CUSTOM, Comparison.NONE)
BUSY = "busy@example.co.za"
QUIET = "quiet@example.co.za"


@pytest.fixture(scope="module")
def people(postgres_server: EmbeddedPostgres, migrated_template: str) -> Iterator[Database]:
    """A desk of 80 random tickets, and two customers of the same organisation with names; tests only read it."""
    for database in fresh_database(postgres_server, migrated_template):
        with database.engine.begin() as connection:
            add_random_desk(connection, Random(5), 80, FIRST_AT, 40)
            for email, name in ((BUSY, "Thabo Mokoena"), (QUIET, "Lerato Dube")):
                row = {"customer_email": email, "name": name, "organisation": "Thuto School"}
                connection.execute(sa.insert(customers).values(row))
            for place in range(90):
                add_ticket(connection, FIRST_AT + timedelta(hours=place), customer_email=BUSY)
            for place in range(30):
                add_ticket(connection, FIRST_AT + timedelta(hours=place), customer_email=QUIET, exclusion=None)
            refresh_marts(connection, ZONE)
        yield database


@pytest.fixture(scope="module")
def asked(people: Database) -> Iterator[sa.Connection]:
    """A connection in the role that pages read with."""
    engine = people.engine_as(DatabaseRole.PORTAL_READER)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def counted(people: Database) -> Counter[str]:
    """Return the tickets of each address in the period, straight from the system of record."""
    statement = sa.text(
        "select customer_email, count(*) from support.support_tickets where exclusion is null"
        " and (created_at at time zone :zone)::date >= :start and (created_at at time zone :zone)::date < :end"
        " and customer_email <> 'unknown@customer.invalid' group by 1"
    )
    with people.engine.connect() as connection:
        values = {"zone": ZONE, "start": PERIOD.start, "end": PERIOD.end}
        return Counter({row[0]: row[1] for row in connection.execute(statement, values)})


def test_every_customer_has_the_tickets_of_the_system_of_record(people: Database, asked: sa.Connection) -> None:
    """The most first, each by name where it is known, and each leads to exactly its tickets."""
    found = ranking(asked, PERIOD, "person", "tickets", 1, 1000)
    truth = counted(people)
    assert [row.tickets for row in found.rows] == sorted(truth.values(), reverse=True)
    assert [row.label for row in found.rows if row.tickets == 90] == ["Thabo Mokoena"]
    assert found.tickets == truth.total()
    assert found.total == len(truth)
    assert all(behind(asked, row.tickets_href) == row.tickets for row in found.rows)


@pytest.mark.parametrize("by", ["organisation", "type"])
def test_groups_lead_to_exactly_their_tickets(asked: sa.Connection, by: str) -> None:
    """What is not of any group is counted apart, so that nothing is lost."""
    everything = ranking(asked, PERIOD, "type", "tickets", 1, 1000)
    found = ranking(asked, PERIOD, by, "tickets", 1, 1000)
    assert found.rows
    assert found.tickets + found.nameless == everything.tickets
    assert all(behind(asked, row.tickets_href) == row.tickets for row in found.rows)


def test_pages_follow_one_another(asked: sa.Connection) -> None:
    """The pages together are the whole list, and every page knows who leads."""
    whole = ranking(asked, PERIOD, "person", "tickets", 1, 1000)
    paged = [ranking(asked, PERIOD, "person", "tickets", page, 4) for page in range(1, -(-whole.total // 4) + 1)]
    assert [row for each in paged for row in each.rows] == list(whole.rows)
    assert {each.leaders for each in paged} == {whole.leaders}
    beyond = ranking(asked, PERIOD, "person", "tickets", 1000, 4)
    assert (beyond.rows, beyond.total) == ((), whole.total)


def test_a_period_is_held_against_the_one_before(asked: sa.Connection) -> None:
    """A customer who did not write then has none, not nothing known."""
    start = date(2026, 2, 22)
    filters = TicketFilters(start, date(2026, 2, 24), Period.CUSTOM, Comparison.PREVIOUS)
    found = ranking(asked, filters, "person", "tickets", 1, 1000)
    earlier = replace(filters, start=date(2026, 2, 20), end=start, compare=Comparison.NONE)
    before = {row.customer: row.tickets for row in ranking(asked, earlier, "person", "tickets", 1, 1000).rows}
    assert found.rows
    assert all(row.before == before.get(row.customer, 0) for row in found.rows)


def test_a_filter_that_no_ticket_has_leaves_nobody(asked: sa.Connection) -> None:
    """No error, and nobody."""
    found = ranking(asked, PERIOD.with_values("channel", ("pigeon",)), "person", "tickets", 1)
    assert (found.rows, found.total) == ((), 0)


def test_one_customer_has_the_whole_history(asked: sa.Connection) -> None:
    """All tickets whatever the filters, newest first, with the link to exactly them."""
    row = ranking(asked, PERIOD, "person", "tickets", 1).rows[0]
    assert row.customer is not None
    narrow = PERIOD.with_values("channel", ("pigeon",))
    found = one_customer(asked, row.customer, narrow)
    assert found is not None
    assert (found.title, found.organisation, found.email, found.total) == ("Thabo Mokoena", "Thuto School", BUSY, 90)
    assert list(found.tickets) == sorted(found.tickets, key=lambda each: (each.created, each.number), reverse=True)
    assert behind(asked, found.tickets_href) == 90
    assert found.leaving is None
    assert found.open
    assert found.since == FIRST_AT.date()
    assert found.recent + found.before == 90


def test_nobody_is_nobody(asked: sa.Connection) -> None:
    """A number that no ticket has is no customer."""
    assert one_customer(asked, 12345, PERIOD) is None

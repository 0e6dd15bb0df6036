"""What changed, read from a real database: it adds up, and a doubled category is told from chance."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from etl.marts.refresh import refresh_marts
from portal.numbers.filters import Comparison, Days, TicketFilters, from_search
from portal.topics.volume.address import SPLITS
from portal.topics.volume.changes_query import changes
from tests.factories.desk import add_ticket
from tests.integration.conftest import Database
from tests.integration.conftest import _database as fresh_database
from tests.integration.portal.topics.conftest import ZONE, behind
from warehouse.embedded.postgres import EmbeddedPostgres
from warehouse.engine import DatabaseRole

FIRST = datetime(2026, 1, 5, 8, tzinfo=UTC)
WEEKS = 28
DAYS = Days(date(2026, 1, 5), date(2026, 7, 19))
FILTERS = from_search("?from=2026-04-13&to=2026-07-19", DAYS)[0]


@pytest.fixture(scope="module")
def reader(postgres_server: EmbeddedPostgres, migrated_template: str) -> Iterator[sa.Connection]:
    """Orders stay as many, about ten a week; returns double in the second half."""
    for database in fresh_database(postgres_server, migrated_template):
        _fill(database)
        engine = database.engine_as(DatabaseRole.PORTAL_READER)
        with engine.connect() as connection:
            yield connection
        engine.dispose()


def _fill(database: Database) -> None:
    with database.engine.begin() as connection:
        for week in range(WEEKS):
            returns = 5 + week % 2 if week < WEEKS // 2 else 11 + week % 2
            for category, count in (("book_order", 9 + week % 3), ("return_refund", returns)):
                for place in range(count):
                    at = FIRST + timedelta(weeks=week, days=place % 5, hours=place % 7)
                    add_ticket(connection, at, category=category)
        refresh_marts(connection, ZONE)


@pytest.mark.parametrize("dimension", [slug for slug, _ in SPLITS.options])
def test_the_parts_add_up_to_the_change_of_all_tickets(reader: sa.Connection, dimension: str) -> None:
    found = changes(reader, FILTERS, dimension)
    assert found is not None
    assert sum(part.change for part in found.parts) == found.change
    assert sum(part.now for part in found.parts) == found.now
    assert [abs(part.change) for part in found.parts] == sorted(
        (abs(part.change) for part in found.parts), reverse=True
    )


def test_what_doubled_comes_first_and_what_did_not_may_be_chance(reader: sa.Connection) -> None:
    found = changes(reader, FILTERS, "category")
    assert found is not None
    first, second = found.parts
    assert (first.is_clear, second.is_clear) == (True, False)
    assert first.change > 60
    assert behind(reader, first.href) == first.now


def test_nothing_is_compared_without_a_comparison(reader: sa.Connection) -> None:
    assert changes(reader, replace(FILTERS, compare=Comparison.NONE), "category") is None


def test_no_ticket_in_either_period_is_nothing(reader: sa.Connection) -> None:
    filters = TicketFilters(date(2001, 2, 1), date(2001, 3, 1))
    assert changes(reader, filters, "category") is None

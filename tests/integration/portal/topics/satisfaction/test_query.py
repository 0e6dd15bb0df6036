"""The numbers of Satisfaction equal plain SQL, add up, and lead to exactly their tickets."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import pytest
import sqlalchemy as sa

from etl.marts.refresh import refresh_marts
from portal.numbers.filters import Comparison, Period, TicketFilters
from portal.topics.satisfaction import query as satisfaction
from portal.topics.satisfaction.address import PAGE_ROWS
from tests.factories.desk import add_random_desk, add_ticket
from tests.integration.conftest import Database
from tests.integration.conftest import _database as fresh_database
from tests.integration.portal.topics.conftest import FIRST_AT, ZONE, behind
from warehouse.embedded.postgres import EmbeddedPostgres
from warehouse.engine import DatabaseRole
from warehouse.tables.tickets import ticket_ratings

PERIOD = TicketFilters(date(2026, 3, 20), date(2026, 5, 1), Period.CUSTOM, Comparison.PREVIOUS)
COMMENT = "Three times the wrong book."


@pytest.fixture(scope="module")
def rated(postgres_server: EmbeddedPostgres, migrated_template: str) -> Iterator[tuple[sa.Connection, int]]:
    """A random desk with one angry comment, and the number of its ticket."""
    for database in fresh_database(postgres_server, migrated_template):
        yield from _rated(database)


def _rated(database: Database) -> Iterator[tuple[sa.Connection, int]]:
    with database.engine.begin() as connection:
        add_random_desk(connection, Random(5), 400, FIRST_AT, 60)
        at = FIRST_AT + timedelta(days=40)
        ticket = add_ticket(connection, at)
        values = {"ticket_id": ticket, "rated_at": at, "offered_at": at, "score": 1, "comment": COMMENT}
        connection.execute(ticket_ratings.insert().values(values))
        refresh_marts(connection, ZONE)
    engine = database.engine_as(DatabaseRole.PORTAL_READER)
    with engine.connect() as connection:
        yield connection, ticket
    engine.dispose()


def test_low_ratings_are_those_of_the_period_and_an_angry_comment_comes_first(
    rated: tuple[sa.Connection, int],
) -> None:
    """Pages together have each low rating once, none of another day, and the comment leads to its ticket."""
    reader, ticket = rated
    whole = satisfaction.low_ratings(reader, PERIOD, None)
    count = "select count(*) from marts.fct_ticket_events where kind = 6 and rating <= 2 and not is_excluded"
    days = {"first": PERIOD.start, "after": PERIOD.end}
    counted = reader.scalar(sa.text(f"{count} and happened_date >= :first and happened_date < :after"), days)
    assert whole.total == len(whole.rows) == counted
    assert whole.commented == 1
    assert (whole.rows[0].ticket_id, whole.rows[0].comment) == (ticket, COMMENT)
    pages = [satisfaction.low_ratings(reader, PERIOD, page) for page in range(1, -(-whole.total // PAGE_ROWS) + 1)]
    assert tuple(row for page in pages for row in page.rows) == whole.rows


@pytest.mark.parametrize("dimension", ["category", "channel", "agent", "team"])
def test_parts_add_up_to_all_ratings(rated: tuple[sa.Connection, int], dimension: str) -> None:
    """No rating is lost or counted twice by a split, and each part leads to tickets."""
    reader, _ = rated
    found = satisfaction.rated_parts(reader, PERIOD, dimension)
    assert sum(part.csat.n for part in found.parts) == found.whole.n > 0
    assert all(0 < behind(reader, part.href) <= part.csat.n for part in found.parts)
    assert all(part.low <= (part.csat.value or 0.0) <= part.high for part in found.parts)


@pytest.mark.parametrize("dimension", ["category", "channel"])
def test_a_change_is_exactly_its_parts(rated: tuple[sa.Connection, int], dimension: str) -> None:
    """What is within the parts and the mix add up to the difference of the two numbers shown."""
    reader, _ = rated
    found = satisfaction.moved(reader, PERIOD, dimension)
    assert found is not None
    assert found.effect is not None
    change = (found.now.value or 0.0) - (found.before.value or 0.0)
    assert sum(step for _, step in found.steps) + found.effect.mix == pytest.approx(change)


def test_weeks_have_the_ratings_that_the_period_has(rated: tuple[sa.Connection, int]) -> None:
    """Each stretch leads to tickets, and none has more ratings than all."""
    reader, _ = rated
    found = satisfaction.ratings(reader, PERIOD)
    assert 0 < sum(point.reading.n for point in found.csat.points) <= found.now.n
    assert all(behind(reader, point.href) <= point.reading.n for point in found.csat.points)
    assert len(found.answered) == len(found.csat.points)

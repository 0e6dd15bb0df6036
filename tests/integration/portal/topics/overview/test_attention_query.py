"""The list of what needs somebody agrees with what the nightly job found of the same tickets."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final

import pytest
import sqlalchemy as sa

from analytics.unusual_counts import Unusual
from etl.marts.refresh import refresh_marts
from portal.numbers.filters import Period, TicketFilters
from portal.topics.overview.attention_query import attention
from portal.topics.overview.dataset import Attention
from tests.factories.desk import add_ticket
from tests.integration.conftest import Database
from tests.integration.conftest import _database as fresh_database
from warehouse.embedded.postgres import EmbeddedPostgres
from warehouse.tables.insights import seasonal_lifts, volume_anomalies

_TODAY: Final = date(2026, 7, 15)
_FILTERS: Final = TicketFilters(date(2026, 6, 1), date(2026, 7, 15), Period.CUSTOM)
_BOOKS: Final = _FILTERS.with_values("category", ("book_order",))
_BY_EMAIL: Final = _FILTERS.with_values("channel", ("email",))
_SEASON: Final = {
    "period": "07-01..07-15", "spans": [["2025-07-01", "2025-07-15"], ["2026-07-01", "2026-07-15"]],
    "ratio": 2.2, "ratio_low": 2.0, "ratio_high": 2.4, "p_value": 1e-6,
    "ticket_count": 300, "year_count": 2,
}  # fmt: skip
_ODD: Final = {
    "start_date": date(2026, 7, 9), "last_date": date(2026, 7, 9), "low": 5.0, "high": 20.0, "p_value": 1e-6,
    "q_value": 1e-4, "changes": [],
}  # fmt: skip


@pytest.fixture(scope="module")
def busy_desk(postgres_server: EmbeddedPostgres, migrated_template: str) -> Iterator[Database]:
    """Four tickets a day for seven weeks, then nine a day for a week, and one today."""
    for database in fresh_database(postgres_server, migrated_template):
        with database.engine.begin() as connection:
            for back in range(56, -1, -1):
                at = datetime(_TODAY.year, _TODAY.month, _TODAY.day, 8, tzinfo=UTC) - timedelta(days=back)
                for minute in range(1 if back == 0 else 9 if back <= 7 else 4):
                    add_ticket(connection, at + timedelta(minutes=minute), category="book_order")
            refresh_marts(connection, "Africa/Johannesburg")
        yield database


@pytest.fixture
def connection(busy_desk: Database) -> Iterator[sa.Connection]:
    """A connection whose changes are taken back."""
    with busy_desk.engine.connect() as connection:
        yield connection
        connection.rollback()


def unusual(connection: sa.Connection, filters: TicketFilters) -> list[Unusual]:
    """Return in which directions the list calls the last week unusual."""
    items = attention(connection, filters)
    return [item.facts["week"].direction for item in items if item.kind is Attention.UNUSUAL_WEEK]


@pytest.mark.parametrize("filters", [_FILTERS, _BOOKS, _BY_EMAIL], ids=["all", "a category", "a channel"])
def test_an_unusual_week_is_told_whatever_is_chosen(connection: sa.Connection, filters: TicketFilters) -> None:
    """Of tickets that the nightly job does not look at by themselves, too."""
    assert unusual(connection, filters) == [Unusual.MORE]


def test_a_week_that_a_known_season_explains_is_not_called_unusual(connection: sa.Connection) -> None:
    """The season of all tickets speaks of all tickets, that of a category of the category, and of nothing else."""
    connection.execute(seasonal_lifts.insert().values(category="", **_SEASON))
    assert unusual(connection, _FILTERS) == []
    assert unusual(connection, _BOOKS) == unusual(connection, _BY_EMAIL) == [Unusual.MORE]
    connection.execute(seasonal_lifts.insert().values(category="book_order", **_SEASON))
    assert unusual(connection, _BOOKS) == []


def test_a_week_with_odd_days_the_other_way_round_is_left_to_them(connection: sa.Connection) -> None:
    """The insights tell of a day with fewer; odd days with more, or of an earlier week, contradict nothing."""
    fewer = _ODD | {"category": "", "ticket_count": 2, "expected": 9.0}
    earlier = fewer | {"start_date": date(2026, 7, 1), "last_date": date(2026, 7, 7)}
    connection.execute(volume_anomalies.insert().values(earlier))
    connection.execute(volume_anomalies.insert().values(fewer | {"ticket_count": 30, "start_date": date(2026, 7, 8)}))
    assert unusual(connection, _FILTERS) == [Unusual.MORE]
    connection.execute(volume_anomalies.insert().values(fewer))
    assert unusual(connection, _FILTERS) == []

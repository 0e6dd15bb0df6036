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
from tests.integration.portal.topics.conftest import behind
from warehouse.embedded.postgres import EmbeddedPostgres
from warehouse.tables.insights import seasonal_lifts, volume_anomalies, volume_surges

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


_SURGE: Final = {
    "start_date": date(2026, 7, 8), "last_date": date(2026, 7, 14), "ticket_count": 63, "expected": 28.0, "low": 19.0,
    "high": 38.0, "usual": 28.0, "is_seasonal": False, "p_value": 1e-6, "q_value": 1e-5,
}  # fmt: skip


@pytest.mark.parametrize(
    ("filters", "kind"),
    [(_FILTERS, ("category", "book_order")), (_BOOKS, ("category", "book_order")), (_BY_EMAIL, ("channel", "email"))],
    ids=["all", "a category", "a channel"],
)
def test_a_surge_is_told_once_and_leads_to_its_tickets(
    connection: sa.Connection, filters: TicketFilters, kind: tuple[str, str]
) -> None:
    """The week is not called unusual beside it; the link has as many tickets as the sentence says."""
    connection.execute(volume_surges.insert().values(dimension=kind[0], value=kind[1], **_SURGE))
    (item,) = [each for each in attention(connection, filters) if each.kind is Attention.SURGE]
    assert item.facts["count"] == behind(connection, item.href) == 63
    assert (item.facts["days"], item.facts["since"]) == (7, date(2026, 7, 8))
    assert unusual(connection, filters) == []


def test_a_surge_of_other_tickets_or_of_days_long_past_is_not_told(connection: sa.Connection) -> None:
    """Nor one that was looked at before the latest days came."""
    connection.execute(volume_surges.insert().values(dimension="category", value="book_order", **_SURGE))
    both = _BOOKS.with_values("channel", ("email",))
    for filters in (_BY_EMAIL, both, _FILTERS.with_values("category", ("book_order", None))):
        assert [each for each in attention(connection, filters) if each.kind is Attention.SURGE] == []
    connection.execute(volume_surges.update().values(last_date=date(2026, 7, 12)))
    assert [each for each in attention(connection, _FILTERS) if each.kind is Attention.SURGE] == []


@pytest.mark.parametrize(
    ("zone", "tickets", "last"),
    [("Africa/Johannesburg", 3, "2026-07-16 07:59"), ("America/New_York", 4, "2026-07-16 13:59")],
)
def test_what_falls_due_before_tomorrow_at_ten_is_told_by_the_clock_of_the_desk(
    connection: sa.Connection, zone: str, tickets: int, last: str
) -> None:
    """From now until that minute: what is overdue or due later is another matter, and the link has as many tickets."""
    connection.execute(
        sa.text("update ops.data_version set refreshed_at = '2026-07-15 14:00Z', time_zone = :zone"), {"zone": zone}
    )
    connection.execute(sa.text(f"update marts.fct_tickets set {', '.join(f'{each} = null' for each in _DUE)}"))
    due: list[dict[str, str]] = [
        {"first_reply_due_at": "2026-07-15 14:00", "resolution_due_at": last},
        {"next_reply_due_at": last},
        {"resolution_due_at": "2026-07-16 07:00", "first_reply_due_at": "2026-07-15 09:00"},
        {"resolution_due_at": "2026-07-16 08:00"},
        {"first_reply_due_at": "2026-07-15 13:59", "resolution_due_at": "2026-07-16 14:00"},
    ]
    ids = (
        connection.execute(sa.text("select ticket_id from marts.fct_tickets order by ticket_id limit 5"))
        .scalars()
        .all()
    )
    for ticket, columns in zip(ids, due, strict=True):
        chosen = ", ".join(f"{name} = '{at}Z'" for name, at in columns.items())
        connection.execute(sa.text(f"update marts.fct_tickets set {chosen} where ticket_id = {ticket}"))
    (item,) = [each for each in attention(connection, _FILTERS) if each.kind is Attention.DUE_TOMORROW]
    assert item.facts["tickets"] == tickets == behind(connection, item.href)
    assert item.facts["at"] == datetime(2026, 7, 16, 10)  # noqa: DTZ001 - by the clock of the desk
    assert item.facts["parts"] == {"first reply": 1, "next reply": 1, "resolution": tickets - 1}


_DUE: Final = ("first_reply_due_at", "next_reply_due_at", "resolution_due_at")

"""The numbers of the SLA page equal those of the Tickets list and of "Needs attention" on the Overview."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final

import pytest
import sqlalchemy as sa

from analytics.metrics import METRICS
from portal.numbers.filters import Period, TicketFilters
from portal.topics.overview.attention_query import attention
from portal.topics.overview.dataset import Attention
from portal.topics.sla.address import SPLITS
from portal.topics.sla.dataset import AboutToMiss
from portal.topics.sla.due_query import about_to_miss
from portal.topics.sla.query import cards, split, trend
from tests.integration.conftest import Database
from tests.integration.portal.topics.conftest import behind

_PERIOD: Final = TicketFilters(date(2026, 2, 25), date(2026, 4, 11), Period.CUSTOM)
_FILTERED: Final = _PERIOD.with_values("category", ("book_order", None))
_CASES = pytest.mark.parametrize("filters", [_PERIOD, _FILTERED], ids=["all", "filtered"])
_DUE: Final = ("first_reply_due_at", "next_reply_due_at", "resolution_due_at")
_OPEN: Final = "resolved_at is null and not is_excluded and not is_solved_undated"


@_CASES
def test_each_card_leads_to_its_tickets(reader: sa.Connection, filters: TicketFilters) -> None:
    """The missed of the first card and the overdue ones are as many tickets as their links list."""
    headline, *_, overdue, ended = cards(reader, filters)
    assert behind(reader, headline.href) == headline.now.n
    assert f"{behind(reader, headline.aside_href)} missed" == headline.aside
    assert round((1 - (headline.now.value or 0)) * headline.now.n) == behind(reader, headline.aside_href)
    assert behind(reader, overdue.href) == overdue.now.n
    assert behind(reader, ended.href) <= ended.now.n


@_CASES
@pytest.mark.parametrize("by", [value for value, _ in SPLITS.options])
def test_the_parts_of_a_split_sum_to_the_card_and_lead_to_their_tickets(
    reader: sa.Connection, filters: TicketFilters, by: str
) -> None:
    headline = cards(reader, filters)[0]
    found = split(reader, filters, by)
    assert sum(part.now.n for part in found.parts) == headline.now.n
    assert f"{sum(part.missed for part in found.parts)} missed" == headline.aside
    for part in found.parts:
        assert behind(reader, part.href) == part.now.n
        assert behind(reader, part.missed_href) == part.missed


@_CASES
def test_the_stretches_of_the_trend_lead_to_their_tickets(reader: sa.Connection, filters: TicketFilters) -> None:
    found = trend(reader, filters)
    assert [behind(reader, point.href) for point in found.tickets.points] == [
        point.reading.n for point in found.tickets.points
    ]


@pytest.fixture
def falling(desk_database: Database) -> Iterator[sa.Connection]:
    """The open tickets of the desk with due times around its last refresh, taken back afterwards."""
    dice, now = random.Random(5), datetime(2026, 7, 15, 12, tzinfo=UTC)
    with desk_database.engine.connect() as connection:
        connection.execute(sa.text("update ops.data_version set refreshed_at = :now"), {"now": now})
        opened = connection.execute(sa.text(f"select ticket_id from marts.fct_tickets where {_OPEN}")).scalars().all()
        for ticket in opened:
            at = {name: now + timedelta(minutes=dice.randint(-600, 2_400)) for name in _DUE if dice.random() < 0.7}
            columns = ", ".join(f"{name} = :{name}" for name in _DUE)
            statement = sa.text(f"update marts.fct_tickets set {columns} where ticket_id = {ticket}")
            connection.execute(statement, {name: at.get(name) for name in _DUE})
        yield connection
        connection.rollback()


def _lists_agree(connection: sa.Connection, found: AboutToMiss) -> bool:
    groups = [behind(connection, group.href) == group.count for group in found.groups]
    every = behind(connection, found.href) == found.count
    return all(groups) and every and behind(connection, found.unassigned_href) == found.unassigned


@_CASES
def test_what_is_about_to_be_missed_agrees_with_needs_attention_and_with_the_list(
    falling: sa.Connection, filters: TicketFilters
) -> None:
    """Each ticket once; the groups sum to the Overview's number, and those due soon to its sooner one."""
    found = about_to_miss(falling, filters)
    told = {item.kind: item.facts for item in attention(falling, filters)}
    assert found.count == told[Attention.DUE_TOMORROW]["tickets"] > 0
    assert _lists_agree(falling, found)
    soon = found.groups[0]
    assert soon.count <= len(soon.rows) or len(soon.rows) == 8
    if soon.count == len(soon.rows):
        assert sum(not row.is_overdue for row in soon.rows) == told[Attention.DUE_SOON]["tickets"]


def test_rows_stand_in_order_of_time_left_with_what_was_promised(falling: sa.Connection) -> None:
    """Time left counts open hours, so it is never longer than the time that passes until then."""
    found = about_to_miss(falling, _PERIOD)
    assert found.now is not None
    for group in found.groups:
        assert [row.due_at for row in group.rows] == sorted(row.due_at for row in group.rows)
        for row in group.rows:
            passes = (row.due_at - found.now).total_seconds() / 60
            assert 0 <= row.left_minutes <= passes + 0.001
            assert row.href.startswith(f"/tickets/{row.ticket_id}")


def test_a_value_that_no_ticket_has_leaves_nothing(falling: sa.Connection) -> None:
    nobody = _PERIOD.with_values("category", ("no_such",))
    assert about_to_miss(falling, nobody).count == 0
    assert split(falling, nobody, "team").parts == ()
    assert cards(falling, nobody)[0].now.value is None


def test_every_metric_of_the_page_is_defined() -> None:
    assert {"sla_tickets_met", "sla_tickets_missed", "sla_attainment", "ended_unanswered"} <= METRICS.keys()

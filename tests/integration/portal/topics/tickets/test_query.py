"""Lists of tickets, read from a real database."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.errors import SupportAnalyticsError
from analytics.lateness import LATE_FROM
from analytics.metrics import METRICS, Kind
from etl.marts.refresh import refresh_marts
from portal.numbers.filters import Days, TicketFilters
from portal.topics.tickets.address import Order, Place, SortBy, TicketList, last_place, read_words
from portal.topics.tickets.dataset import TicketRow
from portal.topics.tickets.query import PAGE_SIZE, all_rows, listed_tickets, ticket_page
from portal.topics.tickets.queue_query import TABS, queue_counts, queue_list
from tests.conftest import examples
from tests.factories.desk import add_ticket
from tests.integration.conftest import _database as fresh_database
from tests.integration.portal.topics.conftest import ALL_DAYS, FIRST_AT, ZONE, all_tickets
from warehouse import metric_query
from warehouse.embedded.postgres import EmbeddedPostgres
from warehouse.metric_query import MetricQuery
from warehouse.metric_query.ticket_parts import OPEN_PARTS

ORDERS = tuple(Order(by, is_descending) for by in SortBy for is_descending in (True, False))


def forwards(connection: sa.Connection, listed: TicketList) -> Iterator[TicketRow]:
    """Yield all tickets by following "next"."""
    place: Place | None = None
    seen = 0
    while True:
        page = ticket_page(connection, listed, place, 0)
        assert page.position == seen
        seen += len(page.rows)
        yield from page.rows
        if page.next is None:
            return
        place = Place(page.next)


def backwards(connection: sa.Connection, listed: TicketList, total: int) -> list[int]:
    """Return all tickets by following "previous" from the last page."""
    place: Place | None = last_place(total)
    ids: list[int] = []
    is_last = True
    while place is not None:
        page = ticket_page(connection, listed, place, total)
        assert (page.next is None) == is_last
        ids = [row.ticket_id for row in page.rows] + ids
        assert page.position == total - len(ids)
        place, is_last = (None if page.previous is None else Place(page.previous, is_backward=True)), False
    return ids


def sorted_value(row: TicketRow, by: SortBy) -> float | None:
    """Return what a row is sorted by, as a number."""
    if by is SortBy.DUE:
        return None if row.sla.due_at is None else row.sla.due_at.timestamp()
    if by in {SortBy.CREATED, SortBy.RESOLVED}:
        value = row.created if by is SortBy.CREATED else row.resolved
        return None if value is None else float(value.strftime("%Y%m%d"))
    if by is SortBy.PRIORITY:
        return None if row.priority is None else ("low", "medium", "high", "urgent").index(row.priority)
    elapsed = row.first_reply if by is SortBy.FIRST_REPLY else row.resolution
    return None if elapsed is None else elapsed.value * (1 if elapsed.unit == "minutes" else 1440)


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order.text)
def test_every_ticket_stands_once_and_in_order_whichever_way_one_turns_the_pages(
    reader: sa.Connection, order: Order
) -> None:
    listed = all_tickets(order=order)
    total = listed_tickets(reader, listed).total
    rows = list(forwards(reader, listed))
    ids = [row.ticket_id for row in rows]
    assert total > 5 * PAGE_SIZE
    assert len(ids) == len(set(ids)) == total
    assert backwards(reader, listed, total) == ids
    assert [row.ticket_id for row in all_rows(reader, listed)] == ids
    values = [sorted_value(row, order.by) for row in rows]
    known = [value for value in values if value is not None]
    assert values == known + [None] * (len(values) - len(known)), "tickets without a value come last"
    assert known == sorted(known, reverse=order.is_descending)
    for (first, value), (second, following) in itertools.pairwise(zip(ids, values, strict=True)):
        if value == following and order.by is SortBy.PRIORITY:
            assert (first > second) == order.is_descending


_PARTS = [
    (slug, part)
    for slug, metric in METRICS.items()
    for part in (
        "all",
        "numerator",
        *(OPEN_PARTS if metric.kind is Kind.LEVEL else ()),
    )
]
_NARROWED = (
    ALL_DAYS,
    ALL_DAYS.with_values("category", ("book_order", None)).with_values("channel", ("email",)),
    ALL_DAYS.with_values("agent", ("Lerato",)),
)


@pytest.mark.parametrize(("slug", "part"), _PARTS)
def test_the_list_is_exactly_the_tickets_behind_the_number(reader: sa.Connection, slug: str, part: str) -> None:
    for filters in _NARROWED:
        listed = TicketList(filters, slug, part)
        query = MetricQuery(slug, filters.start, filters.end, (), filters.where)
        wanted = metric_query.ticket_ids(reader, query, part=part).ticket_ids
        found = listed_tickets(reader, listed)
        assert found.total == len(set(wanted))
        assert {row.ticket_id for row in forwards(reader, listed)} == set(wanted)
        if part == "all":
            assert found.measured == metric_query.run(reader, query).rows[0].n


@pytest.mark.parametrize("filters", _NARROWED, ids=["all", "narrowed", "agent"])
def test_grades_of_lateness_are_the_overdue_tickets_taken_apart(reader: sa.Connection, filters: TicketFilters) -> None:
    """Each overdue ticket has one grade, and as many are listed as the line above the list says."""
    late = listed_tickets(reader, TicketList(filters, "backlog")).late
    grades = {grade: TicketList(filters, "backlog", grade.value) for grade in late}
    assert late == {grade: listed_tickets(reader, listed).total for grade, listed in grades.items()}
    overdue = {row.ticket_id for row in forwards(reader, TicketList(filters, "backlog", "overdue"))}
    graded = [row.ticket_id for grade in LATE_FROM for row in forwards(reader, grades[grade])]
    assert sorted(graded) == sorted(overdue)


@pytest.mark.parametrize("filters", _NARROWED, ids=["all", "narrowed", "agent"])
def test_each_tab_of_the_queue_lists_as_many_tickets_as_it_says(reader: sa.Connection, filters: TicketFilters) -> None:
    """Open is the backlog, and overdue tickets never fall due today as well."""
    days = Days(ALL_DAYS.start, ALL_DAYS.end - timedelta(days=1))
    queue = queue_list(TicketList(filters), days)
    counts = queue_counts(reader, queue)
    tabs = {part: replace(queue, part=part) for part in TABS}
    assert {part: counts[part] for part in TABS} == {part: listed_tickets(reader, tabs[part]).total for part in TABS}
    overdue, due = ({row.ticket_id for row in forwards(reader, tabs[part])} for part in ("overdue", "due_today"))
    assert not overdue & due
    assert all(row.agent is None for row in forwards(reader, tabs["unassigned"]))


def test_a_filter_that_fits_no_ticket_leaves_the_queue_without_tabs(reader: sa.Connection) -> None:
    days = Days(ALL_DAYS.start, ALL_DAYS.end - timedelta(days=1))
    assert queue_counts(reader, queue_list(TicketList(ALL_DAYS.with_values("agent", ("Nobody Known",))), days)) == {}


_ONE_TICKET_EACH = (
    "created", "resolved", "backlog", "resolution_time", "first_reply_time", "first_resolution_time", "reopen_rate",
    "one_touch_rate", "contacts", "same_agent_share", "sla_resolution_attainment",
    "sla_tickets_met", "sla_tickets_missed", "sla_source_met", "sla_source_agreement",
)  # fmt: skip


@pytest.mark.parametrize("slug", _ONE_TICKET_EACH)
def test_as_many_tickets_are_listed_as_the_number_says(reader: sa.Connection, slug: str) -> None:
    for filters in _NARROWED:
        found = listed_tickets(reader, TicketList(filters, slug))
        assert found.total == found.measured


@pytest.mark.parametrize("clock", [("hour_of_week", 38), ("weekday", 1), ("hour", 9), ("precision", "date")])
def test_a_cell_of_the_heat_map_leads_to_its_tickets(reader: sa.Connection, clock: tuple[str, object]) -> None:
    name, value = clock
    listed = all_tickets(clock=((name, str(value)),))
    by = () if name == "precision" else (name,)
    where = ((name, (str(value),)),) if name == "precision" else ()
    answer = metric_query.run(reader, MetricQuery("created", ALL_DAYS.start, ALL_DAYS.end, by, where))
    number = sum(row.n for row in answer.rows if not by or row.keys[0] == value)
    rows = list(forwards(reader, listed))
    assert listed_tickets(reader, listed).total == len(rows)
    if by:
        assert len(rows) == number > 0
    else:
        assert rows
        assert all(type(row.created).__name__ == "date" for row in rows)


@pytest.fixture(scope="module")
def searched(postgres_server: EmbeddedPostgres, migrated_template: str) -> Iterator[sa.Connection]:
    """Five tickets to search among."""
    texts = (
        ("Late parcel", "My order of three books has not come.", "thabo@example.org"),
        ("Password", "I cannot log in; error 42 on the page", "zanele@example.org"),
        ("Refund, please", "The book was damaged. Refund order 42.", "Thabo@Example.org"),
        ("Buka", "Ke kopa thuso ka buka ya me", "neo@example.org"),
        ("Long", "word " * 2_000 + "needle", "neo@example.org"),
    )
    for database in fresh_database(postgres_server, migrated_template):
        with database.engine.begin() as connection:
            for number, (subject, content, email) in enumerate(texts, start=41):
                columns = {"id": number, "subject": subject, "content": content, "customer_email": email}
                add_ticket(connection, FIRST_AT, **columns)
            refresh_marts(connection, ZONE)
        with database.engine.connect() as connection:
            yield connection


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("order", {41, 43}),
        ("ORDER refund", {43}),
        ('"order of three"', {41}),
        ("refund OR password", {42, 43}),
        ("order -refund", {41}),
        ("buka", {44}),
        ("42", {42, 43}),
        ("#43", {43}),
        ("thabo@example.org", {41}),
        ("Thabo@Example.org", {41, 43}),
        ("nothing of the kind", set()),
        ("...", set()),
    ],
)
def test_search_finds_words_numbers_and_customers(searched: sa.Connection, words: str, ids: set[int]) -> None:
    listed = all_tickets(words=words)
    assert {row.ticket_id for row in forwards(searched, listed)} == ids
    assert listed_tickets(searched, listed).total == len(ids)


@settings(max_examples=examples(120))
@given(st.one_of(st.text(max_size=60), st.text("'\"\\&|!:*()<->@#%_; \x00\t1aé", max_size=40)))
def test_no_search_is_an_error(searched: sa.Connection, text: str) -> None:
    listed = all_tickets(words=read_words(text))
    assert listed_tickets(searched, listed).total >= len(ticket_page(searched, listed, None, 0).rows) >= 0


def test_a_value_that_no_ticket_has_lists_nothing(searched: sa.Connection) -> None:
    filters: TicketFilters = ALL_DAYS.with_values("agent", ("Nobody; drop table",))
    listed = TicketList(filters)
    assert listed_tickets(searched, listed).total == 0
    assert ticket_page(searched, listed, None, 0).rows == ()
    assert list(all_rows(searched, listed)) == []


@pytest.mark.parametrize(("metric", "part", "clock"), [("created", "overdue", ()), ("csat", "1..2", ())])
def test_a_part_that_a_number_does_not_have_is_a_clear_error(
    searched: sa.Connection, metric: str, part: str, clock: tuple[tuple[str, str], ...]
) -> None:
    with pytest.raises(SupportAnalyticsError, match="no part"):
        listed_tickets(searched, all_tickets(metric=metric, part=part, clock=clock))

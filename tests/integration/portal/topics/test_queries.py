"""The numbers of Overview, Volume and Resolution equal plain SQL, and lead to exactly their tickets."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from portal.numbers.filters import Comparison, Days, Period, TicketFilters
from portal.numbers.reader import names
from portal.numbers.reading import Point
from portal.topics.overview import attention_query as attention
from portal.topics.overview import query as overview
from portal.topics.resolution import query as resolution
from portal.topics.resolution.dataset import Examples
from portal.topics.volume import query as volume
from tests.integration.conftest import Database
from tests.integration.portal.topics.conftest import ZONE, behind

PERIOD = TicketFilters(date(2026, 2, 25), date(2026, 4, 11), Period.CUSTOM)
FILTERED = PERIOD.with_values("category", ("book_order", None))
CASES = pytest.mark.parametrize("filters", [PERIOD, FILTERED], ids=["all", "filtered"])


def truth(database: Database, filters: TicketFilters) -> list[sa.Row[tuple[object, ...]]]:
    """Return the tickets of a period straight from the system of record."""
    categories = filters.values("category")
    chosen = "true" if not categories else "(category = any(:known) or category is null)"
    statement = sa.text(
        "select category, channel, priority, created_at at time zone :zone as created"
        f" from support.support_tickets where exclusion is null and {chosen}"
        f" and (created_at at time zone :zone)::date >= :start and (created_at at time zone :zone)::date < :end"
    )
    known = [value for value in categories if value is not None]
    with database.engine.connect() as connection:
        values = {"zone": ZONE, "start": filters.start, "end": filters.end, "known": known}
        return list(connection.execute(statement, values))


def lead_to_their_tickets(reader: sa.Connection, points: tuple[Point, ...]) -> bool:
    """Tell whether each point's link leads to as many tickets as it says."""
    return all(behind(reader, point.href) == point.reading.n for point in points if point.reading.n)


@CASES
def test_tickets_over_time_are_those_created_each_day(
    desk_database: Database, reader: sa.Connection, filters: TicketFilters
) -> None:
    """Each day has its tickets, the sum is the period's, and each point leads to them."""
    dataset = volume.tickets_over_time(reader, filters)
    rows = truth(desk_database, filters)
    counted = {point.start: point.reading.value for point in dataset.current.points}
    assert counted == {
        day: sum(row.created.date() == day for row in rows)
        for day in (filters.start + timedelta(days=place) for place in range(filters.length))
    }
    assert dataset.tickets == len(rows)
    assert lead_to_their_tickets(reader, dataset.current.points)


def test_the_comparison_counts_its_own_days_and_lines_up_by_weekday(
    desk_database: Database, reader: sa.Connection
) -> None:
    """The number is that of the days before; each point of the line is of the same weekday as the one it stands by."""
    filters = TicketFilters(date(2026, 3, 16), date(2026, 4, 5), Period.CUSTOM, Comparison.PREVIOUS)
    dataset = volume.tickets_over_time(reader, filters)
    compared = filters.compared()
    assert compared is not None
    assert dataset.tickets_before == len(truth(desk_database, compared))
    assert dataset.compared is not None
    pairs = list(zip(dataset.current.points, dataset.compared.points, strict=True))
    assert pairs
    assert all(now.start.weekday() == then.start.weekday() and then.start < now.start for now, then in pairs)
    assert lead_to_their_tickets(reader, dataset.compared.points)


@CASES
@pytest.mark.parametrize("dimension", ["category", "channel", "priority"])
def test_parts_add_up_and_lead_to_their_tickets(
    desk_database: Database, reader: sa.Connection, filters: TicketFilters, dimension: str
) -> None:
    """Parts are those of the tickets themselves."""
    split = volume.split(reader, filters, dimension)
    rows = truth(desk_database, filters)
    told = names(reader, dimension)
    expected: dict[str, int] = {}
    for row in rows:
        label = told[getattr(row, dimension)].label
        expected[label] = expected.get(label, 0) + 1
    assert {part.trend.label: part.tickets for part in split.parts} == expected
    assert split.tickets == len(rows)
    assert all(behind(reader, part.href) == part.tickets for part in split.parts)
    assert all(lead_to_their_tickets(reader, part.trend.points) for part in split.parts)


@CASES
def test_arrivals_by_hour_are_those_of_tickets_with_a_time(
    desk_database: Database, reader: sa.Connection, filters: TicketFilters
) -> None:
    """Every hour of the week has its tickets and leads to them; dates without a time are told apart."""
    arrivals = volume.arrivals(reader, filters)
    rows = truth(desk_database, filters)
    assert arrivals.tickets == len(rows)
    assert sum(cell.tickets for cell in arrivals.hours) + arrivals.without_hour == len(rows)
    assert [day.tickets for day in arrivals.weekdays] == [
        sum(row.created.weekday() == weekday for row in rows) for weekday in range(7)
    ]
    busy = [cell for cell in arrivals.hours if cell.tickets]
    assert busy
    assert all(behind(reader, cell.href) == cell.tickets for cell in busy[:20])


@CASES
def test_every_card_leads_to_its_tickets(reader: sa.Connection, filters: TicketFilters) -> None:
    """A card's n is the number of tickets behind its link; targets are counted, tickets listed."""
    cards = {kpi.metric.slug: kpi for kpi in overview.kpis(reader, filters)}
    assert len(cards) == 6
    for slug in ("created", "first_reply_time", "resolution_time", "backlog", "sla_tickets_met"):
        assert behind(reader, cards[slug].href) == cards[slug].now.n, slug
    assert 0 < behind(reader, cards["csat"].href) <= cards["csat"].now.n, "a ticket may be rated several times"
    kept = cards["sla_tickets_met"].sla
    assert kept is not None
    assert 0 < behind(reader, kept.missed_href) == kept.missed < kept.tickets.n
    assert 0 < behind(reader, kept.targets_href) <= kept.targets.n
    assert kept.examples is Examples.ALL


@CASES
def test_inflow_less_outflow_is_the_change_of_the_open_tickets(reader: sa.Connection, filters: TicketFilters) -> None:
    """In every stretch, from what was open before; the last point is the Overview's card, and leads to its tickets."""
    flow = overview.flow(reader, filters)
    cards, before = (
        {kpi.metric.slug: kpi for kpi in overview.kpis(reader, each)}
        for each in (filters, replace(filters, start=filters.start - timedelta(days=1), end=filters.start))
    )
    assert flow.open_before == before["backlog"].now.value
    at = float(flow.open_before)
    for came, went, left in zip(flow.inflow.points, flow.outflow.points, flow.backlog.points, strict=True):
        at += (came.reading.value or 0) - (went.reading.value or 0)
        assert at == left.reading.value
    assert at == cards["backlog"].now.value == behind(reader, flow.backlog.points[-1].href)
    assert round(flow.inflow.total) == (cards["created"].now.value or 0) + flow.reopened
    assert flow.reopened > 0
    assert len(flow.inflow.points) == filters.length


@CASES
@pytest.mark.parametrize("slug", ["resolution_time", "first_reply_time"])
def test_matrix_and_ranges_lead_to_their_tickets(reader: sa.Connection, filters: TicketFilters, slug: str) -> None:
    """Cells and ranges hold all that was measured, each once, and each leads to its own tickets."""
    whole = resolution.summary(reader, filters, slug)
    matrix = resolution.matrix(reader, filters, slug)
    cells = [cell for row in matrix.rows for cell in row.cells[:-1] if cell.reading is not None]
    assert sum(cell.reading.n for cell in cells if cell.reading is not None) == whole.now.n
    assert all(behind(reader, cell.href) == cell.reading.n for cell in cells if cell.reading is not None)
    spread = resolution.distribution(reader, filters, slug)
    assert sum(each.n for each in spread.bins) == whole.now.n
    assert all(behind(reader, each.href) == each.n for each in spread.bins)
    assert all(before.upper == after.lower for before, after in zip(spread.bins, spread.bins[1:], strict=False))


@CASES
def test_category_times_are_the_slowest_first_and_lead_to_their_tickets(
    reader: sa.Connection, filters: TicketFilters
) -> None:
    """What takes longest stands first."""
    rows = resolution.category_times(reader, filters)
    values = [row.now.value or 0 for row in rows]
    assert rows
    assert values == sorted(values, reverse=True)
    assert all(behind(reader, row.href) == row.now.n for row in rows)


@CASES
def test_trends_lead_to_their_tickets(reader: sa.Connection, filters: TicketFilters) -> None:
    """Points of the medians hold what their links list."""
    trend = resolution.trend(reader, filters, "resolution_time")
    assert any(point.reading.n for point in trend.medians.points)
    assert lead_to_their_tickets(reader, trend.medians.points)


@CASES
def test_cohorts_count_every_ticket_created(reader: sa.Connection, filters: TicketFilters) -> None:
    """Each cohort has all its tickets, the open ones among them, and leads to them."""
    cohorts = resolution.cohorts(reader, filters)
    points = cohorts.with_open.points
    assert points
    assert all(still <= created for still, created in zip(cohorts.still_open, cohorts.created, strict=True))
    timed_at_most = [behind(reader, point.href) >= point.reading.n for point in points]
    assert all(timed_at_most)


def test_what_needs_attention_says_how_many_and_leads_to_them(reader: sa.Connection) -> None:
    """The number in each sentence about open tickets is the number of tickets behind it."""
    items = attention.attention(reader, PERIOD)
    counted = [item for item in items if "tickets" in item.facts]
    assert counted
    for item in counted:
        assert behind(reader, item.href) == item.facts["tickets"], item.kind


def test_a_filter_that_no_ticket_has_gives_nothing_and_no_error(reader: sa.Connection) -> None:
    """An address from last year may name a category that is gone."""
    nobody = PERIOD.with_values("category", ("no such category",))
    assert volume.tickets_over_time(reader, nobody).tickets == 0
    assert [kpi.now.value for kpi in overview.kpis(reader, nobody)] == [None] * 6
    assert resolution.distribution(reader, nobody, "resolution_time").bins == ()
    assert resolution.cohorts(reader, nobody).created == ()
    assert volume.split(reader, nobody, "channel").parts == ()
    assert attention.attention(reader, nobody) == ()


def test_a_category_keeps_its_place_whatever_is_filtered(reader: sa.Connection) -> None:
    """Colours follow the desk's own list, not the rank in the present answer."""
    everything = {part.trend.label: part.trend.position for part in volume.split(reader, PERIOD, "category").parts}
    some = {part.trend.label: part.trend.position for part in volume.split(reader, FILTERED, "category").parts}
    assert some
    assert some.items() <= everything.items()


@CASES
def test_months_of_years_are_whole_months_of_all_days(
    desk_database: Database, reader: sa.Connection, filters: TicketFilters
) -> None:
    """The period does not matter; a month that the days cut is left out; each month leads to its tickets."""
    days = Days(date(2025, 12, 15), date(2026, 4, 10))
    dataset = volume.months_of_years(reader, filters, days)
    rows = truth(desk_database, replace(filters, start=days.first, end=days.last + timedelta(days=1)))
    points = {point.start: point for year in dataset.years for point in year.points}
    assert [year.label for year in dataset.years] == ["2026"]
    assert {start: point.reading.value for start, point in points.items()} == {
        date(2026, month, 1): sum((row.created.year, row.created.month) == (2026, month) for row in rows)
        for month in (1, 2, 3)
    }
    assert dataset.tickets == sum(point.reading.value or 0 for point in points.values()) > 0
    assert lead_to_their_tickets(reader, tuple(points.values()))

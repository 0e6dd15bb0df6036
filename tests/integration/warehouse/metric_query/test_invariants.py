"""What is true of the numbers of any desk, whatever is asked."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.metrics import METRICS, Kind
from analytics.vocabulary import DIMENSIONS, PRIORITIES
from etl.marts.refresh import refresh_marts
from tests.conftest import examples
from tests.factories.desk import AGENTS, TEAMS, add_random_desk, instant
from tests.integration.conftest import Database, DeskTemplates
from tests.integration.etl.marts.test_refresh_equals_rebuild import contents
from warehouse import metric_query
from warehouse.metric_query import MetricQuery, MetricRow
from warehouse.metric_query.grains import CALENDAR_GRAINS, GRAIN_LABELS, cell_end, cell_start
from warehouse.metric_query.model import Where

ZONE = "Europe/London"
FIRST = date(2026, 2, 20)
DAYS = 120
ADDITIVE = sorted(slug for slug, metric in METRICS.items() if metric.kind is Kind.COUNT)
SHARES = sorted(slug for slug, metric in METRICS.items() if metric.kind in {Kind.SHARE, Kind.MEAN})
TIMES = sorted(slug for slug, metric in METRICS.items() if metric.kind is Kind.DURATION)
LEVELS = sorted(slug for slug, metric in METRICS.items() if metric.kind is Kind.LEVEL)
_PROPERTY = settings(max_examples=examples(60))


def _fill(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        add_random_desk(connection, Random(23), 300, instant("2026-02-20 00:00"), 90)
        refresh_marts(connection, ZONE)
    with engine.begin() as connection:
        # Afterwards some are merged into others, some are deleted, and some are known to be spam.
        for statement in (
            "update support.support_tickets set merged_into_id = id - 1, exclusion = 'merged' where id % 17 = 5",
            "update support.support_tickets set exclusion = 'spam' where id % 19 = 7",
            (
                "delete from support.support_tickets where id % 13 = 3 and not exists (select from"
                " support.support_tickets as other where other.merged_into_id = support_tickets.id)"
            ),
        ):
            connection.execute(sa.text(statement))
        refresh_marts(connection, ZONE)


@pytest.fixture(scope="module")
def desk(desk_templates: DeskTemplates) -> Iterator[Database]:
    """A random desk over the spring's change of the clocks."""
    with desk_templates.clone(_fill) as database:
        yield database


@pytest.fixture(scope="module")
def connection(desk: Database) -> Iterator[sa.Connection]:
    """Reads the desk."""
    with desk.engine.connect() as reading:
        yield reading


def ask(
    connection: sa.Connection, metric: str, start: int, length: int, *by: str, where: Where = ()
) -> tuple[MetricRow, ...]:
    """Return the rows about some days, counted from the desk's first."""
    first = FIRST + timedelta(days=start)
    return metric_query.run(connection, MetricQuery(metric, first, first + timedelta(days=length), by, where)).rows


STARTS, LENGTHS = st.integers(-5, DAYS), st.integers(0, DAYS)


@_PROPERTY
@given(st.sampled_from(ADDITIVE), STARTS, LENGTHS, st.sampled_from(DIMENSIONS), st.sampled_from(CALENDAR_GRAINS))
def test_parts_add_up_to_the_whole(
    connection: sa.Connection, metric: str, start: int, length: int, dimension: str, grain: str
) -> None:
    whole = ask(connection, metric, start, length)[0]
    for by in ((dimension,), (grain,), (dimension, grain)):
        rows = ask(connection, metric, start, length, *by)
        assert sum(row.n for row in rows) == whole.n
        assert sum(row.value or 0 for row in rows) == (whole.value or 0)


@_PROPERTY
@given(
    st.sampled_from((*ADDITIVE, *SHARES, *TIMES, *LEVELS)),
    st.integers(0, DAYS),
    st.integers(0, 40),
    st.integers(1, 40),
    st.sampled_from(CALENDAR_GRAINS),
)
def test_the_number_of_a_day_is_the_same_in_every_range(
    connection: sa.Connection, metric: str, day: int, before: int, after: int, grain: str
) -> None:
    """The days before and after it change nothing; nor does a split into whole weeks, months, quarters or years.

    Times are asked for where they are known: where only dates are, they come in days.
    """
    where: Where = (("precision", ("time",)),) if metric in TIMES else ()
    at = FIRST + timedelta(days=day)
    alone = ask(connection, metric, day, 1, where=where)[0]
    within = {row.keys[0]: row for row in ask(connection, metric, day - before, before + after, "day", where=where)}
    found = within.get(at)
    assert (alone.n, alone.value or 0) == ((found.n, found.value or 0) if found else (0, 0))
    assert (alone.p90, alone.mean) == ((found.p90, found.mean) if found else (None, None))
    first, end = cell_start(at, grain), cell_end(at, grain)
    cell = metric_query.run(connection, MetricQuery(metric, first, end, (grain,), where)).rows
    whole = metric_query.run(connection, MetricQuery(metric, first, end, (), where)).rows[0]
    assert [(row.n, row.value) for row in cell if row.n] == ([(whole.n, whole.value)] if whole.n else [])


OPEN_TICKETS = ("category", "priority", "channel", "customer_type", "agent", "team")
"""What the Overview filters by."""


@st.composite
def _choices(draw: st.DrawFn) -> Where:
    """Draw filters by one or two dimensions, "not set" among their values."""
    values = {
        "category": ("book_order", "technical_support", None), "priority": (*PRIORITIES, None),
        "channel": ("email", "chat", "form", None), "customer_type": ("school", "person", None),
        "agent": (*AGENTS, None), "team": TEAMS,
    }  # fmt: skip
    names = draw(st.lists(st.sampled_from(OPEN_TICKETS), max_size=2, unique=True))
    return tuple(
        (name, tuple(draw(st.lists(st.sampled_from(values[name]), min_size=1, max_size=2, unique=True))))
        for name in names
    )


@_PROPERTY
@given(STARTS, LENGTHS, _choices(), st.sampled_from(CALENDAR_GRAINS))
def test_inflow_less_outflow_is_the_change_of_what_is_open(
    connection: sa.Connection, start: int, length: int, where: Where, grain: str
) -> None:
    """Of every stretch and every choice of tickets: by the sums, and by the open tickets listed one by one."""
    first = FIRST + timedelta(days=start)
    cells, day = [], first
    while day < first + timedelta(days=length):
        end = min(cell_end(day, grain), first + timedelta(days=length))
        cells.append((day, end))
        day = end
    flows = {slug: ask(connection, slug, start, length, grain, where=where) for slug in ("inflow", "outflow")}
    sums = {slug: {row.keys[0]: row.n for row in rows} for slug, rows in flows.items()}
    ends = [row.n for row in ask(connection, "backlog", start, length, grain, where=where)]
    at = _open_at(connection, first, where)
    for (day, end), level in zip(cells, ends, strict=True):
        key = GRAIN_LABELS[grain](day) if grain in GRAIN_LABELS else cell_start(day, grain)
        assert (
            at + sums["inflow"].get(key, 0) - sums["outflow"].get(key, 0) == level == _open_at(connection, end, where)
        )
        at = level


def _open_at(connection: sa.Connection, end: date, where: Where) -> int:
    """Return how many tickets are listed as open when a day begins."""
    return metric_query.ticket_count(connection, MetricQuery("backlog", end - timedelta(days=1), end, (), where))


@_PROPERTY
@given(st.sampled_from(TIMES), STARTS, LENGTHS, st.sampled_from(((), ("category",), ("agent", "month"), ("week",))))
def test_means_and_quantiles_lie_within_their_values(
    connection: sa.Connection, metric: str, start: int, length: int, by: tuple[str, ...]
) -> None:
    for row in ask(connection, metric, start, length, *by):
        if row.value is not None and row.p90 is not None and row.mean is not None:
            assert row.value <= row.p90
            assert row.mean >= 0
    first = FIRST + timedelta(days=start)
    query = MetricQuery(metric, first, first + timedelta(days=length))
    whole, distribution = metric_query.run(connection, query).rows[0], metric_query.histogram(connection, query)
    assert distribution.n == whole.n
    if whole.mean is not None and whole.value is not None and whole.p90 is not None:
        lowest, highest = distribution.buckets[0].lower, distribution.buckets[-1].upper
        assert all(lowest <= each <= highest for each in (whole.mean, whole.value, whole.p90))


@_PROPERTY
@given(st.sampled_from(SHARES), STARTS, LENGTHS, st.sampled_from(DIMENSIONS))
def test_a_share_is_weighted_by_its_parts(
    connection: sa.Connection, metric: str, start: int, length: int, dimension: str
) -> None:
    """The total is no mean of means."""
    whole, rows = ask(connection, metric, start, length)[0], ask(connection, metric, start, length, dimension)
    assert sum(row.n for row in rows) == whole.n
    if whole.value is not None:
        assert sum((row.value or 0) * row.n for row in rows) / whole.n == pytest.approx(whole.value)
        assert min(row.value or 0 for row in rows) - 1e-9 <= whole.value <= max(row.value or 0 for row in rows) + 1e-9


@_PROPERTY
@given(st.sampled_from(sorted(METRICS)), STARTS, LENGTHS, st.sampled_from(DIMENSIONS))
def test_a_bar_leads_to_exactly_its_tickets(
    connection: sa.Connection, metric: str, start: int, length: int, dimension: str
) -> None:
    """Situations 35 and 36: also the bar of what is not set. A ticket that counts several times is listed once."""
    first = FIRST + timedelta(days=start)
    period = (first, first + timedelta(days=length))
    for row in metric_query.run(connection, MetricQuery(metric, *period, (dimension,))).rows:
        value = None if row.keys[0] is None else str(row.keys[0])
        query = MetricQuery(metric, *period, (), ((dimension, (value,)),))
        assert metric_query.run(connection, query).rows[0].n == row.n
        listed = metric_query.ticket_count(connection, query)
        assert listed == len(metric_query.ticket_ids(connection, query).ticket_ids)
        assert listed <= row.n
        assert bool(listed) == bool(row.n)


def test_who_leaves_and_what_is_renamed_changes_no_number(desk: Database) -> None:
    with desk.engine.begin() as writing:
        before = contents(writing)
        for statement in (
            "update support.agents set left_on = '2026-03-01'",
            "update support.categories set name = 'Books', slug = slug",
            "update support.customers set name = null",
            "update support.support_tickets set subject = 'A', content = 'B', metadata = '{}'",
        ):
            writing.execute(sa.text(statement))
        refresh_marts(writing, ZONE)
        assert contents(writing) == before
        writing.rollback()

"""Rollups, facts and the tickets behind a number never disagree, and indexes find them."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics.metrics import METRICS, Kind, Metric
from analytics.vocabulary import DIMENSIONS
from etl.marts.refresh import refresh_marts
from tests.conftest import examples
from tests.factories.desk import AGENTS, add_random_desk, instant
from tests.integration.conftest import Database
from warehouse import metric_query
from warehouse.metric_query import LeftOut, MetricQuery, MetricResult, sources
from warehouse.metric_query.counts import anchors_of, counters_of
from warehouse.metric_query.left_out import DATES_ONLY_REASON, UNTIMED_REASON
from warehouse.rollups.declaration import DURATIONS, OPEN

FIRST = date(2025, 11, 20)
WHERE = st.lists(
    st.sampled_from(
        (
            ("category", ("book_order",)),
            ("category", ("technical_support", None)),
            ("priority", ("high", "urgent")),
            ("channel", ("email",)),
            ("customer_type", (None,)),
            ("agent", AGENTS[:2]),
            ("team", ("orders", None)),
            ("sla_policy", ("High",)),
            ("precision", ("date",)),
            ("precision", ("time",)),
        )
    ),
    max_size=3,
    unique_by=lambda each: each[0],
)
GRAINS = st.sampled_from(("day", "week", "month", "quarter", "year"))
QUERIES = st.builds(
    lambda slug, first, length, by, grain, where: MetricQuery(
        slug, FIRST + timedelta(days=first), FIRST + timedelta(days=first + length), (*by, *grain), tuple(where)
    ),
    st.sampled_from(sorted(METRICS)),
    st.integers(0, 120),
    st.integers(0, 150),
    st.lists(st.sampled_from(DIMENSIONS), max_size=3, unique=True),
    st.lists(GRAINS, max_size=1),
    WHERE,
)


@pytest.fixture
def connection(database: Database) -> Iterator[sa.Connection]:
    """A refreshed desk over several months."""
    with database.engine.begin() as writing:
        add_random_desk(writing, Random(11), 250, instant("2025-11-20 00:00"), 140)
        refresh_marts(writing, "Europe/Dublin")
    with database.engine.connect() as reading:
        yield reading


_PROPERTY = settings(max_examples=examples(100), suppress_health_check=[HealthCheck.function_scoped_fixture])


@_PROPERTY
@given(query=QUERIES)
def test_an_answer_from_rollups_equals_the_answer_from_facts(connection: sa.Connection, query: MetricQuery) -> None:
    answer = metric_query.run(connection, query)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sources, "_rollups", lambda *_args, **_options: {})
        assert metric_query.run(connection, query) == answer


@_PROPERTY
@given(query=QUERIES)
def test_the_tickets_behind_a_number_are_as_many_as_it_says(connection: sa.Connection, query: MetricQuery) -> None:
    """Where every ticket counts once; of events there are at most as many tickets."""
    metric = METRICS[query.metric]
    whole = MetricQuery(query.metric, query.start, query.end, where=query.where)
    n = metric_query.run(connection, whole).rows[0].n
    count = metric_query.ticket_count(connection, whole)
    started = query.metric.startswith("sla_started")
    if started or _counts_events(metric):
        assert count <= n
        assert bool(count) == bool(n)
    else:
        assert count == n, metric.kind


def _counts_events(metric: Metric) -> bool:
    """Say whether a ticket may count several times."""
    anchors = [DURATIONS[metric.numerator]] if metric.kind is Kind.DURATION else anchors_of(counters_of(metric))
    return metric.kind is not Kind.LEVEL and any(anchor.source == "fct_ticket_events" for anchor in anchors)


@_PROPERTY
@given(query=QUERIES, limit=st.integers(1, 40))
def test_pages_of_tickets_are_the_whole_list_in_order(
    connection: sa.Connection, query: MetricQuery, limit: int
) -> None:
    whole = metric_query.ticket_ids(connection, query).ticket_ids
    pages: list[int] = []
    page = metric_query.ticket_ids(connection, query, limit=limit)
    pages += page.ticket_ids
    while page.next is not None:
        page = metric_query.ticket_ids(connection, query, after=page.next, limit=limit)
        pages += page.ticket_ids
    assert tuple(pages) == whole
    assert len(set(whole)) == len(whole)


_ENDS = ("met", "missed", "running", "overdue", "ended_unanswered")


@_PROPERTY
@given(query=QUERIES)
def test_targets_met_missed_running_overdue_and_ended_unanswered_are_all_that_started(
    connection: sa.Connection, query: MetricQuery
) -> None:
    """Whatever they are split and filtered by, and over any days."""
    slugs = ("sla_started", *(f"sla_started_{end}" for end in _ENDS))
    started, *ends = (
        Counter({row.keys: row.n for row in answer.rows})
        for answer in metric_query.run_many(connection, slugs, query).values()
    )
    assert sum(ends, Counter()) == +started


HOURS = st.sampled_from((("hour",), ("hour_of_week",)))


@_PROPERTY
@given(query=QUERIES.filter(lambda each: METRICS[each.metric].kind is not Kind.LEVEL), by=HOURS)
def test_what_hours_leave_out_is_said(connection: sa.Connection, query: MetricQuery, by: tuple[str, ...]) -> None:
    """What is split by hours and what is said to be left out are together all there is."""
    whole = MetricQuery(query.metric, query.start, query.end, where=query.where)
    by_hour = MetricQuery(query.metric, query.start, query.end, by, query.where)
    assert _all_of(metric_query.run(connection, by_hour)) == _all_of(metric_query.run(connection, whole))


def test_a_filter_by_hours_says_what_it_leaves_out(connection: sa.Connection) -> None:
    """Tickets known by date only pass no filter by hours, and are counted as left out of it."""
    end = FIRST + timedelta(days=300)
    by_date = metric_query.run(connection, MetricQuery("created", FIRST, end, where=(("precision", ("date",)),)))
    mornings = tuple(str(hour) for hour in range(12))
    told = metric_query.run(connection, MetricQuery("created", FIRST, end, where=(("hour", mornings),))).left_out
    assert by_date.rows[0].n > 0
    assert LeftOut("known by date only, without a time of day", by_date.rows[0].n) in told


def _all_of(result: MetricResult) -> int:
    left_out = sum(each.count for each in result.left_out if each.reason in {UNTIMED_REASON, DATES_ONLY_REASON})
    return sum(row.n for row in result.rows) + left_out


def test_the_numerator_of_a_share_has_its_own_tickets(connection: sa.Connection) -> None:
    for slug, metric in METRICS.items():
        if metric.kind is Kind.SHARE and "sla" not in slug and not _counts_events(metric):
            query = MetricQuery(slug, FIRST, FIRST + timedelta(days=300))
            row = metric_query.run(connection, query).rows[0]
            count = metric_query.ticket_count(connection, query, part="numerator")
            assert row.value == pytest.approx(count / row.n)


_WORDS = "to_tsvector('simple', subject || ' ' || left(content, 4000))"
QUESTIONS = (
    (
        "select count(*) from marts.fct_tickets where created_date >= '2026-01-05' and created_date < '2026-01-07'",
        "created_date",
    ),
    ("select count(*) from marts.fct_tickets where resolved_date = '2026-01-05'", "resolved_date"),
    (f"select count(*) from marts.fct_tickets where {OPEN}", "fct_tickets_open"),
    ("select * from marts.fct_tickets order by created_at desc, ticket_id desc limit 50", "fct_tickets_created_at"),
    ("select * from marts.fct_ticket_events where kind = 4 and happened_date = '2026-01-05'", "kind_happened_date"),
    ("select * from marts.agg_counts_total_day where start_date = '2026-01-05'", "pk_agg_counts_total_day"),
    ("select * from marts.agg_durations_total_month where duration_id = 4", "pk_agg_durations_total_month"),
    ("select * from support.customer_interactions where ticket_id = 5 order by timestamp", "ticket_id_timestamp"),
    ("select * from support.ticket_status_history where ticket_id = 5", "ticket_id_changed_at"),
    ("select * from support.support_tickets where customer_email = 'reader1@example.org'", "customer_email"),
    ("select number from marts.ticket_numbers where ticket_id = 5", "ix_records_ticket_id"),
    (f"select ticket_id from marts.ticket_texts where {_WORDS} @@ plainto_tsquery('simple', 'book')", "tickets_words"),
)


def test_an_index_serves_every_question(connection: sa.Connection) -> None:
    """On a desk this small a scan is as quick, so scans are made dear: the index has to fit the question."""
    connection.exec_driver_sql("set local enable_seqscan = off")
    connection.exec_driver_sql("set local enable_sort = off")
    for statement, index in QUESTIONS:
        plan = "\n".join(row[0] for row in connection.execute(sa.text(f"explain {statement}")))
        assert index in plan, plan

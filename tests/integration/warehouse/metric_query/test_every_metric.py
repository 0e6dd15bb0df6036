"""Every metric equals an independent recomputation from raw rows, whatever it is split and filtered by."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import pytest
import sqlalchemy as sa

from analytics.metrics import METRICS, Kind
from analytics.vocabulary import DIMENSIONS
from etl.marts.refresh import refresh_marts
from tests.factories.desk import add_random_desk, instant
from tests.integration.conftest import Database
from tests.reference.happenings import Desk, Happening
from tests.reference.metric_answer import expected_rows
from warehouse import metric_query
from warehouse.metric_query import MetricQuery
from warehouse.metric_query.small_groups import EXACT_BELOW

# The clocks change in New York on 8 March and 1 November, in Dublin on 29 March and 25 October 2026.
ZONES = ("Africa/Johannesburg", "America/New_York", "Europe/Dublin")
SPANS = ((instant("2026-02-20 00:00"), 60), (instant("2026-10-10 00:00"), 60))
QUESTION_COUNT = 300
SPLITS: tuple[tuple[str, ...], ...] = (
    (),
    ("day",),
    ("week",),
    ("month",),
    ("quarter", "priority"),
    ("year",),
    ("weekday",),
    ("hour_of_week",),
    *((name,) for name in DIMENSIONS),
    ("month", "category", "priority"),
    ("agent", "category"),
    ("category", "priority", "channel", "customer_type", "week"),
)
FILTERS = (
    (),
    (("category", ("book_order", None)), ("channel", ("email",))),
    (("agent", ("Lerato",)), ("customer_type", (None, "school"))),
)


@pytest.fixture(
    params=[(zone, span) for zone in ZONES for span in SPANS], ids=lambda value: f"{value[0]} {value[1][0]:%b}"
)
def desk(request: pytest.FixtureRequest, database: Database) -> Iterator[tuple[sa.Connection, list[Happening], date]]:
    """A desk of random tickets around a change of the clocks, refreshed."""
    zone, (first_at, days) = request.param
    with database.engine.connect() as connection:
        connection.execute(_VARIED_POLICIES, {"at": first_at + timedelta(days=25)})
        add_random_desk(connection, Random(f"{zone}{first_at}"), 200, first_at, days)
        happenings = Desk.load(connection, zone).happenings()
        refresh_marts(connection, zone)
        yield connection, happenings, first_at.date()


# Clocks of replies stand still too, one policy counts day and night, one never pauses, one changes on the way, and one
# works at night, as a team does.
_VARIED_POLICIES = sa.text("""
insert into support.business_calendars (name, time_zone) values ('Nights', 'UTC');
insert into support.business_windows (calendar_id, weekday, opens_minute, closes_minute)
select id, weekday, 1080, 1500 from support.business_calendars cross join generate_series(0, 6) as weekday
where name = 'Nights';
insert into support.teams (team, calendar_id)
select 'technical', id from support.business_calendars where name = 'Nights';
update support.sla_policies set first_reply_pauses = '{pending}', next_reply_pauses = '{pending,on_hold}'
where priority = 'high';
update support.sla_policies set calendar_id = null where priority = 'urgent';
update support.sla_policies set resolution_pauses = '{}' where priority = 'low';
update support.sla_policies set calendar_id = (select id from support.business_calendars where name = 'Nights')
where priority = 'low';
update support.sla_policies set valid_until_at = :at where priority = 'medium';
insert into support.sla_policies (
    name, position, priority, valid_from_at, first_reply_minutes, next_reply_minutes, resolution_minutes,
    resolution_pauses
) values ('Medium, later', 3, 'medium', :at, 600, 900, 3000, '{on_hold}');
""")


def _questions(random: Random, first: date) -> Iterator[MetricQuery]:
    """Ask every metric unsplit, and then whatever chance has it."""
    for slug in METRICS:
        yield MetricQuery(slug, first, first + timedelta(days=75))
    for _ in range(QUESTION_COUNT):
        slug, by, where = random.choice(list(METRICS)), random.choice(SPLITS), random.choice(FILTERS)
        if METRICS[slug].kind is Kind.LEVEL and {"weekday", "hour_of_week"} & set(by):
            by = ("day",)
        start = first + timedelta(days=random.randrange(20))
        yield MetricQuery(slug, start, start + timedelta(days=random.randrange(80)), by, where)


def test_every_metric_equals_the_recomputation(desk: tuple[sa.Connection, list[Happening], date]) -> None:
    """Values are exact, and so are quantiles: of so few durations no histogram is needed."""
    connection, happenings, first = desk
    for query in _questions(Random(first.month), first):
        metric = METRICS[query.metric]
        result = metric_query.run(connection, query)
        wanted = expected_rows(happenings, query)
        rows = {row.keys: row for row in result.rows if row.n}
        assert rows.keys() == wanted.keys(), query
        is_large = metric.kind is Kind.DURATION and result.unit != "days"
        for key, want in wanted.items():
            row = rows[key]
            tolerance = 0.0201 if is_large and row.n >= EXACT_BELOW else 1e-9
            assert row.n == want.n, (query, key)
            assert row.value == pytest.approx(want.value, rel=tolerance), (query, key)
            assert row.p90 == (want.p90 if want.p90 is None else pytest.approx(want.p90, rel=tolerance)), (query, key)
            assert row.mean == (want.mean if want.mean is None else pytest.approx(want.mean)), (query, key)

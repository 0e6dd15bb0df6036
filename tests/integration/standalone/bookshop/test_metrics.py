"""What the product says about a made-up desk."""

import math
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from etl.jobs.registry import JOBS
from etl.running.job import JobContext
from etl.running.runner import Outcome, run_job
from standalone.bookshop.effects_file import read_effects
from standalone.bookshop.loading import load
from tests.integration.conftest import Database, DeskTemplates
from warehouse import metric_query
from warehouse.metric_query import MetricQuery, MetricResult

UNTIL = date(2026, 7, 1)
TICKETS = 4000
# A category's times have at most this standard deviation, in means: log-normal noise, priority and escalation.
MOST_SPREAD = 1.3
FARTHEST = 3.3


def _fill(engine: sa.Engine) -> None:
    load(engine, TICKETS, 1, read_effects(), UNTIL)
    done = run_job(JOBS["refresh_marts"], JobContext(engine, datetime(2026, 7, 1, tzinfo=UTC), "Africa/Johannesburg"))
    assert done.outcome is Outcome.SUCCEEDED


@pytest.fixture
def desk(desk_templates: DeskTemplates) -> Iterator[Database]:
    """A made-up desk with its marts."""
    with desk_templates.clone(_fill) as database:
        yield database


def _ask(database: Database, metric: str, *by: str) -> MetricResult:
    with database.engine.connect() as connection:
        return metric_query.run(connection, MetricQuery(metric, date(2024, 1, 1), date(2027, 1, 1), by))


def test_planted_means_are_the_product_s_own(desk: Database) -> None:
    """The mean of the business-hours resolution metric is the planted one, within sampling error, by category."""
    planted = read_effects().resolution.mean_hours
    rows = {row.keys[0]: row for row in _ask(desk, "resolution_business_time", "category").rows}
    for category, hours in planted.items():
        row = rows[category]
        assert row.mean is not None
        error = MOST_SPREAD * hours / math.sqrt(row.n)
        assert abs(row.mean / 60 - hours) < FARTHEST * error


def test_the_product_sees_every_kind_of_thing(desk: Database) -> None:
    """Replies, reopenings, escalations, updates, ratings, breaches and a backlog are there to look at."""
    assert _ask(desk, "created").rows[0].value == TICKETS - _left_out(desk)
    for share in ("csat", "reopen_rate", "one_touch_rate", "same_agent_share", "escalation_rate", "sla_attainment"):
        value = _ask(desk, share).rows[0].value
        assert value is not None
        assert 0.01 < value < 0.99
    for number in ("backlog", "proactive_updates", "handle_time", "contacts", "sla_breaches", "next_reply_time"):
        assert _ask(desk, number).rows[0].value


def _left_out(database: Database) -> int:
    return sum(each.count for each in _ask(database, "created").left_out)

"""Made-up desks in a database: the marts hold what was made, so that what is said can be held against it."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from analytics.vocabulary import SlaState
from benchmarks.truth.drawing import draw_plan
from benchmarks.truth.made_desk import MadeDesk, make_desk
from benchmarks.truth.product import put_in, read_said, run_jobs
from etl.jobs import rebuild_marts
from tests.integration.conftest import Database
from warehouse.engine import DatabaseRole

_PLAN = next(
    plan
    for plan in (draw_plan(seed, 1_000) for seed in range(100))
    # Around the clock, an hour is lost or won with each change of clocks.
    if plan.has_messages and plan.country == "US" and plan.opens[6] is None and plan.handling.handover_share > 0
)
_FACTS = sa.text(
    "select first_reply_business_seconds, resolution_business_seconds, first_reply_sla, rating, contact_count,"
    " agent_contact_count > 1 and not is_same_agent as is_handed_over from marts.fct_tickets order by ticket_id"
)


@pytest.fixture
def engine(database: Database) -> Iterator[sa.Engine]:
    desk = make_desk(_PLAN)
    owner, jobs = (database.engine_as(role) for role in (DatabaseRole.OWNER, DatabaseRole.ETL_WRITER))
    put_in(owner, desk)
    run_jobs(jobs, desk, (rebuild_marts,))
    yield jobs
    for each in (owner, jobs):
        each.dispose()


def test_the_marts_hold_the_times_targets_and_messages_that_were_made(engine: sa.Engine) -> None:
    desk: MadeDesk = make_desk(_PLAN)
    with engine.connect() as connection:
        facts = connection.execute(_FACTS).all()
    is_replied, is_solved = desk.reply_at < desk.end, desk.resolved_at < desk.end
    replies = [fact[0] for fact, known in zip(facts, is_replied, strict=True) if known]
    solutions = [fact[1] for fact, known in zip(facts, is_solved, strict=True) if known]
    assert replies == pytest.approx(desk.times.reply[is_replied], abs=1)
    assert solutions == pytest.approx(desk.times.resolution[is_solved], abs=1)
    late = [fact[2] == SlaState.MISSED for fact, known in zip(facts, is_replied, strict=True) if known]
    assert late == desk.is_missed[0][is_replied].tolist()
    assert sum(fact[3] is not None for fact in facts) == desk.is_rated.sum()
    contacts = [fact[4] for fact, known in zip(facts, is_solved, strict=True) if known]
    assert contacts == (2 + desk.felt.contacts)[is_solved].tolist()
    handed_over = [bool(fact[5]) for fact, known in zip(facts, is_solved, strict=True) if known]
    assert handed_over == desk.kinds.is_handed_over[is_solved].tolist()
    assert not read_said(engine).sentences  # nothing is said before the jobs that say it

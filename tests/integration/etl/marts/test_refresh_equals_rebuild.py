"""Whatever happens to the tickets, refreshing now and then gives exactly what a rebuild gives."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.dialects.postgresql import insert

from analytics.vocabulary import PRIORITIES
from etl.marts import refresh
from etl.marts.rebuild import rebuild_marts
from etl.marts.refresh import RefreshOutcome, refresh_marts
from etl.marts.tables import FACT_TABLES, ROLLUP_TABLES
from tests.conftest import examples
from tests.factories.desk import (
    add_random_desk,
    add_random_history,
    add_random_message,
    add_random_ticket,
    add_ticket,
    instant,
)
from tests.integration.conftest import Database
from warehouse.tables.desk import customers
from warehouse.tables.ops import data_version
from warehouse.tables.tickets import support_tickets

ZONE = "America/New_York"
BEGINNING = instant("2026-03-01 00:00")
STEPS = st.sampled_from(
    (
        "refresh",
        "add",
        "delete",
        "change",
        "talk",
        "walk",
        "exclude",
        "solve",
        "roll back",
        "policy",
        "customer",
        "truncate history",
    )
)


def contents(connection: sa.Connection) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of the marts, sorted, with each histogram's entries in order."""
    return {table.name: _rows(connection, table) for table in (*FACT_TABLES, *ROLLUP_TABLES)}


def _rows(connection: sa.Connection, table: sa.Table) -> list[tuple[object, ...]]:
    columns = [
        sa.func.marts.compact_histogram(column) if column.name == "histogram" else column for column in table.columns
    ]
    found = (tuple(row) for row in connection.execute(sa.select(*columns)))
    return sorted(
        (tuple(bytes(each) if isinstance(each, memoryview) else each for each in row) for row in found), key=repr
    )


def _some_ticket(connection: sa.Connection, random: Random) -> int | None:
    numbers = list(connection.execute(sa.select(support_tickets.c.id).order_by(support_tickets.c.id)).scalars())
    return random.choice(numbers) if numbers else None


def _add(connection: sa.Connection, random: Random) -> None:
    add_random_ticket(connection, random, BEGINNING + timedelta(seconds=random.randrange(30 * 86_400)))


def _disturb(connection: sa.Connection, step: str, random: Random) -> None:
    """Do one thing to a ticket of the desk."""
    ticket_id = _some_ticket(connection, random)
    if step == "add" or ticket_id is None:
        _add(connection, random)
        return
    at = BEGINNING + timedelta(seconds=random.randrange(60 * 86_400))
    one = support_tickets.c.id == ticket_id
    changes: dict[str, dict[str, Any]] = {
        "change": {
            "category": random.choice(("new shelf", None)),
            "priority": random.choice(PRIORITIES),
            "team": "new",
        },
        "exclude": {"exclusion": random.choice((None, "spam", "merged"))},
        "solve": {"status": "resolved", "resolved_at": sa.func.greatest(support_tickets.c.created_at, at)},
    }
    if step in changes:
        connection.execute(support_tickets.update().where(one).values(changes[step]))
    elif step == "delete":
        connection.execute(support_tickets.delete().where(one))
    elif step == "talk":
        add_random_message(connection, random, ticket_id, BEGINNING)
    elif step == "walk":
        created_at = connection.execute(sa.select(support_tickets.c.created_at).where(one)).scalar_one()
        add_random_history(connection, random, ticket_id, created_at)
    elif step == "customer":
        _change_customer(connection, random)
    elif step == "policy":
        connection.execute(
            sa.text("update support.sla_policies set first_reply_minutes = :n"), {"n": random.randrange(600)}
        )
    else:
        connection.execute(sa.text("truncate support.ticket_field_history"))


def _change_customer(connection: sa.Connection, random: Random) -> None:
    email = f"reader{random.randrange(7)}@example.org"
    if random.random() < 0.3:
        connection.execute(customers.delete().where(customers.c.customer_email == email))
        return
    values = {
        "customer_type": random.choice(("school", "library", None)),
        "organisation": random.choice(("Hill School", None)),
    }
    added = insert(customers).values(customer_email=email, **values)
    connection.execute(added.on_conflict_do_update(index_elements=["customer_email"], set_=values))


@pytest.fixture
def desk(database: Database) -> sa.Engine:
    """A refreshed desk of random tickets."""
    _begin_anew(database.engine)
    return database.engine


def _begin_anew(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        connection.execute(support_tickets.delete())
        connection.execute(customers.delete())
        add_random_desk(connection, Random(7), 30, BEGINNING, 30)
    _refresh(engine)


def _refresh(engine: sa.Engine, zone: str = ZONE) -> RefreshOutcome:
    with engine.begin() as connection:
        return refresh_marts(connection, zone)


def _assert_as_rebuilt(engine: sa.Engine, zone: str = ZONE) -> None:
    with engine.begin() as connection:
        refreshed = contents(connection)
        rebuild_marts(connection, zone)
        assert refreshed == contents(connection)


@settings(max_examples=examples(12), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=1, max_size=14), seed=st.integers(0, 2**32))
def test_refreshes_at_any_points_equal_a_rebuild(desk: sa.Engine, steps: list[str], seed: int) -> None:
    random = Random(seed)
    _begin_anew(desk)
    for step in steps:
        if step == "refresh":
            _refresh(desk)
            continue
        with desk.connect() as connection:
            _disturb(connection, "change" if step == "roll back" else step, random)
            if step != "roll back":
                connection.commit()
    _refresh(desk)
    _assert_as_rebuilt(desk)


def test_changes_of_transactions_that_commit_out_of_order_are_all_seen(desk: sa.Engine) -> None:
    """A change made early and committed late is refreshed after one made late and committed early."""
    change = sa.text("update support.support_tickets set category = :word where mod(id, 2) = :rest")
    with desk.connect() as slow:
        slow.execute(change, {"word": "slow", "rest": 0})
        with desk.begin() as quick:
            quick.execute(change, {"word": "quick", "rest": 1})
        assert _refresh(desk).ticket_count == 15
        slow.commit()
    assert _refresh(desk).ticket_count == 15
    assert _refresh(desk).ticket_count == 0
    _assert_as_rebuilt(desk)


def test_another_reporting_zone_rebuilds_the_marts(desk: sa.Engine) -> None:
    assert _refresh(desk, "Europe/Dublin").is_rebuild
    _assert_as_rebuilt(desk, "Europe/Dublin")
    assert not _refresh(desk, "Europe/Dublin").is_rebuild


def test_dates_without_a_time_stay_the_same_dates_in_another_zone(database: Database) -> None:
    midnight = instant("2026-03-01 22:00")
    dates = sa.text("select created_date, resolved_date, resolution_days from marts.fct_tickets order by 1")
    with database.engine.begin() as connection:
        later = midnight + timedelta(days=3)
        add_ticket(connection, midnight, is_date_only=True, resolved_at=later, status="resolved")
        add_ticket(connection, later, is_date_only=True, resolved_at=later, status="resolved")
    for zone in ("Africa/Johannesburg", "America/New_York", "Europe/Dublin", "Africa/Johannesburg"):
        _refresh(database.engine, zone)
        with database.engine.connect() as connection:
            first, second = connection.execute(dates).all()
        assert first == (date(2026, 3, 2), date(2026, 3, 5), 3)
        assert second == (date(2026, 3, 5), date(2026, 3, 5), 0)


def test_many_waiting_changes_are_rebuilt_and_few_are_added(desk: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refresh, "_FEW_TICKETS", 10)
    change = sa.text("update support.support_tickets set category = 'moved' where mod(id, :every) = 0")
    with desk.begin() as connection:
        connection.execute(change, {"every": 1})
    assert _refresh(desk).is_rebuild
    with desk.begin() as connection:
        connection.execute(change, {"every": 10})
    assert not _refresh(desk).is_rebuild


def test_a_refresh_raises_the_version_and_an_idle_one_does_not(desk: sa.Engine) -> None:
    def version() -> int:
        with desk.connect() as connection:
            return int(connection.execute(sa.text("select version from ops.data_version")).scalar_one())

    before = version()
    _refresh(desk)
    assert version() == before
    with desk.begin() as connection:
        _add(connection, Random(1))
    _refresh(desk)
    assert version() == before + 1


def test_the_clock_of_what_is_late_goes_on_where_no_ticket_changes(database: Database) -> None:
    """Pages tell what is late as of the last refresh; a quarter of an hour later that is a new one."""
    state = sa.select(data_version.c.version, data_version.c.refreshed_at)

    def refreshed() -> tuple[int, datetime]:
        with database.engine.begin() as connection:
            refresh_marts(connection, ZONE)
            version, refreshed_at = connection.execute(state).one()
        return version, refreshed_at

    made = refreshed()
    assert refreshed() == made
    with database.engine.begin() as connection:
        connection.execute(data_version.update().values(refreshed_at=made[1] - timedelta(minutes=15)))
    later = refreshed()
    assert later[0] == made[0] + 1
    assert later[1] > made[1]

"""A replay of the last days under other policies tells what a rebuild under them gives, and changes nothing."""

from collections.abc import Callable
from datetime import date, datetime
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa

from etl.marts.rebuild import rebuild_marts
from etl.marts.refresh import refresh_marts
from etl.marts.replay import Replay, replay
from etl.marts.sla_changes import remove_policy, set_policy
from tests.factories.desk import add_random_desk, instant
from tests.integration.conftest import Database
from tests.integration.etl.marts.test_refresh_equals_rebuild import contents

ZONE = "Africa/Johannesburg"
TODAY = date(2026, 7, 1)
_DAYS = 150
_VERDICTS = sa.text(
    "select ticket_id, sla_missed_count = 0 as is_met from marts.fct_tickets"
    " where sla_ended_date >= :first and not is_excluded"
)

Change = Callable[[sa.Connection], object]


def _set(name: str, **given: Any) -> Change:
    return lambda connection: set_policy(connection, name, given, TODAY, all_time=True)


_CHANGES: dict[str, Change] = {
    "a shorter promise": _set("Medium", first_reply_minutes=10, resolution_minutes=60),
    "a longer promise": _set("Urgent", first_reply_minutes=600, next_reply_minutes=600, resolution_minutes=6_000),
    "every hour counts": _set("High", calendar_id=None),
    "the clock never stands still": _set("Medium", resolution_pauses=[]),
    "the reply waits while pending": _set("Low", first_reply_pauses=["pending", "on_hold"]),
    "a new policy for chat": _set("Chat", channel="chat", first_reply_minutes=120, position=1),
    "no promise any more": lambda connection: remove_policy(connection, "Urgent", TODAY, all_time=True),
}


@pytest.fixture
def desk(database: Database) -> Database:
    """Some 250 tickets with messages and status histories, refreshed."""
    with database.engine.begin() as connection:
        add_random_desk(connection, Random(4), 250, instant("2026-02-20 00:00"), 120)
        refresh_marts(connection, ZONE)
    return database


def _verdicts(connection: sa.Connection, first: date) -> dict[int, bool]:
    return {row.ticket_id: row.is_met for row in connection.execute(_VERDICTS, {"first": first})}


def _days_back(connection: sa.Connection) -> int:
    """Return how many days reach back over part of the desk, so that some tickets lie outside."""
    now: datetime = connection.execute(sa.text("select now()")).scalar_one()
    return (now.date() - date(2026, 4, 1)).days


def _told(found: Replay, *, is_new: bool) -> dict[int, bool]:
    pairs = {each.ticket_id: each.is_met if is_new else each.was_met for each in found.verdicts}
    return {ticket: met for ticket, met in pairs.items() if met is not None}


@pytest.mark.parametrize("name", list(_CHANGES))
def test_a_replay_is_what_a_rebuild_after_the_change_gives(desk: Database, name: str) -> None:
    """Ticket by ticket, and as a share; and until it is saved, nothing at all is different."""
    with desk.engine.begin() as connection:
        days, before = _days_back(connection), contents(connection)
        found = replay(connection, ZONE, _CHANGES[name], days=days)
        assert contents(connection) == before
    with desk.engine.begin() as connection:
        assert _told(found, is_new=False) == _verdicts(connection, found.first)
        assert connection.execute(sa.text("select count(*) from ops.rebuild_requests")).scalar_one() == 0
        _CHANGES[name](connection)
        rebuild_marts(connection, ZONE)
        wanted = _verdicts(connection, found.first)
    assert _told(found, is_new=True) == wanted
    assert (found.after.met, found.after.judged) == (sum(wanted.values()), len(wanted))
    assert sum(after.judged for _, _, after in found.by_week) == len(wanted)


def test_a_longer_promise_turns_missed_into_met_alone(desk: Database) -> None:
    with desk.engine.begin() as connection:
        days = _days_back(connection)
        found = replay(connection, ZONE, _CHANGES["a longer promise"], days=days)
        assert found.changed
        assert {(each.was_met, each.is_met) for each in found.changed if each.was_met is not None} == {(False, True)}


def test_nothing_changes_without_a_change(desk: Database) -> None:
    with desk.engine.begin() as connection:
        found = replay(connection, ZONE, lambda _connection: None, days=_days_back(connection))
    assert found.before == found.after
    assert found.changed == ()
    assert found.before.judged > 0

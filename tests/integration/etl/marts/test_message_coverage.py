"""Whether silence is known: a ticket without messages was unanswered only if its sources bring messages."""

import pytest
import sqlalchemy as sa

from analytics.vocabulary import SlaState
from etl.marts.refresh import refresh_marts
from tests.factories.desk import add_message, add_status, add_ticket, instant
from tests.integration.conftest import Database
from warehouse.tables.raw import imports

ZONE = "Africa/Johannesburg"


def _import(database: Database, kind: str, source: str = "helpdesk") -> None:
    finished = sa.func.clock_timestamp()
    values = {"source": source, "kind": kind, "file_name": "f.csv", "profile": {}, "finished_at": finished}
    with database.engine.begin() as connection:
        connection.execute(imports.insert().values(values))


def _refreshed(database: Database) -> tuple[bool, int | None]:
    """Refresh; return whether that was a rebuild, and the state of the ticket without messages."""
    with database.engine.begin() as connection:
        outcome = refresh_marts(connection, ZONE)
        states = sa.text("select first_reply_sla from marts.fct_tickets order by ticket_id limit 1")
        return outcome.is_rebuild, connection.execute(states).scalar_one()


@pytest.fixture
def desk(database: Database) -> Database:
    """One ticket that was solved and has no messages."""
    with database.engine.begin() as connection:
        ticket = add_ticket(connection, instant("2026-03-04 08:00"), priority="low")
        add_status(connection, ticket, "closed", instant("2026-03-09 08:00"), is_automatic=True)
    return database


def test_a_desk_without_messages_does_not_know_of_silence(desk: Database) -> None:
    assert _refreshed(desk) == (True, None)


def test_silence_is_known_once_each_source_has_brought_messages(desk: Database) -> None:
    """And what was not known is derived again when that changes."""
    with desk.engine.begin() as connection:
        other = add_ticket(connection, instant("2026-03-04 08:00"), priority="low")
        add_message(connection, other, instant("2026-03-04 09:00"), "Lerato")
    _import(desk, "tickets")
    assert _refreshed(desk) == (True, None)
    assert _refreshed(desk) == (False, None)
    _import(desk, "interactions")
    assert _refreshed(desk) == (True, SlaState.MISSED)
    _import(desk, "interactions")
    assert _refreshed(desk) == (False, SlaState.MISSED), "nothing new is known"
    _import(desk, "tickets", "another system")
    assert _refreshed(desk) == (True, None)
    with desk.engine.begin() as connection:
        another = imports.c.source == "another system"
        connection.execute(imports.update().where(another).values(undone_at=sa.func.clock_timestamp()))
    assert _refreshed(desk) == (True, SlaState.MISSED)

"""A made-up desk in the database."""

import os
import signal
import subprocess
import sys
from datetime import date

import pytest
import sqlalchemy as sa

from etl.marts.country import ChosenCountries, CountriesSource
from etl.marts.holidays import followed_countries, keep_holidays
from standalone.bookshop.csv_rows import COLUMNS
from standalone.bookshop.effects_file import read_effects
from standalone.bookshop.loading import DeskNotEmptyError, LoadReport, load
from tests.integration.conftest import Database
from warehouse.engine import DatabaseRole

UNTIL = date(2026, 7, 1)
TICKETS = 1500
_SCHEMA = sa.text(
    "select indexdef from pg_indexes where schemaname = 'support' union all "
    "select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint "
    "where connamespace = 'support'::regnamespace union all "
    "select tgrelid::regclass || ' ' || tgenabled::text || pg_get_triggerdef(oid) from pg_trigger "
    "where not tgisinternal "
    "order by 1"
)
_INSERT = sa.text(
    "insert into support.support_tickets (customer_email, subject, content) "
    "values ('a@example.com', '', '') returning id"
)


def _load(database: Database, seed: int = 1) -> LoadReport:
    engine = database.engine_as(DatabaseRole.OWNER)
    return load(engine, TICKETS, seed, read_effects(), UNTIL)


def _counts(database: Database) -> dict[str, int]:
    with database.engine.connect() as connection:
        return {
            table: connection.execute(sa.text(f"select count(*) from support.{table}")).scalar_one()
            for table in COLUMNS
        }


def _scalar(database: Database, query: str) -> int:
    with database.engine.connect() as connection:
        return int(connection.execute(sa.text(query)).scalar_one())


def test_every_row_arrives(database: Database) -> None:
    """What was made is what is there, and the report says so."""
    report = _load(database)
    assert not report.was_there
    assert report.rows == _counts(database)
    assert report.rows["support_tickets"] == TICKETS


def test_loading_again_changes_nothing(database: Database) -> None:
    """The same desk is recognised."""
    _load(database)
    before = _counts(database)
    assert _load(database).was_there
    assert _counts(database) == before


def test_another_desk_is_refused(database: Database) -> None:
    """Two made-up desks, or a made-up and a real one, never mix."""
    _load(database)
    with pytest.raises(DeskNotEmptyError):
        _load(database, seed=2)


def test_tickets_of_others_are_left_alone(database: Database) -> None:
    """A desk with tickets of its own takes no made-up ones."""
    with database.engine.begin() as connection:
        connection.execute(_INSERT)
    with pytest.raises(DeskNotEmptyError):
        _load(database)
    assert _counts(database)["support_tickets"] == 1


@pytest.mark.parametrize(
    "statement",
    [
        "insert into support.agents (agent_name) values ('Naledi Mokwena')",
        "insert into support.customers (customer_email) values ('a@example.com')",
    ],
)
def test_people_of_others_are_left_alone(database: Database, statement: str) -> None:
    """Agents and customers without tickets are a desk too."""
    with database.engine.begin() as connection:
        connection.execute(sa.text(statement))
    with pytest.raises(DeskNotEmptyError):
        _load(database)


def test_indexes_keys_and_triggers_are_as_before(database: Database) -> None:
    """What is taken off the tables for speed is put back exactly."""
    with database.engine.connect() as connection:
        before = connection.execute(_SCHEMA).scalars().all()
    _load(database)
    with database.engine.connect() as connection:
        assert connection.execute(_SCHEMA).scalars().all() == before


def test_the_next_ticket_gets_an_id_of_its_own(database: Database) -> None:
    """Ids are taken from the sequence."""
    _load(database)
    with database.engine.begin() as connection:
        number = connection.execute(_INSERT).scalar_one()
    assert number == TICKETS + 1


def test_the_made_up_desk_stays_in_its_time_zone_wherever_it_is_shown(database: Database) -> None:
    """Its hours are made up in South Africa; a reporting zone elsewhere moves them not."""
    _load(database)
    with database.engine.begin() as connection:
        keep_holidays(connection, ChosenCountries(("GB",), CountriesSource.SETTING), "Europe/London")
        assert connection.scalar(sa.text("select time_zone from support.business_calendars")) == "Africa/Johannesburg"
        assert followed_countries(connection) == ("ZA",)


def test_calendar_is_closed_on_public_holidays(database: Database) -> None:
    """The default calendar has the holidays of the years of the history."""
    _load(database)
    query = (
        "select count(*) from support.business_exceptions where on_date = date '2025-04-18' and opens_minute is null"
    )
    assert _scalar(database, query) == 1


def test_marts_are_asked_to_be_rebuilt(database: Database) -> None:
    """The load writes no change queue, so it asks for a rebuild instead."""
    _load(database)
    assert _scalar(database, "select count(*) from ops.rebuild_requests") >= 1
    assert _scalar(database, "select count(*) from support.ticket_changes") == 0


def test_an_error_leaves_nothing(database: Database) -> None:
    """A load that fails on the way is undone, and the next one works."""

    def fail(_done: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        load(database.engine_as(DatabaseRole.OWNER), TICKETS, 1, read_effects(), UNTIL, fail)
    assert set(_counts(database).values()) == {0}
    assert not _load(database).was_there


_LOAD_AND_DIE = """
import os, signal, sys
from datetime import date
from standalone.bookshop.effects_file import read_effects
from standalone.bookshop.loading import load
from warehouse.engine import DatabaseRole, create_engine_for
engine = create_engine_for(sys.argv[1], DatabaseRole.OWNER)
load(engine, 1500, 1, read_effects(), date(2026, 7, 1), lambda done: os.kill(os.getpid(), signal.SIGKILL))
"""


def test_a_killed_load_leaves_nothing(database: Database) -> None:
    """After kill -9 with all rows written but not committed there is no half desk; the next load makes a whole one."""
    url = database.url.render_as_string(hide_password=False)
    killed = subprocess.run([sys.executable, "-c", _LOAD_AND_DIE, url], check=False, env=os.environ, timeout=300)
    assert killed.returncode == -signal.SIGKILL
    assert set(_counts(database).values()) == {0}
    assert _load(database).rows == _counts(database)

"""Every instant of every export, and of tickets' pages, is the database's, by the clock of the deployment's zone."""

import dataclasses
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import flask
import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient
from icalendar import Calendar

from etl.marts.refresh import refresh_marts
from portal.numbers.filters import Days
from portal.topics.tickets.address import read_list
from portal.topics.tickets.detail_query import ticket_detail
from portal.topics.tickets.query import all_rows
from tests.factories.desk import add_random_desk
from tests.factories.exports import addresses, csv_lines, instants_of
from tests.factories.staffing_plan import add_plan
from tests.integration.conftest import Database, DeskTemplates
from warehouse.engine import DatabaseRole
from warehouse.tables.marts import fct_tickets

ZONES = ("Africa/Johannesburg", "America/New_York", "Asia/Kathmandu")
CHANGE_AT = datetime(2026, 11, 1, 6, tzinfo=UTC)
"""New York's clocks go back an hour; its 01:00 comes twice, at 05:00 and at 06:00 UTC."""
HOURS = tuple(CHANGE_AT + timedelta(hours=number) for number in range(-3, 4))
DUE = "Next SLA target due"


def _fill(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        add_random_desk(connection, Random(14), 120, CHANGE_AT - timedelta(days=20), 40)


@pytest.fixture(scope="module", params=ZONES)
def zone(request: pytest.FixtureRequest) -> str:
    """The deployment's zone."""
    return str(request.param)


@pytest.fixture(scope="module")
def desk(desk_templates: DeskTemplates, zone: str) -> Iterator[Database]:
    """A desk whose tickets come before, while and after clocks change, with a plan, in the deployment's zone."""
    with desk_templates.clone(_fill) as database:
        with database.engine.begin() as connection:
            refresh_marts(connection, zone)
            add_plan(connection, HOURS, zone)
        yield database


def by_the_clock(desk: Database, zone: str, sql: str) -> list[str]:
    """Return instants as PostgreSQL tells them by a zone's clock; it has rules of zones of its own."""
    told = sa.text(f"select to_char(at at time zone :zone, 'YYYY-MM-DD HH24:MI:SS') from ({sql}) as instants (at)")
    with desk.engine.connect() as connection:
        return list(connection.scalars(told, {"zone": zone}))


def all_instants(desk: Database, zone: str) -> set[str]:
    """Return every instant of the database, and the days of what is known by its date only."""
    with desk.engine.connect() as connection:
        columns = connection.execute(
            sa.text(
                "select table_schema, table_name, column_name from information_schema.columns"
                " where data_type = 'timestamp with time zone' and table_schema in ('marts', 'support')"
            )
        ).all()
        days = connection.scalars(
            sa.text("select unnest(array[created_date, resolved_date])::text from marts.fct_tickets where is_date_only")
        ).all()
    sql = " union ".join(f"select {each.column_name} from {each.table_schema}.{each.table_name}" for each in columns)
    return {*by_the_clock(desk, zone, sql), *days}


def test_every_instant_of_every_export_is_one_of_the_databases_by_the_zones_clock(
    server: flask.Flask, client: FlaskClient, desk: Database, zone: str
) -> None:
    """Columns are found by the zone in their headings, so a new one is held to it too."""
    known = all_instants(desk, zone)
    found: dict[str, int] = {}
    for address in addresses(server, "csv"):
        for heading, cells in instants_of(csv_lines(client, f"{address}?period=all"), zone).items():
            told = [cell for cell in cells if cell]
            assert set(told) <= known, (address, heading)
            found[f"{address} {heading}"] = len(told)
    assert len(found) >= 4
    assert all(found.values()), found


@pytest.mark.parametrize(
    ("heading", "column", "day"),
    [
        ("Created", "created_at", "created_date"),
        ("Resolved", "resolved_at", "resolved_date"),
        (DUE, "least(first_reply_due_at, next_reply_due_at, resolution_due_at)", "null::date"),
    ],
)
def test_each_instant_of_a_ticket_is_its_own(
    client: FlaskClient, desk: Database, zone: str, heading: str, column: str, day: str
) -> None:
    """Line by line, as PostgreSQL tells it."""
    told = (
        f"select ticket_id::text as number, coalesce(case when is_date_only then {day}::text"
        f" else to_char(({column}) at time zone :zone, 'YYYY-MM-DD HH24:MI:SS') end, '') as told from marts.fct_tickets"
    )
    with desk.engine.connect() as connection:
        expected = {row.number: row.told for row in connection.execute(sa.text(told), {"zone": zone})}
        assert connection.scalar(sa.select(sa.func.count()).select_from(fct_tickets)) == len(expected)
    heads, *rows = csv_lines(client, "/tickets/export.csv?period=all")
    place = heads.index(f"{heading} ({zone})")
    listed = {row[0]: row[place] for row in rows}
    assert listed == {number: expected[number] for number in listed}
    assert len(set(listed.values())) > 10


def test_each_hour_of_the_plan_is_its_own(client: FlaskClient, desk: Database, zone: str) -> None:
    """In its order, on the day when New York has an hour twice too."""
    expected = by_the_clock(desk, zone, "select starts_at from marts.staffing_hours order by starts_at")
    (cells,) = instants_of(csv_lines(client, "/staffing/export.csv"), zone).values()
    assert cells == expected
    assert len(set(cells)) == (len(HOURS) - 1 if zone == "America/New_York" else len(HOURS))


def test_a_shift_of_the_calendar_is_its_own(client: FlaskClient, desk: Database) -> None:
    """A calendar tells instants in UTC, and whoever opens it by the clock of its reader."""
    (event,) = Calendar.from_ical(client.get("/staffing/export.ics").data).walk("VEVENT")
    with desk.engine.connect() as connection:
        shift = connection.execute(sa.text("select starts_at, ends_at from marts.staffing_shifts")).one()
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (shift.starts_at, shift.ends_at)
    assert event.decoded("DTSTART").utcoffset() == timedelta()


def instants_in(value: object) -> Iterator[datetime]:
    """Yield every instant that an answer for a page holds, however deep."""
    if isinstance(value, datetime):
        yield value
    elif dataclasses.is_dataclass(value):
        yield from (at for each in dataclasses.fields(value) for at in instants_in(getattr(value, each.name)))
    elif isinstance(value, tuple | list):
        yield from (at for each in value for at in instants_in(each))


def test_every_instant_of_a_list_and_of_a_ticket_is_by_the_zones_clock(desk: Database, zone: str) -> None:
    """Creation, solution, due times and each line of the timeline, whatever a page shows of them."""
    listed = read_list("?period=all", Days(date(2026, 1, 1), date(2027, 1, 1)))[0]
    engine = desk.engine_as(DatabaseRole.PORTAL_READER)
    with engine.connect() as connection:
        rows = list(all_rows(connection, listed))
        details = [ticket_detail(connection, row.ticket_id, is_whole=True) for row in rows[::3]]
    engine.dispose()
    found = list(instants_in([*rows, *details]))
    assert len(found) > 3 * len(rows) > 300
    clock = ZoneInfo(zone)
    assert all(at.tzinfo is not None and at.utcoffset() == at.astimezone(clock).utcoffset() for at in found)

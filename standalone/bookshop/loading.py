"""Puts a generated desk into the database in one transaction: all of it, or nothing.

A load that is killed leaves only dead rows, which autovacuum removes; the next load starts from the beginning. A desk
that was loaded completely has a row in `raw.imports` with the source "bookshop", which says how it was made.
"""

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from analytics.errors import SupportAnalyticsError
from etl.classification.tasks import queue_every_ticket
from etl.classification.templates import take_template
from standalone.bookshop.bare_tables import bare_tables
from standalone.bookshop.csv_rows import COLUMNS
from standalone.bookshop.desk import Bookshop, Rows
from standalone.bookshop.effects import Effects
from standalone.bookshop.opening_hours import public_holidays
from warehouse.tables import desk, ops, raw, tickets
from warehouse.tables.metadata import SUPPORT

SOURCE: Final = "bookshop"
_TICKETS_PER_COPY: Final = 20_000
_BARED: Final = tuple(
    f"{SUPPORT}.{table}" for table in COLUMNS if "ticket_id" in COLUMNS[table] or "id" in COLUMNS[table]
)
_SEQUENCE: Final = sa.text("select pg_get_serial_sequence('support.support_tickets', 'id')")
# A sequence knows no transactions: a new value is seen by everybody at once. The lock keeps others from inserting.
_LOCK: Final = sa.text("lock table support.support_tickets in share row exclusive mode")
_ADD_HOLIDAYS: Final = sa.text(
    "insert into support.business_exceptions (calendar_id, on_date, name) "
    "select id, :on_date, :name from support.business_calendars where is_default on conflict do nothing"
)
# A calendar whose countries are chosen keeps its time zone: the made-up desk is in South Africa, wherever it is shown.
_CHOOSE_COUNTRY: Final = sa.text(
    "update support.business_calendars set countries = array['ZA'], countries_source = 'desk'"
    " where is_default and countries is null"
)

_EMPTY_BEFORE: Final = (tickets.support_tickets, desk.customers, desk.agents)

Progress = Callable[[int], None]


class DeskNotEmptyError(SupportAnalyticsError):
    """The database already holds a desk, which would get mixed with the made-up one."""

    def __init__(self) -> None:
        """Say what to do instead."""
        super().__init__(
            "The database holds other tickets, customers or agents; the demo bookshop goes into an empty desk only.",
            "Choose another place with --data-dir, or write files with --out.",
        )


@dataclass(frozen=True, slots=True)
class LoadReport:
    """The result of a load.

    Attributes:
        tickets: Number of tickets of the desk.
        rows: Rows written, by table; empty when the same desk had been loaded already.
        was_there: Whether the same desk had been loaded already.
    """

    tickets: int
    rows: dict[str, int] = field(default_factory=dict)
    was_there: bool = False


def load(
    engine: sa.Engine, tickets: int, seed: int, effects: Effects, until: date, progress: Progress = lambda _done: None
) -> LoadReport:
    """Make a desk and put it into the database. Doing it again with the same arguments changes nothing.

    Args:
        engine: Engine that works as the owner of the schema.
        tickets: How many tickets, exactly.
        seed: The same seed makes the same desk.
        effects: What to plant.
        until: First day after the history.
        progress: Called with the number of tickets written so far.

    Raises:
        DeskNotEmptyError: If the database holds other tickets, customers or agents.
        BadDeskError: If the number of tickets or the seed cannot be used.
    """
    bookshop = Bookshop.plan(tickets, seed, effects, until)
    made_from = _made_from(tickets, seed, effects, until)
    with engine.begin() as connection:
        connection.execute(_LOCK)
        if _is_there(connection, made_from):
            return LoadReport(tickets, was_there=True)
        with bare_tables(connection, _BARED):
            rows = _write(connection, bookshop, _reserve_ids(connection, tickets), progress)
        take_template(SOURCE)(connection)
        queue_every_ticket(connection)
        # One request for a rebuild replaces an entry in the change queue for every ticket.
        connection.execute(sa.insert(ops.rebuild_requests).values(reason="bookshop"))
        _close_on_public_holidays(connection, bookshop)
        connection.execute(
            sa.insert(raw.imports).values(
                source=SOURCE, file_name="", profile=made_from, finished_at=sa.func.clock_timestamp(), report=rows
            )
        )
    _analyze(engine)
    return LoadReport(tickets, rows)


def _made_from(tickets: int, seed: int, effects: Effects, until: date) -> dict[str, Any]:
    planted = hashlib.sha256(repr(effects).encode()).hexdigest()
    return {"tickets": tickets, "seed": seed, "until": until.isoformat(), "effects_sha256": planted}


def _is_there(connection: sa.Connection, made_from: dict[str, Any]) -> bool:
    """Say whether the database holds the same desk already.

    Raises:
        DeskNotEmptyError: If the database holds another desk.
    """
    filled = (sa.exists(sa.select(1).select_from(table)) for table in _EMPTY_BEFORE)
    if not connection.scalar(sa.select(sa.or_(*filled))):
        return False
    latest = sa.select(raw.imports.c.profile).where(raw.imports.c.source == SOURCE).order_by(raw.imports.c.id.desc())
    if connection.scalar(latest.limit(1)) != made_from:
        raise DeskNotEmptyError
    return True


def _reserve_ids(connection: sa.Connection, count: int) -> int:
    """Reserve `count` ticket ids in the sequence and return the first."""
    sequence = connection.scalar(_SEQUENCE)
    first = int(connection.scalar(sa.text("select nextval(:sequence)"), {"sequence": sequence}) or 0)
    connection.execute(sa.text("select setval(:sequence, :last)"), {"sequence": sequence, "last": first + count - 1})
    return first


def _write(connection: sa.Connection, bookshop: Bookshop, first_id: int, progress: Progress) -> dict[str, int]:
    written = dict.fromkeys(COLUMNS, 0)
    done = 0
    cursor = connection.connection.cursor()
    for portion in _portions(bookshop.rows(first_id)):
        for table, columns in COLUMNS.items():
            if text := portion.tables.get(table):
                command = f"copy {SUPPORT}.{table} ({', '.join(columns)}) from stdin (format csv)"
                cursor.copy_expert(command, io.StringIO(text))
                written[table] += cursor.rowcount
        done += portion.ticket_count
        progress(done)
    return written


def _portions(rows: Iterable[Rows]) -> Iterator[Rows]:
    """Collect rows into portions that are large enough for a COPY."""
    parts: dict[str, list[str]] = {}
    count = 0
    for each in rows:
        count += each.ticket_count
        for table, text in each.tables.items():
            parts.setdefault(table, []).append(text)
        if count >= _TICKETS_PER_COPY:
            yield Rows(count, {table: "".join(texts) for table, texts in parts.items()})
            parts, count = {}, 0
    yield Rows(count, {table: "".join(texts) for table, texts in parts.items()})


def _close_on_public_holidays(connection: sa.Connection, bookshop: Bookshop) -> None:
    """Close the default calendar on the generator's public holidays, so that both count the same business hours."""
    years = range(bookshop.arrivals.days[0].year, bookshop.until.year + 1)
    closed = [{"on_date": day, "name": name} for year in years for day, name in public_holidays(year).items()]
    connection.execute(_ADD_HOLIDAYS, closed)
    connection.execute(_CHOOSE_COUNTRY)


def _analyze(engine: sa.Engine) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in COLUMNS:
            connection.execute(sa.text(f"analyze {SUPPORT}.{table}"))

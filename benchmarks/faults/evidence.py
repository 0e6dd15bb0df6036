"""Checks that a fault lost nothing and doubled nothing, and that the rollups still equal a rebuild."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

import sqlalchemy as sa

from benchmarks.faults.product import Page, Product, new_marker, seconds_until
from etl.marts.rebuild import rebuild_marts
from etl.marts.tables import FACT_TABLES, ROLLUP_TABLES

_ZONE: Final = "Africa/Johannesburg"
_ADD: Final = sa.text(
    "insert into support.support_tickets (customer_email, subject, content)"
    " select 'fault@example.org', :marker, 'Where is my order of the book?'"
    " where not exists (select from support.support_tickets where subject = :marker)"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one fault.

    Attributes:
        fault: What was done.
        recovery_seconds: Seconds until everything worked as before.
        problems: What went wrong; empty when nothing did.
        note: What else is worth knowing.
    """

    fault: str
    recovery_seconds: float
    problems: tuple[str, ...] = ()
    note: str = ""


@dataclass(slots=True)
class Writer:
    """Writes tickets; it tries each again until the database has confirmed it."""

    product: Product
    acknowledged: list[str] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)

    def work(self) -> None:
        """Write tickets until `stop` is called."""
        marker = new_marker()
        while not self._stop.is_set():
            try:
                with self.product.engine.begin() as connection:
                    connection.execute(_ADD, {"marker": marker})
            except sa.exc.DBAPIError:
                time.sleep(0.1)
                continue
            self.acknowledged.append(marker)
            marker = new_marker()
            time.sleep(0.02)

    def stop(self) -> None:
        """Ask the writer to stop."""
        self._stop.set()


@contextmanager
def writing(product: Product) -> Iterator[Writer]:
    """Write thirty tickets before the block begins, and go on writing until it ends."""
    writer = Writer(product)
    thread = threading.Thread(target=writer.work)
    thread.start()
    try:
        seconds_until(lambda: len(writer.acknowledged) >= 30, "tickets are written")  # noqa: PLR2004 - any number would do
        yield writer
    finally:
        writer.stop()
        thread.join()


def await_quiet(product: Product) -> None:
    """Wait until every ticket is classified and every change is refreshed."""
    statement = (
        "select (select count(*) from support.classification_tasks where task = 'classify')"
        " + (select count(*) from support.ticket_changes)"
    )
    seconds_until(lambda: _answers_zero(product, statement), "all is classified and refreshed")


def _answers_zero(product: Product, statement: str) -> bool:
    try:
        return product.count(statement) == 0
    except sa.exc.DBAPIError:
        return False


def lost_or_doubled(product: Product, markers: list[str]) -> Iterator[str]:
    """Yield the problems with acknowledged tickets and the rows derived from them."""
    tables = {"tickets": "support.support_tickets", "facts": "marts.fct_tickets"}
    for name, table in tables.items():
        key = "id" if name == "tickets" else "ticket_id"
        statement = (
            f"select count(*) from {table} as counted join support.support_tickets as t on t.id = counted.{key}"
            " where t.subject = any(:markers)"
        )
        if (found := product.count(statement, markers=markers)) != len(markers):
            yield f"{found} of {len(markers)} {name}"


def unlike_a_rebuild(product: Product) -> Iterator[str]:
    """Yield the tables that differ from a rebuild; the tables themselves are not changed."""
    with product.engine.connect() as connection:
        # The lock keeps tickets as they are between the two comparisons; changes that wait are refreshed first.
        connection.execute(sa.text("lock table support.support_tickets, support.ticket_changes in share mode"))
        if connection.scalar(sa.text("select exists (select from support.ticket_changes)")):
            connection.rollback()
            await_quiet(product)
            yield from unlike_a_rebuild(product)
            return
        before = _contents(connection)
        rebuild_marts(connection, _ZONE)
        after = _contents(connection)
        connection.rollback()
    yield from (f"{table} differs from a rebuild" for table in before if before[table] != after[table])


def _contents(connection: sa.Connection) -> dict[str, Counter[tuple[object, ...]]]:
    return {table.name: _rows(connection, table) for table in (*FACT_TABLES, *ROLLUP_TABLES)}


def _rows(connection: sa.Connection, table: sa.Table) -> Counter[tuple[object, ...]]:
    columns = [
        sa.func.marts.compact_histogram(column) if column.name == "histogram" else column for column in table.columns
    ]
    found = connection.execute(sa.select(*columns))
    return Counter(tuple(bytes(each) if isinstance(each, memoryview) else each for each in row) for row in found)


def unclear(pages: list[Page], sentence: str) -> Iterator[str]:
    """Yield the portal's answers that show neither the page nor the expected sentence."""
    for page in pages:
        is_sentence = page.status == 503 and sentence in page.text  # noqa: PLR2004 - HTTP's own number
        if page.status != 200 and not is_sentence:  # noqa: PLR2004 - HTTP's own number
            yield f"the page answered {page.status} without a useful sentence"
            return

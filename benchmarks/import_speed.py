"""An import of N tickets by guess, end to end, compared with a bare COPY of the rows into a copy of the tickets' table.

Run: python -m benchmarks.import_speed --tickets 1000000
"""

import argparse
import csv
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from etl.commands.import_dialogue import ImportDialogue
from etl.importing.import_file import ImportRequest, import_tickets
from etl.importing.report import ImportReport
from warehouse.embedded.postgres import EmbeddedPostgres
from warehouse.engine import DatabaseRole, create_engine_for
from warehouse.migrations import migrate

_WORDS = [
    *("order", "book", "delivery", "late", "website", "account", "password", "login", "refund", "return", "exchange"),
    *("question", "school", "textbook", "broken", "shipping", "parcel", "address", "invoice", "payment", "card"),
    *("voucher", "term", "grade", "reader", "edition", "cover", "page", "wrong", "missing", "help", "please", "thank"),
    *("you", "when", "where", "status", "update", "number", "store", "branch", "Gaborone", "Maun", "Durban"),
]
_HEADER = [
    *("id", "customer_email", "customer_type", "subject", "content", "category", "priority", "status", "created_at"),
    *("resolved_at", "assigned_agent", "team", "channel", "customer_satisfaction_score", "order_number"),
]
_BAR = 2.0


def _rows(count: int) -> Iterator[list[str]]:
    chance = random.Random(7)  # noqa: S311 - not for a secret
    start = datetime(2024, 1, 1, tzinfo=UTC)
    categories = ("book_order", "account_issue", "technical_support", "return_refund", "general_inquiry")
    for number in range(count):
        created = start + timedelta(seconds=number * 63_072_000 // count)
        solved = created + timedelta(seconds=int(chance.expovariate(1 / 20_000)))
        is_open = chance.random() < 0.03  # noqa: PLR2004 - a made-up share
        yield [
            f"T-{number:08d}",
            f"customer{chance.randrange(count // 5 + 1)}@shop.example",
            chance.choice(("school", "person", "library")),
            " ".join(chance.choices(_WORDS, k=6)),
            " ".join(chance.choices(_WORDS, k=40)) + ",\nregards",
            chance.choice(categories),
            chance.choice(("low", "medium", "high", "urgent")),
            "open" if is_open else "closed",
            created.strftime("%Y-%m-%d %H:%M:%S"),
            "" if is_open else solved.strftime("%Y-%m-%d %H:%M:%S"),
            f"agent {chance.randrange(30)}",
            chance.choice(("first line", "second line")),
            chance.choice(("email", "call", "chat")),
            chance.choice(("", "", "3", "4", "5")),
            f"B{chance.randrange(10**7)}",
        ]


def _write(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADER)
        writer.writerows(_rows(count))


def _import(engine: sa.Engine, path: Path) -> tuple[float, ImportReport]:
    began = time.perf_counter()
    with ImportDialogue(agrees=True, is_interactive=False) as dialogue:
        request = ImportRequest(path, None, time_zone="UTC")
        report = import_tickets(engine, request, ZoneInfo("Africa/Johannesburg"), dialogue)
    return time.perf_counter() - began, report


def _bare_copy(engine: sa.Engine, path: Path) -> float:
    """Time COPY of the tickets' rows into an empty table with the same columns and indexes."""
    with engine.begin() as connection:
        connection.exec_driver_sql("create table support.bare_tickets (like support.support_tickets including all)")
        with path.open("wb") as file:
            _driver_cursor(connection).copy_expert("copy support.support_tickets to stdout", file)
    began = time.perf_counter()
    with engine.begin() as connection, path.open("rb") as file:
        _driver_cursor(connection).copy_expert("copy support.bare_tickets from stdin", file, 1 << 20)
    seconds = time.perf_counter() - began
    with engine.begin() as connection:
        connection.exec_driver_sql("drop table support.bare_tickets")
    return seconds


def _driver_cursor(connection: sa.Connection) -> Any:  # noqa: ANN401 - a DBAPI cursor has no public type for COPY
    return connection.connection.cursor()


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--tickets", type=int, default=1_000_000)
    count = arguments.parse_args().tickets
    with tempfile.TemporaryDirectory() as directory:
        data = Path(directory)
        table, rows = data / "tickets.csv", data / "tickets.copy"
        _write(table, count)
        with EmbeddedPostgres(data / "postgres") as server:
            migrate(create_engine_for(server.url()))
            engine = create_engine_for(server.url(), DatabaseRole.ETL_WRITER)
            seconds, report = _import(engine, table)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            again, same = _import(engine, table)
            copy_seconds = _bare_copy(create_engine_for(server.url()), rows)
    print(f"import        {seconds:8.1f} s  {report.new_count / seconds:10,.0f} tickets/s, {table.name}")
    print(f"again         {again:8.1f} s  {same.unchanged_count:,} unchanged")
    print(f"bare COPY     {copy_seconds:8.1f} s")
    print(f"ratio         {seconds / copy_seconds:8.2f}    (bar: at most {_BAR})")
    print(f"peak memory   {peak:8.0f} MiB of the importing process (bar: 300)")


if __name__ == "__main__":
    main()

"""Generating and loading a bookshop's desk, compared with COPY of the same rows into tables without indexes.

Run: python -m benchmarks.bookshop_generation --tickets 200000
"""

import argparse
import io
import resource
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from standalone.bookshop.csv_rows import COLUMNS
from standalone.bookshop.desk import Bookshop
from standalone.bookshop.effects_file import read_effects
from standalone.bookshop.loading import load
from warehouse.embedded.postgres import EmbeddedPostgres
from warehouse.engine import DatabaseRole, create_engine_for
from warehouse.migrations import migrate

_UNTIL: Final = date(2026, 7, 1)
_BAR: Final = 20_000


def generation_seconds(tickets: int) -> tuple[float, float]:
    """Make all rows and throw them away; return the seconds by the clock and the CPU seconds."""
    clock, processor = time.perf_counter(), time.process_time()
    for _rows in Bookshop.plan(tickets, 1, read_effects(), _UNTIL).rows():
        pass
    return time.perf_counter() - clock, time.process_time() - processor


def bare_copy_seconds(engine: sa.Engine, tickets: int) -> float:
    """Time COPY alone of the same rows into tables that have only columns: no indexes, constraints or triggers."""
    seconds = 0.0
    with engine.begin() as connection:
        cursor: Any = connection.connection.cursor()
        for table in COLUMNS:
            cursor.execute(f"create table bare_{table} as select * from support.{table} limit 0")
        for rows in Bookshop.plan(tickets, 1, read_effects(), _UNTIL).rows():
            for table, text in rows.tables.items():
                began = time.perf_counter()
                cursor.copy_expert(
                    f"copy bare_{table} ({', '.join(COLUMNS[table])}) from stdin (format csv)", io.StringIO(text)
                )
                seconds += time.perf_counter() - began
        connection.rollback()
    return seconds


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--tickets", type=int, default=200_000)
    tickets = arguments.parse_args().tickets
    clock, processor = generation_seconds(tickets)
    with tempfile.TemporaryDirectory() as directory, EmbeddedPostgres(Path(directory)) as server:
        owner = create_engine_for(server.url())
        migrate(owner)
        copied = bare_copy_seconds(owner, tickets)
        began = time.perf_counter()
        report = load(create_engine_for(server.url(), DatabaseRole.OWNER), tickets, 1, read_effects(), _UNTIL)
        loaded = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"rows                    {sum(report.rows.values()):>12,} for {tickets:,} tickets")
    print(f"generation              {clock:12.1f} s  {tickets / clock:10,.0f} tickets/s  (bar: {_BAR:,})")
    print(f"generation, processor   {processor:12.1f} s  {tickets / processor:10,.0f} tickets/s of one core")
    print(f"bare COPY               {copied:12.1f} s  {tickets / copied:10,.0f} tickets/s")
    print(f"load, all of it         {loaded:12.1f} s  {tickets / loaded:10,.0f} tickets/s")
    print(f"load / bare COPY        {loaded / copied:12.2f}")
    print(f"peak memory             {peak:12.0f} MiB")


if __name__ == "__main__":
    main()

"""A full rebuild of a desk's facts and rollups, compared with DuckDB; and a refresh of 1,000 changed tickets.

Run: python -m benchmarks.marts_rebuild --tickets 1000000
"""

import argparse
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import duckdb
import sqlalchemy as sa

from benchmarks.desk import made_desk
from benchmarks.duckdb_marts import copy_in, rebuild
from etl.marts.rebuild import rebuild_marts
from etl.marts.refresh import refresh_marts

TIME_ZONE: Final = "Africa/Johannesburg"
_CHANGED: Final = 1_000
_REFRESHES: Final = 5
_REBUILD_BAR: Final = 3.0
_REFRESH_BAR: Final = 100.0
_TOTALS: Final = ("created", "resolved", "sla_first_reply_met", "sla_resolution_missed", "contacts_sum", "reopens")


def rebuild_seconds(engine: sa.Engine) -> float:
    """Time one rebuild of the marts, including the commit."""
    began = time.perf_counter()
    with engine.begin() as connection:
        rebuild_marts(connection, TIME_ZONE)
    return time.perf_counter() - began


def refresh_seconds(engine: sa.Engine, changed: int = _CHANGED) -> list[float]:
    """Time refreshes after changes to tickets that are spread over the whole history."""
    measured = []
    for turn in range(_REFRESHES):
        _change(engine, changed, turn)
        began = time.perf_counter()
        with engine.begin() as connection:
            outcome = refresh_marts(connection, TIME_ZONE)
        measured.append(time.perf_counter() - began)
        if outcome.ticket_count != changed or outcome.is_rebuild:
            message = f"The refresh derived {outcome.ticket_count} tickets, not {changed}."
            raise RuntimeError(message)
    return measured


def _change(engine: sa.Engine, changed: int, turn: int) -> None:
    with engine.begin() as connection:
        connection.execute(
            sa.text(
                "update support.support_tickets set priority = case priority when 'high' then 'low' else 'high' end,"
                " rated_at = :now, customer_satisfaction_score = 1 + (id + :turn) % 5 where id in (select id from"
                " (select id, row_number() over (order by created_at, id) as place, count(*) over () as total"
                " from support.support_tickets) as placed"
                " where (place + :turn) % greatest(total / :changed, 1) = 0 limit :changed)"
            ),
            {"now": datetime(2026, 1, 5, tzinfo=UTC), "turn": turn, "changed": changed},
        )


def duckdb_seconds(engine: sa.Engine, directory: Path) -> tuple[float, dict[str, int]]:
    """Time DuckDB on two threads for the same facts and rollups; return the seconds and some totals."""
    target = duckdb.connect(str(directory / "yardstick.duckdb"), config={"threads": 2})
    copy_in(engine, target, directory)
    seconds = rebuild(target, TIME_ZONE, lambda _line: None)
    sums = ", ".join(f"sum({name})::bigint" for name in _TOTALS)
    row = target.execute(f"select {sums} from new_agg_counts_total_day").fetchone()
    target.close()
    return seconds, dict(zip(_TOTALS, row or (), strict=True))


def _totals(engine: sa.Engine) -> dict[str, int]:
    sums = ", ".join(f"sum({name})::bigint" for name in _TOTALS)
    with engine.connect() as connection:
        row = connection.exec_driver_sql(f"select {sums} from marts.agg_counts_total_day").one()
    return dict(zip(_TOTALS, row, strict=True))


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--tickets", type=int, default=1_000_000)
    count = arguments.parse_args().tickets
    with made_desk(count) as engine, tempfile.TemporaryDirectory() as directory:
        whole = rebuild_seconds(engine)
        theirs, their_totals = duckdb_seconds(engine, Path(directory))
        if their_totals != _totals(engine):
            message = f"DuckDB's totals differ: {their_totals}, not {_totals(engine)}."
            raise RuntimeError(message)
        part = statistics.median(refresh_seconds(engine))
    print(f"rebuild of {count:,} tickets     {whole:8.2f} s")
    print(f"DuckDB, same facts and rollups   {theirs:8.2f} s")
    print(f"ratio                            {whole / theirs:8.2f}    (bar: below {_REBUILD_BAR:.0f})")
    print(f"refresh of {_CHANGED:,} changed        {part:8.3f} s  (median of {_REFRESHES})")
    print(f"rebuild / refresh                {whole / part:8.0f}    (bar: at least {_REFRESH_BAR:.0f})")


if __name__ == "__main__":
    main()

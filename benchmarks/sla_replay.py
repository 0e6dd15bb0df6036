"""A replay of the last 90 days under another SLA policy, on a desk of 100,000 tickets.

Run: python -m benchmarks.sla_replay --tickets 100000
"""

import argparse
import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Final

import sqlalchemy as sa

from benchmarks.desk import made_desk
from benchmarks.marts_rebuild import TIME_ZONE, rebuild_seconds
from etl.marts.replay import Replay, replay
from etl.marts.sla_changes import set_policy

_TURNS: Final = 5
_BAR_SECONDS: Final = 2.0
_TODAY: Final = date(2026, 7, 1)
_LATEST: Final = sa.text(
    "update ops.data_version set refreshed_at = (select max(created_at) from support.support_tickets)"
)


def _chat(connection: sa.Connection) -> None:
    """Promise a reply to a chat within two hours."""
    given = {"channel": "chat", "first_reply_minutes": 120, "position": 1}
    set_policy(connection, "Chat", given, _TODAY, all_time=True)


def _medium(connection: sa.Connection) -> None:
    """Halve what the largest policy promises."""
    given = {"first_reply_minutes": 120, "next_reply_minutes": 120, "resolution_minutes": 540}
    set_policy(connection, "Medium", given, _TODAY, all_time=True)


def _timed(engine: sa.Engine, change: Callable[[sa.Connection], None]) -> tuple[float, Replay]:
    """Return the median seconds of a replay, and what it told."""
    measured, told = [], None
    for _ in range(_TURNS):
        with engine.begin() as connection:
            began = time.perf_counter()
            told = replay(connection, TIME_ZONE, change)
            measured.append(time.perf_counter() - began)
    if told is None:
        message = "Nothing was replayed."
        raise RuntimeError(message)
    return statistics.median(measured), told


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--tickets", type=int, default=100_000)
    with made_desk(arguments.parse_args().tickets) as engine:
        print(f"rebuild                {rebuild_seconds(engine):8.2f} s")
        with engine.begin() as connection:
            # The desk ends some time ago; its last 90 days are those before its last ticket.
            connection.execute(_LATEST)
        for name, change in (("two hours for chat", _chat), ("Medium halved", _medium)):
            seconds, told = _timed(engine, change)
            print(
                f"{name:<22} {seconds:8.2f} s  (bar: {_BAR_SECONDS:.0f} s)  {told.before.judged:,} tickets judged,"
                f" {len(told.changed):,} get another verdict"
            )


if __name__ == "__main__":
    main()

"""A refresh of 1,000 changed tickets among 100,000, 1,000,000 and 3,000,000: the time should hardly grow.

Each desk is settled first, because just after a rebuild PostgreSQL is still busy with writes to disk and vacuuming.

Run: python -m benchmarks.refresh_sizes --tickets 100000 1000000 3000000
"""

import argparse
import statistics

import sqlalchemy as sa

from benchmarks.desk import made_desk
from benchmarks.marts_rebuild import rebuild_seconds, refresh_seconds
from warehouse.engine import create_engine_for

_BAR = 2.0


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--tickets", type=int, nargs="+", default=[100_000, 1_000_000, 3_000_000])
    medians = []
    for count in arguments.parse_args().tickets:
        with made_desk(count) as engine:
            rebuild_seconds(engine)
            _settle(engine)
            medians.append(statistics.median(refresh_seconds(engine)))
        print(f"refresh of 1,000 among {count:>9,}   {medians[-1]:8.3f} s")
    print(f"slowest / quickest                {max(medians) / min(medians):8.2f}    (bar: at most {_BAR:.0f})")


def _settle(engine: sa.Engine) -> None:
    """Make PostgreSQL do now what it would do by itself in the minutes after a rebuild."""
    administrator = create_engine_for(engine.url, None, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with administrator.connect() as connection:
        for statement in ("vacuum analyze", "checkpoint"):
            connection.execute(sa.text(statement))


if __name__ == "__main__":
    main()

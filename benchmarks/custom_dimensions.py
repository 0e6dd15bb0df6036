"""The speed of questions that split by two dimensions, of which a desk has declared at least one itself.

Those are answered from the facts: rollups hold each declared dimension alone.

Run: python -m benchmarks.custom_dimensions --tickets 1000000
"""

import argparse
import random
import statistics
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import sqlalchemy as sa

from analytics.metrics import METRICS, Kind
from analytics.vocabulary import CUSTOM_MARK, DIMENSIONS
from benchmarks.desk import made_desk
from benchmarks.marts_rebuild import rebuild_seconds
from warehouse import metric_query
from warehouse.custom_dimensions import declare
from warehouse.metric_query import MetricQuery
from warehouse.rollups.custom import FieldKind

_QUESTIONS: Final = 200
_BAR_MS: Final = 500.0
_DECLARED: Final = ("region", "product", "tags")
_FILL: Final = (
    "update support.support_tickets set tags = array['tag ' || id % 40, 'tag ' || id * 31 % 37],"
    " metadata = metadata || jsonb_build_object('region', 'region ' || id * 7919 % 12,"
    " 'product', 'product ' || id * 104729 % 300)"
)


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--tickets", type=int, default=1_000_000)
    count = arguments.parse_args().tickets
    with made_desk(count) as engine:
        with engine.begin() as connection:
            connection.execute(sa.text(_FILL))
            for field in _DECLARED:
                declare(connection, field, FieldKind.LIST if field == "tags" else FieldKind.TEXT)
        seconds = rebuild_seconds(engine)
        print(f"rebuild of {count:,} tickets with {len(_DECLARED)} declared dimensions: {seconds:.1f} s")
        with engine.connect() as connection:
            last = metric_query.data_version(connection).last_date or date(2026, 1, 1)
            period = MetricQuery("created", last - timedelta(days=730), last + timedelta(days=1))
            _measure(connection, period)


def _measure(connection: sa.Connection, period: MetricQuery) -> None:
    measured = []
    for asked in _questions(period):
        began = time.perf_counter()
        metric_query.run(connection, asked)
        measured.append((1000 * (time.perf_counter() - began), asked))
    times = [taken for taken, _ in measured]
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"{len(times)} random pairs over two years: median {statistics.median(times):.0f} ms,", end=" ")
    print(f"p95 {p95:.0f} ms (bar: {_BAR_MS:.0f} ms)")
    for taken, asked in sorted(measured, key=lambda pair: -pair[0])[:15]:
        print(f"  {taken:7.0f} ms  {asked.metric} by {', '.join(asked.by)}")


def _questions(period: MetricQuery) -> Iterator[MetricQuery]:
    chance = random.Random(13)  # noqa: S311 - not for a secret
    slugs = [slug for slug, metric in METRICS.items() if metric.kind is not Kind.DISTINCT]
    own = [f"{CUSTOM_MARK}{name}" for name in _DECLARED]
    for _ in range(_QUESTIONS):
        first = chance.choice(own)
        second = chance.choice([name for name in (*own, *DIMENSIONS, "week", "month") if name != first])
        yield replace(period, metric=chance.choice(slugs), by=(first, second))


if __name__ == "__main__":
    main()

"""The speed of metric queries, compared with the same numbers computed directly from the desk's tables.

Measured are the Overview's questions over two years without filters, and random questions with random filters. No
answers are cached between questions; only PostgreSQL keeps its pages in memory.

Run: python -m benchmarks.metric_queries --tickets 1000000
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Final

import sqlalchemy as sa

from analytics.metrics import METRICS, Kind
from analytics.vocabulary import SOLVED_STATUSES
from benchmarks.desk import made_desk
from benchmarks.marts_rebuild import rebuild_seconds
from warehouse import metric_query
from warehouse.metric_query import MetricQuery

_TURNS: Final = 20
_RANDOM_QUESTIONS: Final = 200
_OVERVIEW_BAR_MS: Final = 20.0
_OVERVIEW_RATIO_BAR: Final = 100.0
_ANY_BAR_MS: Final = 80.0
_ANY_RATIO_BAR: Final = 5.0
_COMPARED: Final = ("created", "resolution_time")
_ZONE: Final = "Africa/Johannesburg"
_SOLVED: Final = f"status in {SOLVED_STATUSES}"
_LOCAL_CREATED: Final = f"created_at at time zone '{_ZONE}'"
_LOCAL_RESOLVED: Final = f"resolved_at at time zone '{_ZONE}'"
_HOURS: Final = "extract(epoch from resolved_at - created_at)"
_FIRST_REPLY: Final = (
    "select percentile_cont(array[0.5, 0.9]) within group (order by seconds) from (select"
    " extract(epoch from min(i.timestamp) - min(t.created_at)) as seconds from support.support_tickets t"
    " join support.customer_interactions i on i.ticket_id = t.id where i.direction = 'outbound' and i.is_public"
    " and not i.is_automatic and i.agent_name is not null and t.exclusion is null group by t.id) as replies"
)
_TICKETS: Final = "from support.support_tickets where exclusion is null"
_QUARTILES: Final = f"percentile_cont(array[0.5, 0.9]) within group (order by {_HOURS}) {_TICKETS} and {_SOLVED}"
_BACKLOG: Final = f"""
select day, (select count(*) {_TICKETS} and created_at < day
    and (resolved_at is null or resolved_at >= day or not {_SOLVED}))
from generate_series((select min(created_at) from support.support_tickets), now(), '1 month') as day
"""
_RATED: Final = f"""
select date_trunc('month', rated_at at time zone '{_ZONE}'), avg((customer_satisfaction_score >= 4)::int)
{_TICKETS} and customer_satisfaction_score is not null group by 1
"""
_ARRIVALS: Final = f"""
select extract(isodow from {_LOCAL_CREATED}), extract(hour from {_LOCAL_CREATED}), count(*) {_TICKETS} group by 1, 2
"""
_OVERVIEW: Final[tuple[tuple[str, tuple[str, ...], str], ...]] = (
    ("created", ("day",), f"select date_trunc('day', {_LOCAL_CREATED}), count(*) {_TICKETS} group by 1 order by 1"),
    ("created", ("hour_of_week",), _ARRIVALS),
    ("resolution_time", (), f"select {_QUARTILES}"),
    ("resolution_time", ("month",), f"select date_trunc('month', {_LOCAL_RESOLVED}), {_QUARTILES} group by 1"),
    ("resolution_time", ("category",), f"select category, {_QUARTILES} group by 1"),
    ("first_reply_time", (), _FIRST_REPLY),
    ("csat", ("month",), _RATED),
    ("backlog", ("month",), _BACKLOG),
)


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--tickets", type=int, default=1_000_000)
    count = arguments.parse_args().tickets
    with made_desk(count) as engine:
        rebuild_seconds(engine)
        with engine.connect() as connection:
            last = metric_query.data_version(connection).last_date or date(2026, 1, 1)
            period = MetricQuery("created", last - timedelta(days=730), last + timedelta(days=1))
            _overview(connection, period)
            _any(connection, period, "two years")
            # The period begins in the middle of a month, so that rollups by month do not cover it.
            _any(connection, replace(period, start=period.start + timedelta(days=15)), "from the middle of a month")


def _overview(connection: sa.Connection, period: MetricQuery) -> None:
    print(f"{'Overview, two years':42} {'p95':>10} {'raw':>12} {'ratio':>8}")
    worst, ratios = 0.0, []
    for metric, by, raw in _OVERVIEW:
        asked = replace(period, metric=metric, by=by)
        times = [_timed(partial(metric_query.run, connection, asked)) for _ in range(_TURNS)]
        theirs = statistics.median(_timed(partial(_read, connection, raw)) for _ in range(3))
        p95 = _p95(times)
        worst, ratio = max(worst, p95), theirs / statistics.median(times)
        ratios.append(ratio)
        print(f"{metric + ' by ' + (', '.join(by) or 'nothing'):42} {p95:7.1f} ms {theirs:9.0f} ms {ratio:8.0f}")
    print(f"slowest p95 {worst:.1f} ms (bar: {_OVERVIEW_BAR_MS:.0f} ms each);", end=" ")
    print(f"ratio {min(ratios):.0f} to {max(ratios):.0f} (bar: {_OVERVIEW_RATIO_BAR:.0f})")


def _any(connection: sa.Connection, period: MetricQuery, name: str) -> None:
    """Ask random questions; compare those about creation and resolution with the desk's ticket table."""
    asked_in: list[tuple[float, MetricQuery]] = []
    ratios = []
    for asked in _random_questions(metric_query.dimension_values(connection), period):
        taken = _timed(partial(metric_query.run, connection, asked))
        asked_in.append((taken, asked))
        if raw := _raw(asked):
            ratios.append(_timed(partial(_read, connection, *raw)) / taken)
    times = [taken for taken, _ in asked_in]
    print(f"\n{len(times)} random questions with filters, {name}: median {statistics.median(times):.1f} ms,", end=" ")
    print(f"p95 {_p95(times):.1f} ms (bar: {_ANY_BAR_MS:.0f} ms)")
    print(f"against the desk's table, {len(ratios)} of them: median ratio {statistics.median(ratios):.0f},", end=" ")
    print(f"lowest {min(ratios):.1f} (bar: {_ANY_RATIO_BAR:.0f})")
    for taken, asked in sorted(asked_in, key=lambda pair: -pair[0])[:5]:
        filtered = ", ".join(name for name, _ in asked.where)
        print(f"  {taken:7.1f} ms  {asked.metric} by {asked.by or 'nothing'} where {filtered}")


def _random_questions(values: Mapping[str, Sequence[str]], period: MetricQuery) -> Iterator[MetricQuery]:
    chance = random.Random(11)  # noqa: S311 - not for a secret
    slugs = [slug for slug, metric in METRICS.items() if metric.kind is not Kind.DISTINCT]
    for place in range(_RANDOM_QUESTIONS):
        names = chance.sample([name for name in values if values[name]], chance.randint(1, 3))
        where = tuple((name, tuple(chance.sample(values[name], min(len(values[name]), 2)))) for name in names)
        by: tuple[str, ...] = chance.choice(((), ("month",), (chance.choice(list(values)),)))
        # Every fourth question is one that the desk's ticket table can answer too.
        metric = chance.choice(slugs if place % 4 else _COMPARED)
        yield replace(period, metric=metric, by=by, where=where)


def _raw(asked: MetricQuery) -> tuple[str, dict[str, object]] | None:
    """Return the same question in SQL on the desk's ticket table, if that table alone can answer it."""
    columns = {"agent": "assigned_agent"}
    names = {name for name, _ in asked.where} | set(asked.by)
    if asked.metric not in _COMPARED or "sla_policy" in names:
        return None
    local = _LOCAL_CREATED if asked.metric == "created" else _LOCAL_RESOLVED
    value = "count(*)" if asked.metric == "created" else f"percentile_cont(0.5) within group (order by {_HOURS})"
    by = asked.by[0] if asked.by else ""
    key = f"date_trunc('month', {local})" if by == "month" else columns.get(by, by) or "1"
    conditions = ["exclusion is null", f"({local})::date >= :start", f"({local})::date < :end"]
    parameters: dict[str, object] = {"start": asked.start, "end": asked.end}
    for place, (name, chosen) in enumerate(asked.where):
        conditions.append(f"{columns.get(name, name)} = any(:v{place})")
        parameters[f"v{place}"] = list(chosen)
    if asked.metric == "resolution_time":
        conditions.append(_SOLVED)
    return f"select {key}, {value} from support.support_tickets where {' and '.join(conditions)} group by 1", parameters


def _read(connection: sa.Connection, text: str, parameters: dict[str, object] | None = None) -> object:
    return connection.execute(sa.text(text), parameters or {}).all()


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


if __name__ == "__main__":
    main()

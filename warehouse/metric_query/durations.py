"""Durations: medians, 90th percentiles and means from merged histograms."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import sqlalchemy as sa

from analytics.histograms import bucket_bounds, bucket_sql, bucket_value
from analytics.metrics import Metric
from warehouse.metric_query.counts import EXCLUDED_REASON, UNTIMED_REASON, sum_counters
from warehouse.metric_query.model import (
    DurationBucket,
    DurationHistogram,
    LeftOut,
    MetricResult,
    MetricRow,
)
from warehouse.metric_query.names import Names
from warehouse.metric_query.ordering import in_order
from warehouse.metric_query.sources import ParameterBag, sources
from warehouse.rollups import DURATION_IDS, DURATIONS, Anchor

DATES_ONLY_REASON: Final = "known by date only, in whole days"
_SECONDS_A_MINUTE: Final = 60
_QUANTILES: Final = (0.5, 0.9)


@dataclass(frozen=True, slots=True)
class _Group:
    """One group's histogram, boiled down: for each quantile, the buckets of the order statistics around it."""

    keys: tuple[object, ...]
    is_days: bool
    count: int
    total: int
    around: tuple[tuple[int, int], ...]

    def quantile(self, place: int) -> float:
        """Interpolate between the two order statistics (type 7), in minutes or days."""
        rank = (self.count - 1) * _QUANTILES[place]
        low, high = (self.value(bucket) for bucket in self.around[place])
        return low + (rank - int(rank)) * (high - low)

    def value(self, bucket: int) -> float:
        """Return what a bucket stands for, in minutes or days."""
        return float(bucket) if self.is_days else bucket_value(bucket) / _SECONDS_A_MINUTE

    @property
    def mean(self) -> float:
        """Exact mean, in minutes or days."""
        return self.total / self.count / (1 if self.is_days else _SECONDS_A_MINUTE)


def answer_durations(connection: sa.Connection, metric: Metric, names: Names, start: date, end: date) -> MetricResult:
    """Answer one duration metric; whole-day durations are the answer where there are no others."""
    groups = list(_groups(connection, metric, names, start, end))
    is_days = bool(groups) and all(group.is_days for group in groups)
    rows = [
        MetricRow(
            tuple(names.key(place, value) for place, value in enumerate(group.keys)),
            group.quantile(0),
            group.count,
            p90=group.quantile(1),
            mean=group.mean,
        )
        for group in groups
        if group.is_days == is_days
    ]
    if not rows and not names.by:
        rows = [MetricRow((), None, 0)]
    date_only_count = 0 if is_days else sum(group.count for group in groups if group.is_days)
    left_out = _left_out(connection, metric, names, start, end, date_only_count)
    return MetricResult(metric, "days" if is_days else metric.unit, names.by, in_order(rows), left_out)


def duration_ids(metric: Metric, names: Names) -> list[int]:
    """Return the histograms to read: timed, in whole days, or both; some are timed whatever the ticket's dates."""
    timed = DURATION_IDS[metric.numerator]
    if metric.numerator not in DURATIONS[metric.numerator].days:
        return [timed]
    return [timed, timed + 1] if names.is_date_only is None else [timed + names.is_date_only]


def _left_out(
    connection: sa.Connection, metric: Metric, names: Names, start: date, end: date, date_only_count: int
) -> tuple[LeftOut, ...]:
    counter = DURATIONS[metric.numerator].excluded_counter
    sums = sum_counters(connection, (counter,), Names((), names.filters, names.is_date_only, {}), start, end)
    untimed = _groups(connection, metric, names.untimed(), start, end) if names.is_hourly else ()
    reasons = (
        (UNTIMED_REASON, sum(group.count for group in untimed)),
        (DATES_ONLY_REASON, date_only_count),
        (EXCLUDED_REASON, sums[()][counter]),
    )
    return tuple(LeftOut(reason, count) for reason, count in reasons if count)


def _groups(connection: sa.Connection, metric: Metric, names: Names, start: date, end: date) -> Iterator[_Group]:
    bag = ParameterBag()
    buckets = _buckets_sql(metric, names, start, end, bag)
    if not buckets:
        return
    keys = [f"k{place}" for place in range(len(names.by))]
    group = ", ".join([*keys, "duration_id"])
    arounds = ", ".join(
        f"min(bucket) filter (where upto > floor((size - 1) * {q}::float8)),"
        f" min(bucket) filter (where upto > least(floor((size - 1) * {q}::float8) + 1, size - 1))"
        for q in _QUANTILES
    )
    statement = (
        f"with running as (select *, sum(n) over (partition by {group} order by bucket) as upto,"
        f" sum(n) over (partition by {group}) as size from ({buckets}) as histogram)"
        f" select {group}, max(size), sum(total)::bigint, {arounds} from running group by {group}"
    )
    width = len(keys)
    for row in connection.execute(sa.text(statement), bag.values):
        duration_id, count, total, *edges = row[width:]
        yield _Group(
            tuple(row[:width]), duration_id % 2 == 1, count, total, tuple(zip(edges[::2], edges[1::2], strict=True))
        )


def _buckets_sql(metric: Metric, names: Names, start: date, end: date, bag: ParameterBag) -> str:
    """Return the SQL of the merged histograms: keys, duration_id, bucket, n, total."""
    anchor = DURATIONS[metric.numerator]
    ids = duration_ids(metric, names)
    parts: list[str] = []
    for source, facts_of in sources(
        (anchor,), names, start, end, durations=True, tells_precision=metric.numerator in anchor.days
    ):
        keys = "".join(f"{sql} as k{place}, " for place, sql in enumerate(source.keys(names)))
        condition = f"{source.condition(names, bag)} and {source.timed_condition(names)}"
        if facts_of is None:
            parts.append(
                f"select {keys}duration_id, bucket, n, total from marts.{source.table}"
                f" where duration_id = any({bag.add(ids)}) and {condition}"
            )
        else:
            parts.append(_facts_part(facts_of, ids, keys, source.table, condition))
    if not parts:
        return ""
    group = ", ".join([*(f"k{place}" for place in range(len(names.by))), "duration_id", "bucket"])
    union = " union all ".join(parts)
    # Sums of bigint would be numeric, which is slow; totals in seconds are exact as floats up to 2^53.
    sums = "sum(n)::integer as n, sum(total::float8) as total"
    return f"select {group}, {sums} from ({union}) as parts group by {group}"


def _facts_part(anchor: Anchor, ids: list[int], keys: str, table: str, condition: str) -> str:
    """Return the SQL of one scan; a fact has its duration in seconds or in days, never both."""
    amounts = {number: amount for number in ids if (amount := duration_sql(anchor, number)) is not None}
    number = "".join(f"when {amount} is not null then {each} " for each, amount in amounts.items())
    buckets = {each: amount if each % 2 else bucket_sql(amount) for each, amount in amounts.items()}
    bucket = "".join(f"when {amounts[each]} is not null then {sql} " for each, sql in buckets.items())
    amount = f"coalesce({', '.join(amounts.values())})"
    return (
        f"select {keys}case {number}end as duration_id, case {bucket}end as bucket, 1 as n, {amount} as total"
        f" from marts.{table} where {condition} and {anchor.predicate} and not is_excluded and {amount} is not null"
    )


def duration_sql(anchor: Anchor, duration_id: int) -> str | None:
    """Return the fact column of a duration; None where it is not known in whole days."""
    amounts = anchor.days if duration_id % 2 else anchor.durations
    name = next(name for name, number in DURATION_IDS.items() if number == duration_id // 2 * 2)
    return amounts.get(name)


def answer_histogram(
    connection: sa.Connection, metric: Metric, names: Names, start: date, end: date
) -> DurationHistogram:
    """Return the distribution of a duration over the whole period."""
    bag = ParameterBag()
    buckets = _buckets_sql(metric, Names((), names.filters, names.is_date_only, {}), start, end, bag)
    rows = list(connection.execute(sa.text(buckets), bag.values)) if buckets else []
    timed = sorted((row.bucket, int(row.n)) for row in rows if row.duration_id % 2 == 0)
    if timed or not rows:
        return DurationHistogram(metric.unit, sum(n for _, n in timed), tuple(_timed_bucket(*each) for each in timed))
    days: Sequence[tuple[int, int]] = sorted((row.bucket, int(row.n)) for row in rows)
    return DurationHistogram("days", sum(n for _, n in days), tuple(DurationBucket(day, day + 1, n) for day, n in days))


def _timed_bucket(bucket: int, n: int) -> DurationBucket:
    lower, upper = bucket_bounds(bucket)
    return DurationBucket(lower / _SECONDS_A_MINUTE, upper / _SECONDS_A_MINUTE, n)

"""Answers durations: medians, 90th percentiles and means, computed from merged histograms."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from analytics.histograms import bucket_value
from analytics.metrics import Metric
from analytics.packed_histograms import amounts_of, counts_of, counts_of_amounts
from analytics.time_units import MINUTE_SECONDS
from warehouse.metric_query.counts import sum_counters
from warehouse.metric_query.left_out import (
    DATES_ONLY_REASON,
    UNTIMED_REASON,
    counters_left_out,
    is_unknown,
    left_out,
    present,
)
from warehouse.metric_query.model import LeftOut, MetricResult, MetricRow
from warehouse.metric_query.names import Names
from warehouse.metric_query.ordering import in_order
from warehouse.metric_query.small_groups import EXACT_BELOW, ExactDurations, exact_durations
from warehouse.metric_query.sources import ParameterBag, sources
from warehouse.rollups.declaration import DURATION_IDS, DURATIONS, Anchor

_MEDIAN: Final = 0.5
_P90: Final = 0.9


@dataclass(frozen=True, slots=True)
class DurationGroup:
    """The durations of one group.

    Attributes:
        keys: Values of the dimensions and time grains that the query splits by.
        is_days: Whether the durations are whole days; else seconds.
        total: Sum of the durations.
        counts: Number of durations in each bucket.
        exact: The durations themselves, of a group with few.
    """

    keys: tuple[object, ...]
    is_days: bool
    total: int
    counts: NDArray[np.int64]
    exact: ExactDurations | None = None

    @property
    def count(self) -> int:
        """Number of durations."""
        return int(self.counts.sum())

    def quantile(self, share: float) -> float:
        """Return a quantile in minutes or days, interpolated between the two nearest durations (type 7)."""
        if self.exact is not None:
            return self.exact.quantile(share) / MINUTE_SECONDS
        upto = np.cumsum(self.counts)
        rank = (int(upto[-1]) - 1) * share
        below = int(rank)
        low, high = (
            self.value(int(np.searchsorted(upto, place, side="right")))
            for place in (below, min(below + 1, int(upto[-1]) - 1))
        )
        return low + (rank - below) * (high - low)

    def value(self, bucket: int) -> float:
        """Return the duration that a bucket stands for, in minutes or days."""
        return float(bucket) if self.is_days else bucket_value(bucket) / MINUTE_SECONDS

    @property
    def mean(self) -> float:
        """Exact mean, in minutes or days."""
        return self.total / self.count / (1 if self.is_days else MINUTE_SECONDS)

    def amounts(self) -> Iterator[tuple[float, int]]:
        """Yield each different duration in minutes or days, as exactly as it is known, and how often it is there."""
        if self.exact is None:
            yield from ((self.value(bucket), n) for bucket, n in self.filled())
        else:
            yield from ((seconds / MINUTE_SECONDS, n) for seconds, n in self.exact.counted())

    def filled(self) -> Iterator[tuple[int, int]]:
        """Yield each bucket that is not empty, and its number of durations."""
        for bucket in np.flatnonzero(self.counts).tolist():
            yield bucket, int(self.counts[bucket])


def answer_durations(connection: sa.Connection, metric: Metric, names: Names, start: date, end: date) -> MetricResult:
    """Answer one duration metric; durations in whole days count only if there are no others."""
    groups = with_exact(connection, metric, names, start, end, duration_groups(connection, metric, names, start, end))
    is_days = bool(groups) and all(group.is_days for group in groups)
    rows = [
        MetricRow(
            tuple(names.key(place, value) for place, value in enumerate(group.keys)),
            group.quantile(_MEDIAN),
            group.count,
            p90=group.quantile(_P90),
            mean=group.mean,
        )
        for group in groups
        if group.is_days == is_days
    ]
    if not rows and not names.by:
        rows = [MetricRow((), None, 0)]
    date_only_count = 0 if is_days else sum(group.count for group in groups if group.is_days)
    anchors = (DURATIONS[metric.numerator],)
    sums = sum_counters(connection, counters_left_out(metric, anchors), replace(names, by=()), start, end)[()]
    untimed = duration_groups(connection, metric, names.untimed(), start, end) if names.is_hourly else ()
    reasons = (
        *present(
            [
                LeftOut(UNTIMED_REASON, sum(group.count for group in untimed)),
                LeftOut(DATES_ONLY_REASON, date_only_count),
            ]
        ),
        *left_out(metric, anchors, sums),
    )
    is_not_known = is_unknown(metric, sums) and not groups
    unit = "days" if is_days else metric.unit
    return MetricResult(metric, unit, names.by, in_order(rows), reasons, is_not_known)


def with_exact(
    connection: sa.Connection, metric: Metric, names: Names, start: date, end: date, groups: list[DurationGroup]
) -> list[DurationGroup]:
    """Return the groups; those with few durations have the durations themselves."""
    lacking = [
        group.keys for group in groups if group.exact is None and not group.is_days and group.count < EXACT_BELOW
    ]
    exact = exact_durations(connection, metric, names, (start, end), lacking)
    return [
        replace(group, exact=exact[group.keys]) if group.keys in exact and not group.is_days else group
        for group in groups
    ]


def duration_ids(metric: Metric, names: Names) -> list[int]:
    """Return the ids of the histograms to read: in seconds, whole days, or both. Some durations have seconds only."""
    timed = DURATION_IDS[metric.numerator]
    if metric.numerator not in DURATIONS[metric.numerator].days:
        return [timed]
    return [timed, timed + 1] if names.is_date_only is None else [timed + names.is_date_only]


def duration_groups(
    connection: sa.Connection, metric: Metric, names: Names, start: date, end: date
) -> list[DurationGroup]:
    """Return the durations of every group that has any. Seconds and whole days are separate groups."""
    found: dict[tuple[tuple[object, ...], bool], _Found] = {}
    for *keys, duration_id, packed, total, are_amounts in packed_rows(connection, metric, names, start, end):
        found.setdefault((tuple(keys), duration_id % 2 == 1), _Found()).add(packed, total, are_amounts=are_amounts)
    groups = (each.group(keys, is_days=is_days) for (keys, is_days), each in found.items())
    return [group for group in groups if group.counts.any()]


def packed_rows(
    connection: sa.Connection, metric: Metric, names: Names, start: date, end: date
) -> Sequence[tuple[Any, ...]]:
    """Return what each source has of each group: keys, duration id, packed durations, their total, are they facts'."""
    bag = ParameterBag()
    parts = " union all ".join(_parts(metric, names, start, end, bag))
    return [tuple(row) for row in connection.execute(sa.text(parts), bag.values)] if parts else []


@dataclass(slots=True)
class _Found:
    """What was read of one group: packed histograms from rollups, and durations themselves from facts."""

    histograms: list[bytes] = field(default_factory=list)
    amounts: list[bytes] = field(default_factory=list)
    total: float = 0

    def add(self, packed: bytes, total: float | None, *, are_amounts: bool) -> None:
        """Add what one source has."""
        (self.amounts if are_amounts else self.histograms).append(packed)
        self.total += total or 0

    def group(self, keys: tuple[object, ...], *, is_days: bool) -> DurationGroup:
        """Return the group; it has its durations themselves if it has few and none came from a rollup."""
        amounts = amounts_of(b"".join(self.amounts))
        counts = counts_of_amounts(amounts, are_days=is_days)
        if self.histograms:
            counts = _sum(counts, counts_of(b"".join(self.histograms)))
        total = int(self.total + amounts.sum())
        is_exact = not (is_days or self.histograms) and len(amounts) < EXACT_BELOW
        exact = ExactDurations(np.sort(amounts).astype(np.float64)) if is_exact else None
        return DurationGroup(keys, is_days, total, counts, exact)


def _sum(one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int64]:
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    total = longer.copy()
    total[: len(shorter)] += shorter
    return total


def _parts(metric: Metric, names: Names, start: date, end: date, bag: ParameterBag) -> Iterator[str]:
    """Yield the SQL of each source, with a row for each group: keys, duration_id, packed histogram, total, false.

    Facts have their durations packed in place of the histogram, without a total, and true.
    """
    anchor = DURATIONS[metric.numerator]
    ids = duration_ids(metric, names)
    group = ", ".join([*(f"k{place}" for place in range(len(names.by))), "duration_id"])
    for source, facts_of in sources(
        (anchor,), names, start, end, durations=True, tells_precision=metric.numerator in anchor.days
    ):
        keys = "".join(f"{sql} as k{place}, " for place, sql in enumerate(source.keys(names)))
        condition = f"{source.condition(names, bag)} and {source.timed_condition(names)}"
        if facts_of is None:
            cells = (
                f"select {keys}duration_id, histogram, total from {source.relation(names)}"
                f" where duration_id = any({bag.add(ids)}) and {condition}"
            )
            # A sum of bigint is numeric, which is slow. Floats are exact for totals up to 2^53 seconds.
            found = "string_agg(histogram, ''), sum(total::float8), false"
        else:
            cells = _amounts_of_facts(facts_of, ids, keys, source.relation(names), condition)
            found = "string_agg(int4send(amount::integer), ''), null::float8, true"
        yield f"select {group}, {found} from ({cells}) as cells group by {group}"


def _amounts_of_facts(anchor: Anchor, ids: list[int], keys: str, table: str, condition: str) -> str:
    """Return the SQL of one scan over facts; a fact has its duration in seconds or in days, never in both."""
    amounts = {number: amount for number in ids if (amount := duration_sql(anchor, number)) is not None}
    number = "".join(f"when {amount} is not null then {each} " for each, amount in amounts.items())
    return (
        f"select {keys}case {number}end as duration_id, coalesce({', '.join(amounts.values())}) as amount"
        f" from {table} where {condition} and {anchor.predicate} and not is_excluded"
        f" and coalesce({', '.join(amounts.values())}) is not null"
    )


def duration_sql(anchor: Anchor, duration_id: int) -> str | None:
    """Return the fact column of a duration; None if the duration has no column in whole days."""
    amounts = anchor.days if duration_id % 2 else anchor.durations
    name = next(name for name, number in DURATION_IDS.items() if number == duration_id // 2 * 2)
    return amounts.get(name)

"""Answers how durations are distributed: over the whole period, or for each of its parts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from analytics.histograms import bucket_bounds
from analytics.metrics import Metric
from analytics.packed_histograms import ENTRY_BYTES, amounts_of, buckets_of_amounts, entries_of
from analytics.time_units import MINUTE_SECONDS
from warehouse.metric_query.durations import duration_groups, packed_rows
from warehouse.metric_query.model import DurationBucket, DurationHistogram, DurationParts
from warehouse.metric_query.names import Names

Ints = NDArray[np.int64]


def answer_parts(connection: sa.Connection, metric: Metric, names: Names, start: date, end: date) -> DurationParts:
    """Return how the durations of each group are distributed; those in whole days only if there are no others.

    All groups are unpacked together: there may be hundreds, of few durations each.
    """
    rows = packed_rows(connection, metric, names, start, end)
    is_days = bool(rows) and all(duration_id % 2 == 1 for *_, duration_id, _, _, _ in rows)
    kept = [
        _Packed(tuple(key), bytes(packed), are_amounts=are_amounts)
        for *key, duration_id, packed, _, are_amounts in rows
        if (duration_id % 2 == 1) == is_days
    ]
    places = {key: place for place, key in enumerate(dict.fromkeys(each.key for each in kept))}
    found = [
        _unpacked([each for each in kept if each.are_amounts is facts], places, is_days=is_days)
        for facts in (False, True)
    ]
    width = max(int(buckets.max(initial=-1)) for _, buckets, _ in found) + 1
    counts = np.zeros(len(places) * width, dtype=np.float64)
    for groups, buckets, weights in found:
        counts += np.bincount(groups * width + buckets, weights, counts.size)
    columns = [names.column(place, [key[place] for key in places]) for place in range(len(names.by))]
    keys = tuple(zip(*columns, strict=True)) if columns else ((),) * len(places)
    return DurationParts("days" if is_days else metric.unit, keys, counts.astype(np.int64).reshape(len(places), width))


@dataclass(frozen=True, slots=True)
class _Packed:
    """What one source has of one group: a packed histogram, or durations themselves."""

    key: tuple[object, ...]
    packed: bytes
    are_amounts: bool


def _unpacked(
    found: Sequence[_Packed], places: Mapping[tuple[object, ...], int], *, is_days: bool
) -> tuple[Ints, Ints, Ints]:
    """Return group, bucket and count of each entry; all are histograms, or all are durations themselves."""
    entries = [len(each.packed) // ENTRY_BYTES for each in found]
    groups = np.repeat(np.array([places[each.key] for each in found], dtype=np.int64), entries)
    packed = b"".join(each.packed for each in found)
    if found and found[0].are_amounts:
        buckets = buckets_of_amounts(amounts_of(packed), are_days=is_days)
        return groups, buckets, np.ones(buckets.size, dtype=np.int64)
    return groups, *entries_of(packed)


def answer_histogram(
    connection: sa.Connection, metric: Metric, names: Names, start: date, end: date
) -> DurationHistogram:
    """Return the distribution of a duration over the whole period."""
    whole = replace(names, by=())
    groups = {group.is_days: group for group in duration_groups(connection, metric, whole, start, end)}
    if (timed := groups.get(False)) is not None or not groups:
        filled = () if timed is None else tuple(_timed_bucket(*each) for each in timed.filled())
        return DurationHistogram(metric.unit, sum(each.n for each in filled), filled)
    days = groups[True]
    return DurationHistogram("days", days.count, tuple(DurationBucket(day, day + 1, n) for day, n in days.filled()))


def _timed_bucket(bucket: int, n: int) -> DurationBucket:
    lower, upper = bucket_bounds(bucket)
    return DurationBucket(lower / MINUTE_SECONDS, upper / MINUTE_SECONDS, n)

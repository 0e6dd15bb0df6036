"""Reads how much of a change is the mix of tickets: by category, priority and channel."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import sqlalchemy as sa

from analytics import mix_effect
from analytics.metrics import METRICS, Kind
from analytics.mix_effect import MixEffect
from portal.numbers.comparing import duration_parts
from portal.numbers.filters import TicketFilters
from portal.numbers.reading import Mix, Reading
from warehouse import metric_query
from warehouse.metric_query import DurationParts, Key, MetricQuery, MetricResult, UnknownValueError

_DIMENSIONS: Final = ("category", "priority", "channel")
_MEDIAN: Final = 0.5
_P90: Final = 0.9
Pair = tuple[Reading, Reading]
"""A number now, and in the comparison."""


def duration_mixes(
    connection: sa.Connection, filters: TicketFilters, compared: TicketFilters, slug: str, readings: Pair
) -> tuple[Mix | None, Mix | None]:
    """Return what the mix did to a median, and to what nine in ten stay under."""
    found = duration_parts(connection, filters, compared, slug, _DIMENSIONS)
    if found is None:
        return None, None
    (now, before), (one, other) = found, readings
    return (
        _told_duration(now, before, _MEDIAN, (one.value, other.value)),
        _told_duration(now, before, _P90, (one.p90, other.p90)),
    )


def _told_duration(
    now: DurationParts, before: DurationParts, share: float, totals: tuple[float | None, float | None]
) -> Mix | None:
    latest, earlier = totals
    if latest is None or earlier is None:
        return None
    values = max((now, before), key=lambda each: each.counts.shape[1]).values()
    effects: dict[str, MixEffect | None] = {}
    for place, dimension in enumerate(_DIMENSIONS):
        levels = {key: row for row, key in enumerate(dict.fromkeys(key[place] for key in (*now.keys, *before.keys)))}
        counts = [np.zeros((len(levels), values.size), dtype=np.int64) for _ in range(2)]
        for added, parts in zip(counts, (now, before), strict=True):
            rows = [levels[key[place]] for key in parts.keys]
            np.add.at(added[:, : parts.counts.shape[1]], rows, parts.counts)
        effects[dimension] = mix_effect.of_quantiles(counts[0], counts[1], values, share, (latest, earlier))
    return _told(effects, earlier)


def share_mixes(
    connection: sa.Connection, filters: TicketFilters, compared: TicketFilters, slugs: tuple[str, ...]
) -> Mapping[str, Mix | None]:
    """Return what the mix did to shares and means."""
    now, before = (_split(connection, period, slugs) for period in (filters, compared))
    shares = [slug for slug in slugs if METRICS[slug].kind in {Kind.SHARE, Kind.MEAN}]
    return {slug: _told_share(now[slug], before[slug]) for slug in shares if slug in now and slug in before}


def _split(connection: sa.Connection, filters: TicketFilters, slugs: tuple[str, ...]) -> dict[str, MetricResult]:
    query = MetricQuery(slugs[0], filters.start, filters.end, _DIMENSIONS, filters.where)
    try:
        return metric_query.run_many(connection, slugs, query)
    except UnknownValueError:
        return {}


def _told_share(now: MetricResult, before: MetricResult) -> Mix | None:
    effects: dict[str, MixEffect | None] = {}
    for place, dimension in enumerate(_DIMENSIONS):
        parts = [_sums(answer, place) for answer in (now, before)]
        levels = dict.fromkeys((*parts[0], *parts[1]))
        sums, sizes = (
            tuple(np.array([each.get(key, (0.0, 0.0))[which] for key in levels]) for each in parts) for which in (0, 1)
        )
        effects[dimension] = mix_effect.of_means((sums[0], sums[1]), (sizes[0], sizes[1]))
    held, size = (sum(column) for column in zip(*_sums(before, 0).values(), strict=True)) if before.rows else (0.0, 0.0)
    return _told(effects, held / size) if size else None


def _sums(answer: MetricResult, place: int) -> dict[Key, tuple[float, float]]:
    found: dict[Key, tuple[float, float]] = {}
    for row in answer.rows:
        total, size = found.get(row.keys[place], (0.0, 0.0))
        found[row.keys[place]] = total + (row.value or 0.0) * row.n, size + row.n
    return found


def _told(effects: Mapping[str, MixEffect | None], before: float) -> Mix | None:
    """Return the mix that says most of a change; None where none is worth telling."""
    known = {name: effect for name, effect in effects.items() if effect is not None and effect.is_worth_telling}
    if not known:
        return None
    name, effect = max(known.items(), key=lambda item: abs(item[1].mix))
    return Mix(name, effect.mix, before + effect.parts, effect.is_of_the_parts)

"""Reads what tells a change from chance: how much the days and weeks of both periods differ among themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

import numpy as np
import sqlalchemy as sa

from analytics import beyond_chance
from analytics.beyond_chance import Counts, Stretches
from analytics.metrics import METRICS, Kind
from analytics.quasi_poisson import Floats
from portal.numbers.filters import TicketFilters
from portal.numbers.reader import ask, by_key
from warehouse import metric_query
from warehouse.metric_query import DurationParts, Key, MetricQuery, UnknownValueError

_WEEK: Final = 7
_WEEKS_FROM_DAYS: Final = 4 * _WEEK
_MONTHS_FROM_DAYS: Final = 430
_MEDIAN: Final = 0.5
_P90: Final = 0.9


@dataclass(frozen=True, slots=True)
class DurationChances:
    """How often chance alone makes such a difference.

    Attributes:
        median: Between the medians.
        p90: Between what nine in ten stay under.
    """

    median: float = 1.0
    p90: float = 1.0


def duration_chances(
    connection: sa.Connection, filters: TicketFilters, compared: TicketFilters, slug: str, by: tuple[str, ...] = ()
) -> dict[tuple[Key, ...], DurationChances]:
    """Return the chances of a duration's changes, by what it is split by; () is the key of what is not split."""
    found = duration_parts(connection, filters, compared, slug, (*by, _grain(filters)))
    if found is None:
        return {}
    now, before = (_by_stretch(each) for each in found)
    return {
        key: DurationChances(*(_chance(counts, before[key], share) for share in (_MEDIAN, _P90)))
        for key, counts in now.items()
        if key in before
    }


def _by_stretch(parts: DurationParts) -> dict[tuple[Key, ...], Counts]:
    """Return for each part how many durations of each stretch are in each bucket."""
    places: dict[tuple[Key, ...], list[int]] = {}
    for place, key in enumerate(parts.keys):
        places.setdefault(key[:-1], []).append(place)
    return {key: parts.counts[rows] for key, rows in places.items()}


def duration_parts(
    connection: sa.Connection, filters: TicketFilters, compared: TicketFilters, slug: str, by: tuple[str, ...]
) -> tuple[DurationParts, DurationParts] | None:
    """Return how durations are distributed in both periods, by their parts; None where these cannot be compared."""
    query = MetricQuery(slug, filters.start, filters.end, by, filters.where)
    periods = tuple((each.start, each.end) for each in (filters, compared))
    try:
        now, before = metric_query.duration_parts(connection, query, periods)
    except UnknownValueError:
        return None
    return (now, before) if now.unit == before.unit else None


def _grain(filters: TicketFilters) -> str:
    if filters.length < _WEEKS_FROM_DAYS:
        return "day"
    return "week" if filters.length <= _MONTHS_FROM_DAYS else "month"


def _chance(now: Counts, before: Counts, share: float) -> float:
    width = max(now.shape[1], before.shape[1])
    one, other = (np.pad(each, ((0, 0), (0, width - each.shape[1]))) for each in (now, before))
    return beyond_chance.of_quantiles(one, other, share)


def counter_chances(
    connection: sa.Connection, filters: TicketFilters, compared: TicketFilters, slugs: tuple[str, ...]
) -> Mapping[str, float]:
    """Return how often chance alone makes the changes of counts, shares and means."""
    end = filters.end if filters.known_until is None else filters.known_until
    if compared.end == filters.start:
        whole = _by_day(connection, filters, (compared.start, end), slugs)
        first = (compared.end - compared.start).days
        now, before = (
            {slug: Stretches(days.sums[part], days.sizes[part]) for slug, days in whole.items()}
            for part in (slice(first, None), slice(first))
        )
    else:
        spans = ((filters.start, end), (compared.start, compared.end))
        now, before = (_by_day(connection, filters, span, slugs) for span in spans)
    firsts = filters.start.weekday(), compared.start.weekday()
    return {slug: _counter_chance(slug, now[slug], before[slug], firsts) for slug in slugs}


def _by_day(
    connection: sa.Connection, filters: TicketFilters, span: tuple[date, date], slugs: tuple[str, ...]
) -> dict[str, Stretches]:
    """Return the sums and sizes of each day."""
    (start, end), days = span, (span[1] - span[0]).days
    try:
        answers = metric_query.run_many(connection, slugs, MetricQuery(slugs[0], start, end, ("day",), filters.where))
    except UnknownValueError:
        answers = {}
    found = {slug: Stretches(np.zeros(days), np.zeros(days)) for slug in slugs}
    for slug, answer in answers.items():
        for row in answer.rows:
            place = _day_of(row.keys[0], start)
            found[slug].sums[place] = (row.value or 0) * (1 if METRICS[slug].kind is Kind.COUNT else row.n)
            found[slug].sizes[place] = row.n
    return found


def _day_of(key: Key, start: date) -> int:
    return (key - start).days if isinstance(key, date) else 0


def _counter_chance(slug: str, now: Stretches, before: Stretches, firsts: tuple[int, int]) -> float:
    kind = METRICS[slug].kind
    if kind is Kind.COUNT:
        return beyond_chance.of_counts(now.sums, before.sums, firsts)
    if min(now.sums.size, before.sums.size) >= _WEEKS_FROM_DAYS:
        now, before = (Stretches(_weekly(each.sums), _weekly(each.sizes)) for each in (now, before))
    return (beyond_chance.of_shares if kind is Kind.SHARE else beyond_chance.of_means)(now, before)


def _weekly(days: Floats) -> Floats:
    """Return sums of weeks, counted back from the last day; what is left at the beginning stands by itself."""
    starts = np.arange(days.size % _WEEK, days.size, _WEEK)
    weeks: Floats = np.add.reduceat(days, np.unique([0, *starts.tolist()]))
    return weeks


def level_chance(connection: sa.Connection, filters: TicketFilters, compared: TicketFilters, slug: str) -> float:
    """Return how often chance alone carries a level as far as from the end of the comparison to that of the period."""
    end = filters.end if filters.known_until is None else filters.known_until
    between = replace(filters, start=compared.end - timedelta(days=1), end=end)
    found = by_key(ask(connection, between, slug, ("day",)))
    days = [between.start + timedelta(days=day) for day in range(between.length)]
    levels = np.array([found[day].value or 0.0 if day in found else 0.0 for day in days])
    step = _WEEK if filters.length >= _WEEKS_FROM_DAYS else 1
    return beyond_chance.of_levels(levels[::-1][::step][::-1])


def clear(chances: Sequence[float | None]) -> list[bool]:
    """Say which of the changes that are shown together are more than chance; None is no change at all."""
    told = iter(beyond_chance.beyond_chance([each for each in chances if each is not None]))
    return [each is not None and next(told) for each in chances]

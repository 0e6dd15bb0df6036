"""What changed between the period and the one that it is compared with: which parts have more tickets, or fewer."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

import numpy as np
import sqlalchemy as sa

from analytics import beyond_chance
from analytics.quasi_poisson import Floats
from portal.numbers.comparing import clear
from portal.numbers.filters import Period, TicketFilters
from portal.numbers.reader import ask, names, tickets_href, today, value_of
from portal.topics.volume.dataset import Changes, PartChange
from warehouse.metric_query import Key

_MOST_PARTS: Final = 8
"""What is left of more of them is one part."""


@dataclass(frozen=True, slots=True)
class _Counts:
    """Tickets of a part.

    Attributes:
        now: Of each day of the period.
        before: Of each day of the comparison.
    """

    now: Floats
    before: Floats

    @property
    def change(self) -> int:
        """How many more."""
        return round(float(self.now.sum() - self.before.sum()))

    def chance(self, weekdays: tuple[int, int]) -> float:
        """Return how often chance alone makes such a difference."""
        return beyond_chance.of_counts(self.now, self.before, weekdays)


def changes(connection: sa.Connection, filters: TicketFilters, dimension: str) -> Changes | None:
    """Return the change of each part, the largest first; they add up to the change of all tickets.

    A last day that is not over is left out on both sides.

    Args:
        connection: In the role that reads marts.
        filters: Of the period.
        dimension: What the tickets are split by.

    Returns:
        The changes; None where nothing is compared, or no ticket is in either period.
    """
    compared = filters.compared()
    if compared is None:
        return None
    filters, without_today = _without_today(connection, filters)
    if without_today:
        compared = replace(compared, end=compared.end - timedelta(days=1))
    now, before = (_by_day(connection, each, dimension) for each in (filters, compared))
    none = (np.zeros(filters.length), np.zeros(compared.length))
    found = {key: _Counts(now.get(key, none[0]), before.get(key, none[1])) for key in {**now, **before}}
    if not found:
        return None
    weekdays = (filters.start.weekday(), compared.start.weekday())
    whole = _added(found.values())
    parts = _parts(connection, filters, dimension, (found, weekdays))
    is_clear, *_ = clear([whole.chance(weekdays)])
    return Changes(
        dimension.replace("_", " "),
        parts,
        round(whole.now.sum()),
        round(whole.before.sum()),
        is_clear=is_clear,
        without_today=without_today,
    )


def _without_today(connection: sa.Connection, filters: TicketFilters) -> tuple[TicketFilters, bool]:
    end = filters.end if filters.known_until is None else filters.known_until
    is_last = today(connection) == end - timedelta(days=1) and filters.length > 1
    if not is_last:
        return replace(filters, end=end, known_until=None), False
    return replace(filters, end=end - timedelta(days=1), period=Period.CUSTOM, known_until=None), True


def _by_day(connection: sa.Connection, filters: TicketFilters, dimension: str) -> dict[Key, Floats]:
    answer = ask(connection, filters, "created", (dimension, "day"))
    found: dict[Key, Floats] = {}
    for row in answer.rows if answer else ():
        key, day = row.keys
        if isinstance(day, date):
            found.setdefault(key, np.zeros(filters.length))[(day - filters.start).days] = row.n
    return found


def _added(counts: Iterable[_Counts]) -> _Counts:
    listed = tuple(counts)
    return _Counts(np.sum([each.now for each in listed], axis=0), np.sum([each.before for each in listed], axis=0))


def _parts(
    connection: sa.Connection,
    filters: TicketFilters,
    dimension: str,
    counted: tuple[dict[Key, _Counts], tuple[int, int]],
) -> tuple[PartChange, ...]:
    found, weekdays = counted
    labels = names(connection, dimension)
    ranked = sorted(found, key=lambda key: (-abs(found[key].change), labels[value_of(key)].position))
    kept = ranked if len(ranked) <= _MOST_PARTS else ranked[: _MOST_PARTS - 1]
    groups: list[tuple[tuple[Key, ...], str]] = [((key,), labels[value_of(key)].label) for key in kept]
    if rest := tuple(ranked[len(kept) :]):
        groups.append((rest, f"{len(rest)} others"))
    summed = [_added(found[key] for key in keys) for keys, _ in groups]
    told = clear([each.chance(weekdays) for each in summed])
    return tuple(
        PartChange(
            label,
            round(each.now.sum()),
            round(each.before.sum()),
            tickets_href(filters.with_values(dimension, tuple(value_of(key) for key in keys)), "created"),
            is_clear,
        )
        for (keys, label), each, is_clear in zip(groups, summed, told, strict=True)
    )

"""What the nightly job knows of the volume that somebody looks at: its times of the year and its odd days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import prod
from typing import Final

import sqlalchemy as sa

from analytics.unusual_counts import Unusual
from analytics.vocabulary import SIGNIFICANCE
from portal.numbers.filters import TicketFilters
from warehouse.tables.insights import seasonal_lifts, volume_anomalies

_ALL: Final = ""
_Spans = tuple[tuple[date, date], ...]
"""First and last day of each time a season comes."""


@dataclass(frozen=True, slots=True)
class OddDays:
    """Days that the job called odd: the first, the last, and in which direction."""

    first: date
    last: date
    direction: Unusual


@dataclass(frozen=True, slots=True)
class KnownVolume:
    """What is known; nothing of tickets that the job does not look at by themselves.

    Attributes:
        seasons: Times of the year, each with how many times as many tickets it brings.
        odd: Odd days.
    """

    seasons: tuple[tuple[_Spans, float], ...] = ()
    odd: tuple[OddDays, ...] = ()

    def lift_of(self, days: Sequence[date]) -> float:
        """Return how many times as many tickets the time of the year brings on some days, on average."""
        lifts = [
            prod(ratio for spans, ratio in self.seasons if any(first <= day <= last for first, last in spans))
            for day in days
        ]
        return sum(lifts) / len(lifts)

    def says_otherwise(self, first: date, after: date, direction: Unusual) -> bool:
        """Say whether days from a first one on, up to the one before another, were odd the other way round."""
        return any(each.direction is not direction and each.last >= first and each.first < after for each in self.odd)


def known_volume(connection: sa.Connection, filters: TicketFilters) -> KnownVolume:
    """Return what the job found of all tickets, or of the one category that is chosen; nothing of any other choice."""
    series = _series(filters)
    if series is None:
        return KnownVolume()
    clear = seasonal_lifts.c.p_value <= SIGNIFICANCE
    seasons = connection.execute(sa.select(seasonal_lifts).where(seasonal_lifts.c.category == series, clear))
    odd = connection.execute(sa.select(volume_anomalies).where(volume_anomalies.c.category == series))
    return KnownVolume(
        tuple((_spans(row.spans), row.ratio) for row in seasons),
        tuple(
            OddDays(row.start_date, row.last_date, Unusual.MORE if row.ticket_count > row.expected else Unusual.FEWER)
            for row in odd
        ),
    )


def _spans(stored: Sequence[Sequence[str]]) -> _Spans:
    return tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in stored)


def _series(filters: TicketFilters) -> str | None:
    """Return the name that the job has for the tickets of some filters; None where it has none."""
    if not filters.where:
        return _ALL
    chosen = dict(filters.where)
    values = chosen.get("category", ())
    return values[0] if len(chosen) == 1 and len(values) == 1 else None

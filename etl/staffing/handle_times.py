"""Handle times by channel, category and hour, from the tickets of the last year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import sqlalchemy as sa

from etl.running.job import JobContext
from etl.running.sql import read_sql

MOST_MINUTES: Final = 480
_LOOKED_BACK: Final = timedelta(days=365)
_ENOUGH: Final = 30.0
"""With this many tickets a group's own mean weighs as much as the mean of the larger group around it."""
_SECONDS: Final = 60.0


@dataclass(slots=True)
class _Sum:
    """Tickets and their minutes."""

    tickets: float = 0.0
    minutes: float = 0.0

    def add(self, tickets: float, minutes: float) -> None:
        self.tickets += tickets
        self.minutes += minutes

    def mean(self, towards: float) -> float:
        """Return the mean, pulled towards the mean of a larger group; the fewer tickets, the stronger the pull."""
        return (self.minutes + _ENOUGH * towards) / (self.tickets + _ENOUGH)


@dataclass(frozen=True, slots=True)
class HandleTime:
    """The handle times of one channel.

    Attributes:
        by_category: Category -> mean minutes; "~" means not set.
        hour_factors: Local hour -> handle time in this hour, divided by the mean of all hours.
        mean_minutes: Mean over all tickets of the channel.
        category_shares: Category -> share of the tickets.
        ticket_count: Number of tickets of the channel.
        follow_up_minutes: For live channels, mean minutes of work on a ticket after the contact itself.
    """

    by_category: Mapping[str, float]
    hour_factors: Mapping[int, float]
    mean_minutes: float
    category_shares: Mapping[str, float]
    ticket_count: int
    follow_up_minutes: float = 0.0

    def seconds(self, hour: int, shares: Mapping[str, float]) -> float:
        """Return the mean handle time in an hour for a mix of categories; without a mix, for the usual mix.

        Args:
            hour: Local hour.
            shares: Category -> its share of the contacts; need not add up to 1.
        """
        known = {name: share for name, share in shares.items() if name in self.by_category and share > 0}
        mix = known or self.category_shares
        minutes = sum(share * self.by_category[name] for name, share in mix.items()) / sum(mix.values())
        return _SECONDS * minutes * self.hour_factors.get(hour, 1.0)


@dataclass(frozen=True, slots=True)
class HandleTimes:
    """Handle times of every channel that has any.

    Attributes:
        channels: Channel -> its handle times.
        ticket_count: Number of tickets that the handle times come from.
    """

    channels: Mapping[str, HandleTime]
    ticket_count: int


def handle_times(connection: sa.Connection, context: JobContext, live: frozenset[str]) -> HandleTimes:
    """Return the handle times of all channels.

    A live contact takes the mean duration of contacts in its channel; the rest of the work on its ticket is follow-up,
    which counts as written work. Any other contact takes all the minutes of its ticket.
    """
    values = {"since": context.now - _LOOKED_BACK, "time_zone": context.time_zone, "most_minutes": MOST_MINUTES}
    rows = connection.execute(sa.text(read_sql("staffing/sql/handle_times.sql")), values).all()
    names = sorted({row.channel for row in rows})
    found = {name: _of_channel([row for row in rows if row.channel == name], is_live=name in live) for name in names}
    channels = {name: times for name, times in found.items() if times is not None}
    return HandleTimes(channels, sum(time.ticket_count for time in channels.values()))


def _of_channel(rows: list[sa.Row[tuple[object, ...]]], *, is_live: bool) -> HandleTime | None:
    whole, all_minutes = _Sum(), _Sum()
    categories: dict[str, _Sum] = {}
    hours: dict[int, _Sum] = {}
    for row in rows:
        tickets = float(row.live_tickets if is_live else row.tickets)
        minutes = float((row.live_minutes if is_live else row.minutes) or 0)
        all_minutes.add(float(row.tickets), float(row.minutes))
        whole.add(tickets, minutes)
        categories.setdefault(row.category, _Sum()).add(tickets, minutes)
        if row.local_hour is not None:
            hours.setdefault(int(row.local_hour), _Sum()).add(tickets, minutes)
    if not whole.tickets or not whole.minutes:
        return None
    mean = whole.minutes / whole.tickets
    follow_up = all_minutes.minutes / all_minutes.tickets - mean if is_live else 0.0
    return HandleTime(
        {name: each.mean(mean) for name, each in categories.items()},
        {hour: each.mean(mean) / mean for hour, each in hours.items()},
        mean,
        {name: each.tickets / whole.tickets for name, each in categories.items()},
        round(all_minutes.tickets),
        max(follow_up, 0.0),
    )

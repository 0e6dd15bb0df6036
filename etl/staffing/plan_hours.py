"""The hours of a plan, and the share of each hour in which the desk is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np

from analytics.business_time import BusinessCalendar, OpenInterval
from analytics.staffing.erlang import Floats

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class PlanHours:
    """Whole hours, one after another.

    Attributes:
        starts: Start of each hour, in UTC.
        time_zone: Reporting time zone; the forecast has its days and hours.
    """

    starts: tuple[datetime, ...]
    time_zone: str

    @classmethod
    def between(cls, now: datetime, first: date, last: date, time_zone: str) -> "PlanHours":
        """Return the hours from the first day to the last, without the hours that are over."""
        zone = ZoneInfo(time_zone)
        begin = datetime(first.year, first.month, first.day, tzinfo=zone).astimezone(UTC)
        after = last + timedelta(days=1)
        end = datetime(after.year, after.month, after.day, tzinfo=zone).astimezone(UTC)
        # Some time zones are half an hour apart from UTC, so hours are counted from the zone's own midnight.
        passed = max(0, (now - begin) // HOUR)
        count = max(0, round((end - begin) / HOUR) - passed)
        return cls(tuple(begin + (passed + number) * HOUR for number in range(count)), time_zone)

    @cached_property
    def local(self) -> tuple[tuple[date, int], ...]:
        """Local day and hour of each hour of the plan."""
        zone = ZoneInfo(self.time_zone)
        walls = (start.astimezone(zone) for start in self.starts)
        return tuple((wall.date(), wall.hour) for wall in walls)

    def open_share(self, calendar: BusinessCalendar) -> Floats:
        """Return the share of each hour in which the desk is open."""
        share = np.zeros(len(self.starts))
        if not self.starts:
            return share
        # Two days more at each end: a window may run past midnight, and the calendar may have another time zone.
        first, last = self.starts[0].date() - timedelta(days=2), self.starts[-1].date() + timedelta(days=2)
        for opened in calendar.open_intervals(first, last):
            _add(share, opened, self.starts)
        return np.minimum(share, 1.0)


def _add(share: Floats, opened: OpenInterval, starts: Sequence[datetime]) -> None:
    begin = (opened.start - starts[0]) / HOUR
    end = (opened.end - starts[0]) / HOUR
    for place in range(max(0, int(begin)), min(share.size, int(np.ceil(end)))):
        share[place] += max(0.0, min(end, place + 1) - max(begin, place))

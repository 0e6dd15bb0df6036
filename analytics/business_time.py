"""Business hours: a calendar of open windows, and the open time between two instants.

A calendar is written in wall-clock minutes of an IANA zone and turned into instants in UTC, so a day on which the
clocks change is as long as it really was. A wall-clock time that occurs twice means the first time; one that the
clocks jump over means the moment of the jump.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Final
from zoneinfo import ZoneInfo

_DAY: Final = timedelta(days=1)
_SEARCH_STEP: Final = timedelta(days=56)
"""Long enough that each weekly window opens in it, whatever the clocks jump over."""
_SEARCH_END: Final = datetime(9999, 1, 1, tzinfo=UTC)
"""Dates end a year later, and a window may run on for days."""


@dataclass(frozen=True, slots=True)
class BusinessWindow:
    """Hours that are open every week.

    Attributes:
        weekday: 0 is Monday; the day on which the window opens.
        opens_minute: Wall-clock minutes after local midnight, 0..1439.
        closes_minute: Wall-clock minutes after the same midnight; over 1440 is on the next day.
        valid_from: First day on which the window holds; None means it always has.
        valid_until: First day on which the window no longer holds; None means it still does.
    """

    weekday: int
    opens_minute: int
    closes_minute: int
    valid_from: date | None = None
    valid_until: date | None = None

    def opens_on(self, day: date) -> bool:
        """Say whether the window opens on a day."""
        begun = self.valid_from is None or self.valid_from <= day
        ended = self.valid_until is not None and self.valid_until <= day
        return day.weekday() == self.weekday and begun and not ended


@dataclass(frozen=True, slots=True)
class BusinessException:
    """A dated exception, such as a public holiday; it replaces the weekly windows that open on that day.

    A day may have several exceptions: each one with minutes is a window. Minutes of None mean closed.
    """

    on_date: date
    opens_minute: int | None = None
    closes_minute: int | None = None


@dataclass(frozen=True, slots=True)
class OpenInterval:
    """Open from `start` until just before `end`, both in UTC."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class BusinessCalendar:
    """When the desk is open.

    Attributes:
        time_zone: IANA name of the zone that the minutes are written in.
        windows: The weekly schedule, several windows a day if need be.
        exceptions: Dated exceptions to the weekly schedule.
    """

    time_zone: str
    windows: tuple[BusinessWindow, ...]
    exceptions: tuple[BusinessException, ...] = ()

    def open_intervals(self, first: date, until: date) -> tuple[OpenInterval, ...]:
        """Return the open intervals of the windows that open on the local days [first, until).

        The intervals are in order; windows that touch or overlap are joined into one.
        """
        zone = ZoneInfo(self.time_zone)
        dated = self._dated_minutes()
        days = (first + _DAY * number for number in range(max(0, (until - first).days)))
        return _joined(
            OpenInterval(_instant(day, opens, zone), _instant(day, closes, zone))
            for day in days
            for opens, closes in (dated[day] if day in dated else self._weekly_minutes(day))
        )

    def hours(self, start: datetime, end: datetime) -> "OpenHours":
        """Return the open hours from `start` to `end`, prepared so that many spans can be asked for quickly."""
        zone = ZoneInfo(self.time_zone)
        # A window that opened the day before may run past midnight.
        first = start.astimezone(zone).date() - _DAY
        until = end.astimezone(zone).date() + _DAY
        return OpenHours.of(self.open_intervals(first, until))

    def business_seconds(self, start: datetime, end: datetime) -> float:
        """Return the open seconds between two instants; 0 when the end is not after the start."""
        return self.hours(start, end).seconds_between(start, end) if end > start else 0.0

    def add_business_seconds(self, start: datetime, seconds: float) -> datetime | None:
        """Return the first instant by which a number of open seconds has passed since `start`.

        Zero seconds have passed at once, even outside opening hours.

        Returns:
            The due instant in UTC; None when the calendar closes for good before that, or the year 9999 begins.
        """
        if seconds <= 0:
            return start.astimezone(UTC)
        left, begin, settled = seconds, start.astimezone(UTC), self._settled_from()
        while begin < _SEARCH_END:
            stop = min(begin + _SEARCH_STEP, _SEARCH_END)
            hours = self.hours(begin, stop)
            passing = hours.seconds_between(begin, stop)
            if passing >= left:
                return hours.instant_after(hours.seconds_before(begin) + left)
            if passing == 0 and begin >= settled:
                return None
            left, begin = left - passing, stop
        return None

    def _settled_from(self) -> datetime:
        """Return an instant after which every week is like the one before, but for the clocks."""
        dates = [exception.on_date for exception in self.exceptions]
        dates += [day for window in self.windows for day in (window.valid_from, window.valid_until) if day]
        last = max(dates, default=date.min)
        # Two days: a window may run past midnight, and no zone is a day away from UTC.
        return datetime(last.year, last.month, last.day, tzinfo=UTC) + 2 * _DAY

    def _dated_minutes(self) -> dict[date, tuple[tuple[int, int], ...]]:
        dated: dict[date, tuple[tuple[int, int], ...]] = {}
        for exception in self.exceptions:
            minutes = dated.setdefault(exception.on_date, ())
            if exception.opens_minute is not None and exception.closes_minute is not None:
                dated[exception.on_date] = (*minutes, (exception.opens_minute, exception.closes_minute))
        return dated

    def _weekly_minutes(self, day: date) -> tuple[tuple[int, int], ...]:
        return tuple((window.opens_minute, window.closes_minute) for window in self.windows if window.opens_on(day))


@dataclass(frozen=True, slots=True)
class OpenHours:
    """Open intervals with the open seconds before each, so that any span takes two look-ups."""

    intervals: tuple[OpenInterval, ...]
    starts: tuple[datetime, ...]
    seconds_before_start: tuple[float, ...]

    @classmethod
    def of(cls, intervals: tuple[OpenInterval, ...]) -> "OpenHours":
        """Prepare ordered intervals that do not overlap."""
        lengths = ((interval.end - interval.start).total_seconds() for interval in intervals)
        return cls(intervals, tuple(interval.start for interval in intervals), tuple(accumulate(lengths, initial=0.0)))

    def seconds_before(self, instant: datetime) -> float:
        """Return the open seconds from the first interval to an instant."""
        place = bisect_right(self.starts, instant) - 1
        if place < 0:
            return 0.0
        reached = min(instant, self.intervals[place].end)
        return self.seconds_before_start[place] + (reached - self.starts[place]).total_seconds()

    def seconds_between(self, start: datetime, end: datetime) -> float:
        """Return the open seconds between two instants that the intervals cover; 0 when they are not in order."""
        return max(0.0, self.seconds_before(end) - self.seconds_before(start))

    def instant_after(self, seconds: float) -> datetime:
        """Return the first instant by which a number of open seconds (more than 0) has passed."""
        place = bisect_left(self.seconds_before_start, seconds) - 1
        return self.starts[place] + timedelta(seconds=seconds - self.seconds_before_start[place])


class Reading(StrEnum):
    """Which schedule counts for a ticket whose schedule changed."""

    CUMULATIVE = "cumulative"
    """Each stretch of time counts by the schedule in force at that time."""
    LAST_SCHEDULE = "last_schedule"
    """The schedule in force at the end counts for the ticket's whole life, as Zendesk reports."""


@dataclass(frozen=True, slots=True)
class ScheduleStretch:
    """A calendar, and the instant from which it is in force for a ticket."""

    from_at: datetime
    calendar: BusinessCalendar


def business_seconds(
    stretches: Sequence[ScheduleStretch],
    start: datetime,
    end: datetime,
    reading: Reading = Reading.CUMULATIVE,
) -> float:
    """Return the open seconds between two instants of a ticket whose schedule may have changed.

    The two readings are those of the decision log of fivetran/dbt_zendesk ("Business Time Metrics").

    Args:
        stretches: In order of time; the first holds from the beginning.
        start: First instant.
        end: Last instant; the result is 0 when it is not after `start`.
        reading: Which schedule counts.

    Raises:
        ValueError: If there is no stretch.
    """
    if not stretches:
        message = "Business time needs at least one schedule."
        raise ValueError(message)
    if reading is Reading.LAST_SCHEDULE:
        in_force = [stretch for stretch in stretches if stretch.from_at < end] or stretches[:1]
        return in_force[-1].calendar.business_seconds(start, end)
    changes = [start, *(min(max(stretch.from_at, start), end) for stretch in stretches[1:]), end]
    return sum(
        stretch.calendar.business_seconds(begin, stop)
        for stretch, (begin, stop) in zip(stretches, pairwise(changes), strict=True)
    )


def _joined(intervals: Iterable[OpenInterval]) -> tuple[OpenInterval, ...]:
    joined: list[OpenInterval] = []
    for interval in sorted(intervals, key=lambda each: each.start):
        if interval.end <= interval.start:
            continue
        if joined and interval.start <= joined[-1].end:
            joined[-1] = OpenInterval(joined[-1].start, max(joined[-1].end, interval.end))
        else:
            joined.append(interval)
    return tuple(joined)


@lru_cache(maxsize=16_384)
def _instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """Return the instant in UTC at which a zone's clocks show a minute of a day."""
    wall = datetime(day.year, day.month, day.day) + timedelta(minutes=minute)  # noqa: DTZ001 - a wall-clock time
    earlier = wall.replace(tzinfo=zone).astimezone(UTC)
    if earlier.astimezone(zone).replace(tzinfo=None) == wall:
        return earlier
    later = earlier
    earlier = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    return _jump(earlier, later, zone)


def _jump(earlier: datetime, later: datetime, zone: ZoneInfo) -> datetime:
    """Return the second between two instants at which a zone's offset changes."""
    before = earlier.astimezone(zone).utcoffset()
    low, high = 0, int((later - earlier).total_seconds())
    while low < high:
        middle = (low + high) // 2
        if (earlier + timedelta(seconds=middle)).astimezone(zone).utcoffset() == before:
            low = middle + 1
        else:
            high = middle
    return earlier + timedelta(seconds=low)

"""Stretches of time that a trend is drawn in."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_MOST_DAYS: Final = 62
"""Up to here a trend is drawn by day: two months. Over more of them the weekend's dips hide everything else."""
_MOST_DAYS_BY_WEEK: Final = 430
_LEAST_WHOLE: Final = 3
"""Cut stretches are left out only where at least so many whole ones remain."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """One stretch of time.

    Attributes:
        key: As the metric query names it: a date, or "2016-01" for a month.
        start: First day within the period.
        end: First day after it, or after the period.
        is_whole: Whether the period has all of it, and it is over.
        is_running: Whether it is not over yet.
    """

    key: date | str
    start: date
    end: date
    is_whole: bool
    is_running: bool = False

    @property
    def last(self) -> date:
        """Last day."""
        return self.end - timedelta(days=1)


def grain_for(start: date, end: date) -> str:
    """Return "day", "week" or "month", so that a trend has enough points and not too many."""
    days = (end - start).days
    if days <= _MOST_DAYS:
        return "day"
    return "week" if days <= _MOST_DAYS_BY_WEEK else "month"


def coarser(grain: str) -> str:
    """Return the grain for what is rarer: medians and rates by day say little."""
    return {"day": "week", "week": "week"}.get(grain, "month")


def buckets(start: date, end: date, grain: str, today: date | None = None) -> tuple[Bucket, ...]:
    """Cut the days [start, end) into days, weeks from Monday, or months.

    Args:
        start: First day.
        end: First day after.
        grain: "day", "week" or "month".
        today: The day that is not over; None where all are. Days after it are left out, unless there are no others.
    """
    cut = []
    floor = _floor(start, grain)
    if today is not None and start <= today:
        end = min(end, today + timedelta(days=1))
    while floor < end:
        following = _following(floor, grain)
        key = f"{floor:%Y-%m}" if grain == "month" else floor
        is_running = today is not None and floor <= today < following
        is_whole = floor >= start and following <= end and not is_running
        cut.append(Bucket(key, max(floor, start), min(following, end), is_whole, is_running))
        floor = following
    return tuple(cut)


def drawn(cut: tuple[Bucket, ...]) -> tuple[Bucket, ...]:
    """Return the stretches the period does not cut, if a trend remains: half a week looks like a slump.

    The one under way is always among them, to be shown as what it is.
    """
    whole = tuple(bucket for bucket in cut if bucket.is_whole or bucket.is_running)
    return whole if sum(bucket.is_whole for bucket in whole) >= _LEAST_WHOLE else cut


def _floor(day: date, grain: str) -> date:
    if grain == "month":
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if grain == "week" else day


def _following(floor: date, grain: str) -> date:
    if grain == "month":
        return (floor + timedelta(days=31)).replace(day=1)
    return floor + timedelta(days=7 if grain == "week" else 1)

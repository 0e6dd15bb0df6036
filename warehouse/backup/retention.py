"""Decides which backups are kept: all recent ones, then one a week, then one a month."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Retention:
    """How long backups are kept.

    Attributes:
        days: Every backup younger than this many days is kept.
        weeks: The first backup of each ISO week is kept for this many weeks.
        months: The first backup of each month is kept for this many months, of 31 days each.
    """

    days: int = 30
    weeks: int = 12
    months: int = 12

    def kept(self, made: Iterable[datetime], now: datetime, time_zone: str) -> set[datetime]:
        """Return the backups that stay; the newest always stays.

        The first backup of a week or month is chosen, not the last: it remains the first when later ones are deleted.

        Args:
            made: When each complete backup was begun.
            now: With a time zone.
            time_zone: IANA name of the zone whose weeks and months are meant.
        """
        every = sorted(made)
        zone = ZoneInfo(time_zone)
        first_of_week: dict[tuple[int, int], datetime] = {}
        first_of_month: dict[tuple[int, int], datetime] = {}
        for moment in every:
            day = moment.astimezone(zone)
            first_of_week.setdefault(day.isocalendar()[:2], moment)
            first_of_month.setdefault((day.year, day.month), moment)
        return {
            *every[-1:],
            *_younger(every, now, timedelta(days=self.days)),
            *_younger(first_of_week.values(), now, timedelta(weeks=self.weeks)),
            *_younger(first_of_month.values(), now, timedelta(days=31 * self.months)),
        }


def _younger(made: Iterable[datetime], now: datetime, age: timedelta) -> list[datetime]:
    return [moment for moment in made if now - moment < age]

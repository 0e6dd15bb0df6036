"""Turns the dates and times of a file into instants. An ambiguous value is refused; nothing is assumed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from etl.importing.transforms.reasons import FieldError, Rule
from etl.importing.transforms.wall_time import DateOrder, parse_wall_time

_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_CACHE_SIZE: Final = 50_000


class Moment(NamedTuple):
    """One date or time of a file.

    Attributes:
        instant: In UTC; for a date, its first midnight in the reporting zone.
        is_date: Whether the file gave a date without a time of day.
        day: The calendar date as the file means it.
        text: The instant as PostgreSQL reads it.
    """

    instant: datetime
    is_date: bool
    day: date
    text: str


@dataclass(frozen=True, slots=True)
class InstantRules:
    """How a file writes its dates.

    Attributes:
        time_zone: Zone of times without an offset; None means not known.
        reporting_zone: A date is stored as midnight in this zone.
        formats: Formats that are tried first, as `parse_wall_time` takes them.
        date_order: What 03/04/2025 means; None means not known.
        is_date_only: Whether times of day are to be dropped, because the source has none.
        latest: What lies after it is in the future and cannot have happened; None allows any.
    """

    time_zone: ZoneInfo | None
    reporting_zone: ZoneInfo
    formats: tuple[str, ...] = ()
    date_order: DateOrder | None = None
    is_date_only: bool = False
    latest: datetime | None = None


class InstantReader:
    """Reads the dates of one file; remembers values, because many come again."""

    def __init__(self, rules: InstantRules) -> None:
        """Keep the rules."""
        self._rules = rules
        self._known: dict[str, Moment] = {}

    def read(self, text: str) -> Moment:
        """Return the moment that a value means; the value may not be blank.

        Raises:
            FieldError: If the value is no date, or ambiguous.
        """
        moment = self._known.get(text)
        if moment is None:
            moment = self._moment(text)
            if self._rules.latest is not None and moment.instant > self._rules.latest:
                raise FieldError(Rule.IN_FUTURE)
            if len(self._known) >= _CACHE_SIZE:
                self._known.clear()
            self._known[text] = moment
        return moment

    def after(self, moment: Moment, seconds: int) -> Moment:
        """Return the moment that lies so many seconds after another."""
        return _timed(moment.instant + timedelta(seconds=seconds))

    def of_date(self, day: date) -> Moment:
        """Return a calendar date as a moment."""
        midnight = datetime(day.year, day.month, day.day, tzinfo=self._rules.reporting_zone).astimezone(UTC)
        return Moment(midnight, True, day, midnight.isoformat())  # noqa: FBT003 - the field's name says it

    def is_midnight(self, moment: Moment) -> bool:
        """Say whether a moment is the beginning of a day, as the file means it."""
        zone = self._rules.time_zone or self._rules.reporting_zone
        return moment.is_date or moment.instant.astimezone(zone).time() == time.min

    def later_reading(self, moment: Moment) -> Moment:
        """Return the later instant of a wall-clock time that occurs twice, on the night the clocks go back."""
        zone = self._rules.time_zone
        if zone is None or moment.is_date:
            return moment
        return _timed(moment.instant.astimezone(zone).replace(fold=1))

    def _moment(self, text: str) -> Moment:
        value = parse_wall_time(text, self._rules.formats, self._rules.date_order)
        if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
            raise FieldError(Rule.DATE_OUT_OF_RANGE)
        if not isinstance(value, datetime):
            return self.of_date(value)
        if self._rules.is_date_only:
            return self.of_date(value.date())
        if value.tzinfo is None:
            if self._rules.time_zone is None:
                raise FieldError(Rule.NO_TIME_ZONE)
            return _timed(value.replace(tzinfo=self._rules.time_zone))
        return _timed(value.astimezone(self._rules.time_zone or self._rules.reporting_zone))


def _timed(value: datetime) -> Moment:
    """Return a time as a moment; its time zone is the one that the file means."""
    instant = value.astimezone(UTC)
    return Moment(instant, False, value.date(), instant.isoformat())  # noqa: FBT003 - the field's name says it

"""Turns the dates and times of a file into instants. An ambiguous value is refused; nothing is assumed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final, Literal, NamedTuple
from zoneinfo import ZoneInfo

from etl.importing.transforms.reasons import FieldError, Rule

DateOrder = Literal["dmy", "mdy"]
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_CENTURY_TURN: Final = 70
_NUMERIC: Final = re.compile(
    r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})"
    r"(?:[ T,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?:\s*([AaPp])\.?[Mm]\.?)?)?$"
)
_YEAR_FIRST: Final = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(.*)$")
_OFFSET: Final = re.compile(r"\s*(?:UTC|GMT|Z)$|\s+([+-]\d{2}):?(\d{2})$")
_WRITTEN: Final = tuple(
    f"{day}{clock}"
    for day in ("%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%d-%b-%Y", "%d-%b-%y", "%a, %d %b %Y")
    for clock in ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p", " %H:%M:%S %z")
)
_UNIX_DIGITS: Final = (9, 10)
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
        formats: `strptime` formats that are tried first; "unix" is seconds since 1970.
        date_order: What 03/04/2025 means; None means not known.
        is_date_only: Whether times of day are to be dropped, because the source has none.
    """

    time_zone: ZoneInfo | None
    reporting_zone: ZoneInfo
    formats: tuple[str, ...] = ()
    date_order: DateOrder | None = None
    is_date_only: bool = False


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
            if len(self._known) >= _CACHE_SIZE:
                self._known.clear()
            self._known[text] = moment
        return moment

    def of_date(self, day: date) -> Moment:
        """Return a calendar date as a moment."""
        midnight = datetime(day.year, day.month, day.day, tzinfo=self._rules.reporting_zone).astimezone(UTC)
        return Moment(midnight, True, day, midnight.isoformat())  # noqa: FBT003 - the field's name says it

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


def parse_wall_time(text: str, formats: Iterable[str] = (), date_order: DateOrder | None = None) -> date | datetime:
    """Return the date of a text, or its time, with an offset if the text has one.

    Args:
        text: Trimmed and not blank.
        formats: `strptime` formats tried first; "unix" is seconds since 1970.
        date_order: What 03/04/2025 means.

    Raises:
        FieldError: If the text is no date, or the order of its parts is not known.
    """
    for given in formats:
        value = _by_format(text, given)
        if value is not None:
            return value
    try:
        return datetime.fromisoformat(text) if ":" in text or "T" in text else date.fromisoformat(text)
    except ValueError:
        return _not_iso(text, date_order)


def _not_iso(text: str, date_order: DateOrder | None) -> date | datetime:
    if (match := _YEAR_FIRST.match(text)) is not None:
        year, month, day, rest = match.groups()
        return _iso_or_error(f"{year}-{month:0>2}-{day:0>2}{rest}")
    if (match := _OFFSET.search(text)) is not None and ":" in text[: match.start()]:
        offset = f"{match[1]}:{match[2]}" if match[1] else "+00:00"
        value = parse_wall_time(text[: match.start()], (), date_order)
        return _iso_or_error(f"{value.isoformat()}{offset}")
    return _written(text, date_order)


def _iso_or_error(text: str) -> date | datetime:
    try:
        return datetime.fromisoformat(text) if ":" in text else date.fromisoformat(text)
    except ValueError:
        raise FieldError(Rule.BAD_DATE) from None


def _written(text: str, date_order: DateOrder | None) -> date | datetime:
    match = _NUMERIC.match(text)
    if match is not None:
        return _numeric(match, date_order)
    for given in _WRITTEN:
        value = _by_format(text, given)
        if value is not None:
            return value
    raise FieldError(Rule.BAD_DATE)


def _numeric(match: re.Match[str], date_order: DateOrder | None) -> date | datetime:
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    order = date_order or numeric_order(first, second)
    if order is None:
        raise FieldError(Rule.BAD_DATE)
    day, month = (first, second) if order == "dmy" else (second, first)
    if len(match[3]) == 2:  # noqa: PLR2004 - digits of a short year
        year += 1900 if year >= _CENTURY_TURN else 2000
    try:
        if match[4] is None:
            return date(year, month, day)
        hour = _hour(int(match[4]), (match[7] or "").lower())
        return datetime(year, month, day, hour, int(match[5]), int(match[6] or 0))  # noqa: DTZ001 - the zone comes later
    except ValueError:
        raise FieldError(Rule.BAD_DATE) from None


def numeric_order(first: int, second: int) -> DateOrder | None:
    """Return the order of the two parts of a date; None if both orders are possible."""
    months = 12
    if first > months >= second:
        return "dmy"
    if second > months >= first:
        return "mdy"
    return "dmy" if first == second else None


def infer_date_order(texts: Iterable[str]) -> DateOrder | None:
    """Return the order of day and month that all dates of a column share; None if nothing shows it.

    Raises:
        FieldError: If some dates can only be day first and others only month first.
    """
    matches = [match for text in texts if (match := _NUMERIC.match(text)) is not None and match[1] != match[2]]
    orders = {order for match in matches if (order := numeric_order(int(match[1]), int(match[2])))}
    if len(orders) > 1:
        raise FieldError(Rule.BAD_DATE)
    return orders.pop() if orders else None


def has_numeric_dates(texts: Iterable[str]) -> bool:
    """Say whether any of the texts is a date in numbers, so that the order of day and month matters."""
    return any((match := _NUMERIC.match(text)) is not None and match[1] != match[2] for text in texts)


def _hour(hour: int, half: str) -> int:
    noon = 12
    if half and not 1 <= hour <= noon:
        raise ValueError(hour)
    return hour % noon + (noon if half == "p" else 0) if half else hour


def _by_format(text: str, given: str) -> date | datetime | None:
    if given == "unix":
        seconds = text.removesuffix(".0")
        is_number = seconds.isdecimal() and len(seconds) in _UNIX_DIGITS
        return datetime.fromtimestamp(0, UTC) + timedelta(seconds=int(seconds)) if is_number else None
    try:
        value = datetime.strptime(text, given)  # noqa: DTZ007 - the zone comes later
    except ValueError:
        return None
    has_time = any(part in given for part in ("%H", "%I", "%c", "%X", "%T", "%R"))
    return value if has_time else value.date()

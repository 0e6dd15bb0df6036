"""Days of the week and hours of a day, as they are typed."""

from collections.abc import Sequence
from typing import Final

from analytics.errors import ErrorKind, SupportAnalyticsError
from analytics.time_units import DAY_MINUTES, HOUR_MINUTES, WEEK_DAYS
from etl.marts.weekly_hours import WEEKDAYS, Hours

_CLOSED: Final = "closed"


class BadWeeklyHoursError(SupportAnalyticsError):
    """Days or hours of a week that cannot be used."""

    kind = ErrorKind.INVALID

    def __init__(self, word: str) -> None:
        """Quote the word, and say how to write days and hours."""
        super().__init__(
            f"{word!r} cannot be understood here.",
            "Write days, then hours: mon-fri 09:00-12:00 13:00-17:00, or sat,sun closed. All day is 00:00-24:00.",
        )


def minute_of_day(text: str) -> int | None:
    """Return the minute of the day of a time such as 09:00, None for anything else; until 23:59 is until midnight."""
    hour, colon, minute = text.partition(":")
    if not (colon and hour.isascii() and hour.isdecimal() and minute.isascii() and minute.isdecimal()):
        return None
    found = int(hour[:3]) * HOUR_MINUTES + int(minute[:3])
    if int(minute[:3]) >= HOUR_MINUTES or found > DAY_MINUTES:
        return None
    return DAY_MINUTES if found == DAY_MINUTES - 1 else found


def weekdays_of(text: str) -> frozenset[int]:
    """Return the weekdays of a text such as ``mon-fri`` or ``sat,sun``; 0 is Monday.

    Raises:
        BadWeeklyHoursError: If it names something else.
    """
    found: set[int] = set()
    for part in text.split(","):
        first, dash, last = part.partition("-")
        begin = _weekday(first, text)
        length = (_weekday(last, text) - begin) % WEEK_DAYS if dash else 0
        found.update((begin + step) % WEEK_DAYS for step in range(length + 1))
    return frozenset(found)


def hours_of(words: Sequence[str], days: str) -> tuple[Hours, ...]:
    """Return the hours of words such as ``09:00-12:00 13:00-17:00``; of ``closed`` there are none.

    Hours that end at or before their beginning run past midnight.

    Args:
        words: What was typed.
        days: The days that were typed before, for the error if there are no words.

    Raises:
        BadWeeklyHoursError: If a word is something else.
    """
    if not words:
        raise BadWeeklyHoursError(days)
    if [word.lower() for word in words] == [_CLOSED]:
        return ()
    return tuple(sorted(_window(word) for word in words))


def _weekday(text: str, word: str) -> int:
    """Return the weekday of its name or of the first three letters of it.

    Raises:
        BadWeeklyHoursError: If it is none.
    """
    for number, name in enumerate(WEEKDAYS):
        if text.lower() in {name.lower(), name[:3].lower()}:
            return number
    raise BadWeeklyHoursError(word)


def _window(word: str) -> Hours:
    """Return the hours of one word.

    Raises:
        BadWeeklyHoursError: If it is none, or its end is its beginning.
    """
    first, _, last = word.partition("-")
    opens, closes = minute_of_day(first), minute_of_day(last)
    if opens is None or closes is None or opens in {closes, DAY_MINUTES}:
        raise BadWeeklyHoursError(word)
    return opens, closes if closes > opens else closes + DAY_MINUTES

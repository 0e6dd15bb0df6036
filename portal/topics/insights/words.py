"""Numbers and days as the insights write them, where that is not as the rest of the portal does."""

from datetime import date
from typing import Final

from portal.numbers.phrasing import SPACE, THIN, percent

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_HALVES: Final = 2 * len(_MONTHS)
_HOUR: Final = 60
_TWO_DAYS: Final = 48 * 60
_DAY: Final = 24 * 60
_TIMES: Final = 2.0
"""From here on a ratio is told in times: "131 % more" is hard to picture, and one decimal is enough."""


def is_told_in_times(ratio: float) -> bool:
    """Say whether a ratio is told in times, and not in per cent."""
    return ratio >= _TIMES


def change(ratio: float) -> str:
    """Return a ratio as more or fewer: 1.45 is "45 % more", 0.8 is "20 % fewer", 2.31 is "2.3 times as many"."""
    if is_told_in_times(ratio):
        return f"{ratio:.1f} times as many"
    return f"{percent(abs(ratio - 1))} {'more' if ratio >= 1 else 'fewer'}"


def change_range(low: float, high: float) -> str:
    """Return the interval of a ratio in the words of `change`: "38 to 52 %", "1.9 to 2.4 times"."""
    if is_told_in_times(max(low, high)):
        return f"{low:.1f} to {high:.1f} times"
    ends = sorted(round(100 * abs(end - 1)) for end in (low, high))
    return f"{ends[0]} to {ends[1]}{THIN}%"


def duration(minutes: float, *, in_days: bool = False) -> str:
    """Return a typical duration, always to the same decimal: "41 min", "2.1 h", "3.0 days".

    Args:
        minutes: The duration.
        in_days: Whether only whole days are known, so that "0.4 days" claims no hours.
    """
    if in_days:
        return f"{minutes / _DAY:.1f}{SPACE}days"
    if round(minutes) < _HOUR:
        return f"{round(minutes)}{SPACE}min"
    if minutes < _TWO_DAYS:
        return f"{minutes / _HOUR:.1f}{SPACE}h"
    return f"{minutes / _DAY:.1f}{SPACE}days"


def times(low: float, high: float) -> str:
    """Return the interval of a ratio: "2.2 to 2.4"."""
    return f"{low:.1f} to {high:.1f}" if is_told_in_times(high) else f"{low:.2f} to {high:.2f}"


def day(value: date) -> str:
    """Return a date: "3 February 2026"."""
    return f"{value.day}{SPACE}{_MONTHS[value.month - 1]} {value.year}"


def days(first: date, last: date) -> str:
    """Return a day, or a span of days: "3 February 2026", "3 to 5 February 2026"."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day(last)}"
    return f"{first.day}{SPACE}{_MONTHS[first.month - 1]} to {day(last)}"


def window(start: int, length: int) -> str:
    """Return a time of the year: "January and February", "16 November to 15 December", "the first half of July".

    Args:
        start: Its first half of a month: 0 is 1 to 15 January, 23 is 16 to 31 December.
        length: How many halves it has.
    """
    last = (start + length - 1) % _HALVES
    first_month, last_month = _MONTHS[start // 2], _MONTHS[last // 2]
    if length == 1:
        return f"the {'second' if start % 2 else 'first'} half of {first_month}"
    if _is_whole_months(start, length):
        if length == 2:  # noqa: PLR2004 - two halves are a month
            return first_month
        joint = " and " if is_two_months(start, length) else " to "
        return f"{first_month}{joint}{last_month}"
    begin = f"{16 if start % 2 else 1}{SPACE}{first_month}"
    # The 15th, or the end of the month.
    return f"{begin} to {'the end of ' if last % 2 else f'15{SPACE}'}{last_month}"


def is_two_months(start: int, length: int) -> bool:
    """Say whether a time of the year is two whole months, which are told as "this and that"."""
    return _is_whole_months(start, length) and length == 4  # noqa: PLR2004 - four halves are two months


def _is_whole_months(start: int, length: int) -> bool:
    return start % 2 == 0 and length % 2 == 0


def sentence(text: str) -> str:
    """Return a text with a capital letter at its start."""
    return text[:1].upper() + text[1:]


def plural_of(slug: str) -> str:
    """Return the plural of a customer type as it begins a sentence: "library" is "Libraries"."""
    word = slug.replace("_", " ")
    ending = "ies" if word.endswith("y") else "es" if word.endswith(("s", "x")) else "s"
    return sentence(f"{word.removesuffix('y')}{ending}")

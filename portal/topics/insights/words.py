"""Numbers and days as the insights write them, where that is not as the rest of the portal does."""

from datetime import date
from typing import Final

from portal.numbers.phrasing import SPACE, THIN, percent

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
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
    """Return a day, or a span of days: "3 February 2026", "3 to 5 February 2026", also over the turn of the year."""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day(last)}"
    if first.year != last.year:
        return f"{day(first)} to {day(last)}"
    return f"{first.day}{SPACE}{_MONTHS[first.month - 1]} to {day(last)}"


def dates_of_a_year(first: date, last: date) -> str:
    """Return a time of any year: "from 16 January to 15 February", "from 10 to 25 May"."""
    start = str(first.day) if first.month == last.month else f"{first.day}{SPACE}{_MONTHS[first.month - 1]}"
    return f"from {start} to {last.day}{SPACE}{_MONTHS[last.month - 1]}"


def sentence(text: str) -> str:
    """Return a text with a capital letter at its start."""
    return text[:1].upper() + text[1:]


def plural_of(slug: str) -> str:
    """Return the plural of a customer type as it begins a sentence: "library" is "Libraries"."""
    word = slug.replace("_", " ")
    ending = "ies" if word.endswith("y") else "es" if word.endswith(("s", "x")) else "s"
    return sentence(f"{word.removesuffix('y')}{ending}")

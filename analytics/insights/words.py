"""Numbers as the sentences of findings write them: rounded, with their unit."""

from datetime import date
from typing import Final

from analytics.calendar_design import HALVES, Window

THIN: Final = "\u202f"
SPACE: Final = "\u00a0"
MINUS: Final = "\u2212"
_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_HOUR: Final = 60
_TWO_DAYS: Final = 48 * 60
_DAY: Final = 24 * 60


def count(value: float) -> str:
    """Return a whole number with its thousands separated: "2,891"."""
    return f"{round(value):,}"


def plural(value: float, noun: str, nouns: str = "") -> str:
    """Return a count with its noun: "1 ticket", "2,891 tickets"."""
    return f"{count(value)} {noun if round(value) == 1 else nouns or f'{noun}s'}"


def percent(share: float) -> str:
    """Return a share in whole per cent: "34 %"."""
    return f"{100 * share:.0f}{THIN}%"


def change(ratio: float) -> str:
    """Return a ratio in words: 1.45 is "45 % more", 0.8 is "20 % fewer", 2.31 is "2.3 times as many"."""
    if ratio >= 2:  # noqa: PLR2004 - "131 % more" is hard to picture
        return f"{ratio:.1f} times as many"
    return f"{percent(abs(ratio - 1))} {'more' if ratio >= 1 else 'fewer'}"


def change_range(low: float, high: float) -> str:
    """Return the interval of a ratio in the unit that `change` uses: "38 to 52 %", "1.9 to 2.4 times"."""
    if max(low, high) >= 2:  # noqa: PLR2004 - the same limit as in change
        return f"{low:.1f} to {high:.1f} times"
    ends = sorted(round(100 * abs(end - 1)) for end in (low, high))
    return f"{ends[0]} to {ends[1]}{THIN}%"


def duration(minutes: float) -> str:
    """Return a duration in the unit a person would choose: "41 min", "2.1 h", "3.4 days"."""
    if round(minutes) < _HOUR:
        return f"{round(minutes)}{SPACE}min"
    if minutes < _TWO_DAYS:
        return f"{minutes / _HOUR:.1f}{SPACE}h"
    return f"{minutes / _DAY:.1f}{SPACE}days"


def times(low: float, high: float) -> str:
    """Return the interval of a ratio: "2.2 to 2.4"."""
    return f"{low:.1f} to {high:.1f}" if high >= 2 else f"{low:.2f} to {high:.2f}"  # noqa: PLR2004 - from 2 on one decimal is enough


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


def window(chosen: Window) -> str:
    """Return a time of the year: "January and February", "16 November to 15 December", "the first half of July"."""
    last = (chosen.start + chosen.length - 1) % HALVES
    first_month, last_month = _MONTHS[chosen.start // 2], _MONTHS[last // 2]
    if chosen.length == 1:
        return f"the {'second' if chosen.start % 2 else 'first'} half of {first_month}"
    if chosen.start % 2 == 0 and last % 2 == 1:
        if chosen.length == 2:  # noqa: PLR2004 - two halves are a month
            return first_month
        joint = " and " if chosen.length == 4 else " to "  # noqa: PLR2004 - four halves are two months
        return f"{first_month}{joint}{last_month}"
    start = f"{16 if chosen.start % 2 else 1}{SPACE}{first_month}"
    # A window ends on the 15th, or at the end of a month.
    return f"{start} to {'the end of ' if last % 2 else f'15{SPACE}'}{last_month}"


def sentence(text: str) -> str:
    """Return a text with a capital letter at its start."""
    return text[:1].upper() + text[1:]

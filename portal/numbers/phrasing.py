"""Numbers as a support manager reads them: rounded to what is known, always with their unit."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from analytics.metrics import Better
from analytics.time_units import DAY_MINUTES, HOUR_MINUTES

THIN: Final = "\u202f"
"""Narrow space that does not break, before the per-cent sign."""
SPACE: Final = "\u00a0"
"""Space that does not break, between a number and its unit."""
MINUS: Final = "\u2212"
DASH: Final = "\u2013"
NOTHING: Final = "\u2014"
"""Stands where there is no number."""
NOT_KNOWN: Final = "Not known from this source."
"""Says why, where no ticket of the source carries what the number needs."""

_ENOUGH_FOR_A_DECIMAL: Final = 1000
_TEN: Final = 9.95
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PLURALS: Final = {
    "day": "days",
    "reply": "replies",
    "first reply": "first replies",
    "next reply": "next replies",
    "category": "categories",
    "person": "people",
    "has": "have",
    "is": "are",
    "was": "were",
}


_VERBS: Final = frozenset({"has", "is", "was"})


class Tone(StrEnum):
    """Whether a change is good news, for this metric."""

    GOOD = "good"
    BAD = "bad"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True)
class Change:
    """A change in words.

    Attributes:
        text: Signed, with its unit, such as "-9 min"; "no change" when it rounds to nothing.
        tone: Whether it is good news.
    """

    text: str
    tone: Tone


def in_sentence(name: str) -> str:
    """Return a name as it stands within a sentence: its first letter small, unless it is an abbreviation."""
    first = name.partition(" ")[0]
    return name if first[1:] != first[1:].lower() else f"{name[:1].lower()}{name[1:]}"


def count(value: float) -> str:
    """Return a whole number with its thousands apart: "2,891"."""
    return f"{round(value):,}".replace("-", MINUS)


def plural(value: float, noun: str) -> str:
    """Return a count with its noun: "1 ticket", "2,891 tickets"."""
    return f"{count(value)} {noun if round(value) == 1 else plural_of(noun)}"


def plural_of(noun: str) -> str:
    """Return the plural of a noun, or of the verb that follows one."""
    return _PLURALS.get(noun, f"{noun}s")


class Counted(int):
    """A count in a listed sentence: "{tickets:ticket}" is "1 ticket" or "7 tickets", "{tickets:is}" its verb."""

    def __format__(self, noun: str, /) -> str:
        """Return the count; with its noun, or the form of a verb alone, where one is named."""
        if not noun:
            return count(self)
        if noun in _VERBS:
            return noun if self == 1 else plural_of(noun)
        return plural(self, noun)


def percent(share: float, n: int = 0) -> str:
    """Return a share as a percentage, to one decimal only when it is computed over a thousand or more."""
    decimals = 1 if n >= _ENOUGH_FOR_A_DECIMAL and 0 < share < 1 else 0
    return f"{100 * share:.{decimals}f}{THIN}%"


def duration(value: float, unit: str = "minutes") -> str:
    """Return a duration in the unit a person would choose: "41 min", "2.1 h", "3.4 days".

    Args:
        value: How long.
        unit: "minutes"; or "days" when the tickets behind it have dates without a time.
    """
    if unit == "days":
        return _days(value)
    if round(value) < HOUR_MINUTES:
        return f"under 1{SPACE}min" if 0 < value < 1 else f"{round(value)}{SPACE}min"
    hours = value / HOUR_MINUTES
    if hours < 47.95:  # noqa: PLR2004 - what would read as 48.0 h reads as 2 days
        return f"{hours:.1f}{SPACE}h"
    return _days(value / DAY_MINUTES)


def _days(value: float) -> str:
    text = _trimmed(value, 1) if abs(value) < _TEN else count(value)
    return f"{text}{SPACE}{'day' if text == '1' else 'days'}"


def _trimmed(value: float, decimals: int) -> str:
    text = f"{abs(value):.{decimals}f}"
    trimmed = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{MINUS}{trimmed}" if value < 0 and trimmed != "0" else trimmed


def amount(value: float | None, unit: str, n: int = 0) -> str:
    """Return a metric's value in its unit; a dash when there is none."""
    if value is None:
        return NOTHING
    if unit in {"minutes", "days"}:
        return duration(value, unit)
    if unit == "share":
        return percent(value, n)
    if unit in {"rating", "contacts", "updates"}:
        return f"{value:.1f}"
    return count(value)


def change(
    value: float | None, before: float | None, unit: str, better: Better, n: int = 0, *, is_level: bool = False
) -> Change:
    """Return what changed between two periods, in the metric's own unit; counts as a percentage of before.

    Args:
        value: The number now.
        before: The number it is compared with.
        unit: Of both.
        better: Which direction is good news.
        n: The smaller n of the two, which decides how many decimals a share has.
        is_level: Whether the number is a level at a moment, such as the backlog; its change is given as a count.
    """
    if value is None or before is None:
        return Change("nothing to compare", Tone.NEUTRAL)
    text = signed(count(value - before), "") if is_level else _change_text(value, before, unit, n)
    if not text:
        return Change("no change", Tone.NEUTRAL)
    return Change(text, tone_of(value - before, better))


def _change_text(value: float, before: float, unit: str, n: int) -> str:
    if unit in {"minutes", "days"}:
        return _duration_change(value, before, unit)
    if unit == "share":
        return signed(_trimmed(100 * (value - before), 1 if n >= _ENOUGH_FOR_A_DECIMAL else 0), "pt")
    if unit in {"rating", "contacts", "updates"}:
        return signed(_trimmed(value - before, 1), "")
    return relative(value, before)


def _duration_change(value: float, before: float, unit: str) -> str:
    """Return the difference in the unit that the larger of the two is shown in; in minutes where those say more.

    Beside 54 min a change from 1.0 h is told as 7 min, not as 0.1 h.
    """
    difference, larger = value - before, max(value, before)
    shown = max(abs(difference), min(value, before))
    if unit == "minutes" and (round(larger) < HOUR_MINUTES or round(shown) < HOUR_MINUTES):
        return signed(_trimmed(difference, 0), "min")
    if unit == "minutes" and larger / HOUR_MINUTES < 47.95:  # noqa: PLR2004 - as in duration
        text = f"{difference / HOUR_MINUTES:.1f}".replace("-", MINUS)
        return signed("0" if text in {"0.0", f"{MINUS}0.0"} else text, "h")
    days = difference if unit == "days" else difference / DAY_MINUTES
    text = _trimmed(days, 1 if abs(days) < _TEN else 0)
    return signed(text, "day" if text.lstrip(MINUS) == "1" else "days")


def relative(value: float, before: float) -> str:
    """Return a signed percentage of before; the plain difference when before is nothing; "" for no change."""
    if before == 0:
        return signed(count(value), "")
    share = value / before - 1
    if abs(share) >= 10:  # noqa: PLR2004 - "+4,310 %" says less than "44 times"
        return f"{count(value / before)} times"
    return signed(_trimmed(100 * share, 0), "%")


def signed(number: str, unit: str) -> str:
    """Return a number with its sign and unit; "" when it is zero."""
    if number == "0":
        return ""
    space = "" if not unit else THIN if unit == "%" else SPACE
    return f"{'' if number.startswith(MINUS) else '+'}{number}{space}{unit}"


def tone_of(difference: float, better: Better) -> Tone:
    """Return whether a difference is good news."""
    if better is Better.NEITHER or difference == 0:
        return Tone.NEUTRAL
    return Tone.GOOD if (difference < 0) == (better is Better.LOWER) else Tone.BAD


def day(value: date, *, with_year: bool = False) -> str:
    """Return a date without a leading zero: "3 Feb", "3 Feb 2026"."""
    return f"{value.day}{SPACE}{value:%b}" + (f"{SPACE}{value.year}" if with_year else "")


def weekday_day(value: date) -> str:
    """Return a date with its weekday: "Mon 3 Feb"."""
    return f"{value:%a}{SPACE}{day(value)}"


def days_between(first: date, last: date, *, with_year: bool = False) -> str:
    """Return a span of days, both included: "3 to 9 Feb", "27 Jan to 2 Feb", and "3 Feb" for one day.

    Args:
        first: First day.
        last: Last day.
        with_year: Whether the year is not plain from what stands beside it; two years are always named.
    """
    if first == last:
        return day(first, with_year=with_year)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day(last, with_year=with_year)}"
    differ = first.year != last.year
    return f"{day(first, with_year=differ)} to {day(last, with_year=differ or with_year)}"


def stretch(first: date, last: date, grain: str) -> str:
    """Return the words for a stretch of time: "Mon 3 Feb", "3 to 9 Feb", "Feb 2026"; for grain "date" its first day."""
    if grain == "day":
        return weekday_day(first)
    if grain == "date":
        return day(first)
    if grain == "week":
        return days_between(first, last)
    return f"{first:%b}{SPACE}{first.year}"


def hour(value: int) -> str:
    """Return an hour of the day: "09:00"."""
    return f"{value:02d}:00"


def listed(words: tuple[str, ...]) -> str:
    """Join words as a person would: "a, b and c"."""
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def prettified(slug: str | None) -> str:
    """Return a readable name of a stored value that has none of its own: "book_order" reads "Book order"."""
    if slug is None:
        return "Not set"
    words = slug.replace("_", " ").strip() if "_" in slug or slug.islower() else slug.strip()
    return words[:1].upper() + words[1:] if words else "Not set"

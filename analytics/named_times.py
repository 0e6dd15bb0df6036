"""Times of the year that have a name: those that move through the year, and what falls into a season that was found."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

import holidays
import numpy as np

from analytics.calendar_design import Days, Flags, Window
from analytics.vocabulary import EVENT_TIME, MOVING_TIMES

_EASTER: Final = "easter"
_BLACK_FRIDAY: Final = "black_friday"
_WEEK: Final = 7
_ALIKE: Final = 0.6
_NORTH: Final = ("GB", "IE", "FR", "BE", "IT", "PT", "PL", "CZ")
_SOUTHERN_AFRICA: Final = ("ZA", "BW", "NA", "ZW", "LS", "SZ")
_NAMES: Final[tuple[tuple[str, Window, tuple[str, ...]], ...]] = (
    ("christmas", Window.between((12, 16), (12, 31)), ()),
    ("turn_of_the_year", Window.between((12, 20), (1, 6)), ()),
    ("school_year_start", Window.between((1, 8), (2, 15)), _SOUTHERN_AFRICA),
    ("school_year_start", Window.between((1, 25), (2, 25)), ("AU", "NZ")),
    ("school_year_start", Window.between((8, 10), (9, 15)), ("US", "CA")),
    ("school_year_start", Window.between((8, 25), (9, 25)), _NORTH),
    ("school_year_start", Window.between((4, 1), (4, 20)), ("JP",)),
    ("summer_holidays", Window.between((12, 10), (1, 12)), _SOUTHERN_AFRICA),
    ("summer_holidays", Window.between((12, 18), (1, 31)), ("AU", "NZ")),
    ("summer_holidays", Window.between((6, 10), (8, 20)), ("US", "CA")),
    ("summer_holidays", Window.between((7, 10), (8, 31)), _NORTH),
)
"""Slug, about when it is, and the countries where it is then; none means everywhere."""


def name_of(window: Window, countries: Collection[str]) -> str:
    """Return the slug of what most nearly falls into a window; "" where nothing with a name does.

    Args:
        window: The dates of a season.
        countries: ISO codes of the desk's countries.
    """
    fitting = [
        (window.likeness(about), name)
        for name, about, where in _NAMES
        if not where or not set(where).isdisjoint(code[:2] for code in countries)
    ]
    likeness, name = max(fitting)
    return name if likeness >= _ALIKE else ""


def moving_times(days: Days, events: Iterable[tuple[str, date, date]] = ()) -> dict[str, Flags]:
    """Return which days belong to each time that moves through the year, by its slug.

    Args:
        days: Consecutive days.
        events: Name, first and last day of what the desk itself has named. What it named in one year only is left out.
    """
    first, last = (date.fromisoformat(str(day)) for day in (days[0], days[-1]))
    found = {name: _flags(days, occurrences(name, first.year - 1, last.year)) for name in MOVING_TIMES}
    of_desk: dict[str, list[tuple[date, date]]] = {}
    for name, start, end in events:
        of_desk.setdefault(f"{EVENT_TIME}{name}", []).append((start, end))
    several = {name: spans for name, spans in of_desk.items() if len({start.year for start, _ in spans}) > 1}
    return found | {name: _flags(days, spans) for name, spans in several.items()}


def _flags(days: Days, spans: Iterable[tuple[date, date]]) -> Flags:
    inside = np.zeros(days.size, dtype=np.bool_)
    for first, last in spans:
        inside |= (days >= np.datetime64(first, "D")) & (days <= np.datetime64(last, "D"))
    return inside


@lru_cache(maxsize=32)
def occurrences(name: str, first_year: int, last_year: int) -> tuple[tuple[date, date], ...]:
    """Return the first and last day of each time that a moving time of the year begins in some years, in order.

    Easter is the week before Easter Sunday and the week after; Black Friday is its week, from Monday to the Monday
    after.

    Args:
        name: One of `MOVING_TIMES`.
        first_year: The first year.
        last_year: The last year, included.
    """
    years = range(first_year, last_year + 1)
    if name == _BLACK_FRIDAY:
        return tuple(_around_black_friday(year) for year in years)
    if name == _EASTER:
        fridays = _days_called("Good Friday", "GB", years)
        return tuple((friday - timedelta(days=5), friday + timedelta(days=9)) for friday in fridays)
    starts = _days_called("First Day of Ramadan", "MV", years)
    ends = _days_called("Eid al-Fitr", "MV", range(first_year, last_year + 2))
    return tuple((start, min(end for end in ends if end > start) - timedelta(days=1)) for start in starts)


def _around_black_friday(year: int) -> tuple[date, date]:
    first = date(year, 11, 1)
    thanksgiving = first + timedelta(days=(3 - first.weekday()) % _WEEK + 3 * _WEEK)
    return thanksgiving - timedelta(days=3), thanksgiving + timedelta(days=4)


def _days_called(name: str, country: str, years: Iterable[int]) -> list[date]:
    found: Mapping[date, str] = holidays.country_holidays(country, years=years, language=_LANGUAGE.get(country))
    return sorted(day for day, called in found.items() if called.partition(" (")[0] == name)


_LANGUAGE: Final = {"MV": "en_US"}

"""Days that are not like others: public holidays by country, and the desk's own events."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Final

import holidays
import numpy as np

from analytics.forecasting.errors import ForecastInputError
from analytics.forecasting.series import DayArray
from analytics.vocabulary import LONGEST_EVENT_DAYS

_ENGLISH: Final = ("en_US", "en_GB", "en_ZA", "en")
_EXAMPLE_COUNT: Final = 8
"""So many subdivisions are named where an unknown one was given."""
_MARKED: Final = re.compile(r" \((?:observed|estimated|observed, estimated)\)$")
"""What the library adds to the name of a holiday that is kept on another day, or whose day is not certain."""
_ISO_PART: Final = re.compile(r"[A-Z0-9]{1,3}")
"""The second part of an ISO 3166-2 code; the library also has names such as "Augsburg", which are none."""


@dataclass(frozen=True, slots=True)
class DeskEvent:
    """Days that a manager marks as unlike others: a term, a campaign, a move.

    Attributes:
        name: An event that recurs has the same name every time, so that its effect is learnt from earlier times.
        first_date: Its first day.
        last_date: Its last day.
        expected_change: What the event is expected to add until it can be learnt, as a share (0.2 is a fifth more);
            None for nothing.
    """

    name: str
    first_date: date
    last_date: date
    expected_change: float | None = None

    @property
    def days(self) -> DayArray:
        """The event's days."""
        return np.arange(np.datetime64(self.first_date, "D"), np.datetime64(self.last_date, "D") + 1)


@dataclass(frozen=True, slots=True)
class EventCalendar:
    """Named days.

    Attributes:
        days_by_name: Name -> its days, in order.
        expected_changes: Name -> change that a manager expects, as a share.
        own_names: Names of the desk's own events; the others are public holidays.
    """

    days_by_name: Mapping[str, DayArray] = field(default_factory=dict)
    expected_changes: Mapping[str, float] = field(default_factory=dict)
    own_names: frozenset[str] = frozenset()

    @property
    def holidays(self) -> DayArray:
        """Every public holiday, in order."""
        days = [days for name, days in self.days_by_name.items() if name not in self.own_names]
        return np.unique(np.concatenate([np.array([], dtype="datetime64[D]"), *days]))

    def with_events(self, events: Sequence[DeskEvent]) -> "EventCalendar":
        """Return the calendar with the desk's events added; a name that is there already gets more days.

        Raises:
            ForecastInputError: If an event ends before it begins or is longer than a year.
        """
        days, changes = dict(self.days_by_name), dict(self.expected_changes)
        for event in events:
            if not 0 <= (event.last_date - event.first_date).days < LONGEST_EVENT_DAYS:
                message = "An event of the calendar ends before it begins, or is longer than a year."
                raise ForecastInputError(message)
            days[event.name] = np.union1d(days.get(event.name, event.days), event.days)
            if event.expected_change is not None:
                changes[event.name] = event.expected_change
        return EventCalendar(days, changes, self.own_names | {event.name for event in events})


NO_EVENTS: Final = EventCalendar()


def country_calendar(country: str | None, first_year: int, last_year: int) -> EventCalendar:
    """Return a country's public holidays; an empty calendar when there is no country.

    Args:
        country: ISO 3166 code such as "ZA" or "BW".
        first_year: First year.
        last_year: Last year, included.

    Raises:
        ForecastInputError: If the country is not known.
    """
    if country is None:
        return NO_EVENTS
    if country not in supported_countries():
        message = "Nothing is known of the holidays of that country."
        raise ForecastInputError(message, "Give its two letters, for example ZA, BW or US.")
    return _country_calendar(country, None, first_year, last_year)


def region_calendar(region: str, first_year: int, last_year: int) -> EventCalendar:
    """Return the public holidays of a country or of one of its subdivisions, those of the whole country among them.

    Args:
        region: ISO 3166 code of a country such as "GB", or ISO 3166-2 code of a subdivision such as "GB-ENG".
        first_year: First year.
        last_year: Last year, included.

    Raises:
        ForecastInputError: If the country or the subdivision is not known.
    """
    country, dash, subdivision = region.partition("-")
    if not dash:
        return country_calendar(region, first_year, last_year)
    known = supported_subdivisions(country)
    if subdivision not in known:
        message = f"Nothing is known of the holidays of {region!r}."
        examples = ", ".join(f"{country}-{each}" for each in known[:_EXAMPLE_COUNT])
        raise ForecastInputError(
            message, f"Known are, for example, {examples}." if known else "Give a country, such as ZA or GB."
        )
    return _country_calendar(country, subdivision, first_year, last_year)


@lru_cache(maxsize=256)
def _country_calendar(country: str, subdivision: str | None, first_year: int, last_year: int) -> EventCalendar:
    kind = getattr(holidays, country)
    languages = getattr(kind, "supported_languages", ()) or ()
    language = next((each for each in _ENGLISH if each in languages), None)
    years = range(first_year, last_year + 1)
    found = holidays.country_holidays(country, subdivision, years=years, language=language)
    days: dict[str, set[np.datetime64]] = {}
    for day, names in found.items():
        for name in names.split("; "):
            days.setdefault(_MARKED.sub("", name), set()).add(np.datetime64(day, "D"))
    return EventCalendar({name: np.array(sorted(each)) for name, each in sorted(days.items())})


@lru_cache(maxsize=1)
def supported_countries() -> frozenset[str]:
    """Return the codes of the countries whose holidays are known."""
    return frozenset(holidays.list_supported_countries(include_aliases=False))


def supported_subdivisions(country: str) -> tuple[str, ...]:
    """Return the subdivisions of a country whose holidays are known, by the second part of their ISO 3166-2 codes.

    Args:
        country: ISO 3166 code; nothing is known of an unknown one.
    """
    known = holidays.list_supported_countries(include_aliases=False).get(country, [])
    return tuple(each for each in known if _ISO_PART.fullmatch(each))

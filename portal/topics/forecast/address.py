"""What the Forecast page is asked for, all of it in the address.

Example:
    `?series=category=book_order&add=20&add_from=2026-03-02&add_to=2026-03-15` is book orders, if a campaign brought a
    fifth more in those two weeks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from urllib.parse import urlencode

from analytics import pages
from analytics.vocabulary import TOTAL_SERIES
from portal.numbers.dates import UnusableDatesError, read_dates
from portal.numbers.parameters import parameters

PATH: Final = pages.FORECAST
MOST_PERCENT: Final = 500
_LONGEST_KEY: Final = 300
_LONGEST_SHOWN: Final = 20
_EVER: Final = (date.min, date.max)


@dataclass(frozen=True, slots=True)
class ForecastChoice:
    """Which series, and what if.

    Attributes:
        series_key: `total`, or `dimension=value`.
        add_percent: What is added to the days below, per cent; 0 is nothing.
        add_from: First day of it; None is the first day ahead.
        add_to: Last day of it; None is four weeks ahead.
        problem: What is wrong with the dates, naming the field to change; "" for nothing.
        carried: Parameters that carry the reader's filters on to the next page.
    """

    series_key: str = TOTAL_SERIES
    add_percent: int = 0
    add_from: date | None = None
    add_to: date | None = None
    problem: str = ""
    carried: Mapping[str, str] = field(default_factory=dict)

    def href(self, series_key: str) -> str:
        """Return the page of another series, with the same what-if."""
        pairs = {} if series_key == TOTAL_SERIES else {"series": series_key}
        if self.add_percent:
            pairs["add"] = str(self.add_percent)
            pairs |= {"add_from": str(self.add_from)} if self.add_from else {}
            pairs |= {"add_to": str(self.add_to)} if self.add_to else {}
        pairs |= self.carried
        return f"{PATH}?{urlencode(pairs)}" if pairs else PATH


def read_choice(search: str) -> ForecastChoice:
    """Read an address; what cannot be used is left out, and dates that are no span are said."""
    pairs = parameters(search)
    key = pairs.get("series", TOTAL_SERIES)
    if "\x00" in key or len(key) > _LONGEST_KEY:
        key = TOTAL_SERIES
    try:
        first, last = read_dates(pairs.get("add_from", ""), pairs.get("add_to", ""), _EVER, names=("From", "To"))
    except UnusableDatesError as error:
        return ForecastChoice(key, problem=str(error))
    add_from = None if first == _EVER[0] else first
    percent, problem = _percent(pairs.get("add", ""))
    return ForecastChoice(key, percent, add_from, None if last == _EVER[1] else last, problem)


def _percent(text: str) -> tuple[int, str]:
    """Return the change and no problem; or none, and what is wrong with it."""
    try:
        value = int(text or "0")
    except ValueError:
        value = MOST_PERCENT + 1
    if -100 <= value <= MOST_PERCENT:  # noqa: PLR2004 - more than all cannot stay away
        return value, ""
    return 0, f"“Change, %” is “{text[:_LONGEST_SHOWN]}”: name a whole number from -100 to {MOST_PERCENT}."

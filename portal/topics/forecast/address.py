"""What the Forecast page is asked for, all of it in the address.

Example:
    `?series=category=book_order&add=20&add_from=2026-03-02&add_to=2026-03-15` is book orders, if a campaign brought a
    fifth more in those two weeks.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from analytics import pages
from analytics.vocabulary import TOTAL_SERIES
from portal.numbers.parameters import parameters

PATH: Final = pages.FORECAST
MOST_PERCENT: Final = 500
_LONGEST_KEY: Final = 300


@dataclass(frozen=True, slots=True)
class ForecastChoice:
    """Which series, and what if.

    Attributes:
        series_key: `total`, or `dimension=value`.
        add_percent: What is added to the days below, per cent; 0 is nothing.
        add_from: First day of it; None is the first day ahead.
        add_to: Last day of it; None is four weeks ahead.
    """

    series_key: str = TOTAL_SERIES
    add_percent: int = 0
    add_from: date | None = None
    add_to: date | None = None

    def href(self, series_key: str) -> str:
        """Return the page of another series, with the same what-if."""
        pairs = {} if series_key == TOTAL_SERIES else {"series": series_key}
        if self.add_percent:
            pairs["add"] = str(self.add_percent)
            pairs |= {"add_from": str(self.add_from)} if self.add_from else {}
            pairs |= {"add_to": str(self.add_to)} if self.add_to else {}
        return f"{PATH}?{urlencode(pairs)}" if pairs else PATH


def read_choice(search: str) -> ForecastChoice:
    """Read an address; what cannot be used is left out."""
    pairs = parameters(search)
    key = pairs.get("series", TOTAL_SERIES)
    if "\x00" in key or len(key) > _LONGEST_KEY:
        key = TOTAL_SERIES
    return ForecastChoice(
        key, _percent(pairs.get("add", "")), _day(pairs.get("add_from", "")), _day(pairs.get("add_to", ""))
    )


def _percent(text: str) -> int:
    try:
        value = int(text)
    except ValueError:
        return 0
    return value if -100 <= value <= MOST_PERCENT else 0  # noqa: PLR2004 - more than all cannot stay away


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

"""Joins dates with the times of day that stand in a column of their own."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from etl.importing.transforms.column_places import folded

_MIDNIGHT: Final = re.compile(r"[ T]00:00(?::00(?:\.0+)?)?$")
_DATED: Final = re.compile(r"(?:1899-12-3[01]|1900-01-0[01]|1904-01-01)[ T]")
_FRACTION: Final = re.compile(r"0?\.\d+$|0$")
_CLOCK: Final = re.compile(
    r"(?:(?:1899-12-3[01]|1900-01-0[01]|1904-01-01)[ T])?"
    r"\d{1,2}[:h.]\d{2}(?:[:.]\d{2})?(?:\.\d+)?\s*(?:[ap]\.?\s?m\.?|uhr|h)?$",
    re.IGNORECASE,
)
_DAY_SECONDS: Final = 86_400


def is_time_of_day(text: str) -> bool:
    """Say whether a cell is a time of day, as text or as a workbook's part of a day."""
    return _CLOCK.match(text) is not None or (_FRACTION.match(text) is not None and text != "0")


def is_pure_date(text: str) -> bool:
    """Say whether a cell has no time of day, or midnight, as a workbook adds it to a date."""
    return ":" not in text or _MIDNIGHT.search(text) is not None


class JoinedTimes:
    """Which dates are joined with which times.

    Attributes:
        places: Places of the columns with times.
    """

    def __init__(self, times: Mapping[str, str], places: Mapping[str, int], columns: Mapping[str, int]) -> None:
        """Find the columns.

        Args:
            times: Field -> column with its time of day.
            places: Field -> place of its date.
            columns: Name of a column in lower case -> its place.
        """
        found = {name: columns.get(folded(column)) for name, column in times.items()}
        self._pairs = [(places[name], at) for name, at in found.items() if at is not None and name in places]
        self.places = frozenset(at for _, at in self._pairs)

    def __bool__(self) -> bool:
        """Say whether any date is joined."""
        return bool(self._pairs)

    def joined(self, cells: Sequence[str]) -> list[str]:
        """Return the cells with each date joined with its time."""
        read = list(cells)
        for date_place, time_place in self._pairs:
            read[date_place] = join(cells[date_place].strip(), cells[time_place].strip())
        return read


def join(date_text: str, time_text: str) -> str:
    """Return a date with its time of day; a blank time leaves the date as it is."""
    if not date_text or not is_time_of_day(time_text):
        return date_text
    clock = _DATED.sub("", time_text)
    if _FRACTION.match(clock):
        minutes, seconds = divmod(round(float(clock) * _DAY_SECONDS), 60)
        clock = f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"
    return f"{_MIDNIGHT.sub('', date_text)} {clock}"

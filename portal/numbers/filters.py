"""The filters of a page. The address holds all of them; nothing else remembers any.

Example:
    `?period=last_30_days&compare=last_year&channel=email,chat&priority=~` is the last thirty days against the same
    days a year before, e-mail and chat only, tickets without a priority.

A link to other days or to fewer tickets than the reader chose himself has `own` in it, which holds his choice.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Self
from urllib.parse import urlencode

from analytics.vocabulary import CUSTOM_MARK, DIMENSIONS, NOT_SET
from portal.numbers.dates import UnusableDatesError, read_dates
from portal.numbers.parameters import parameters

OWN: Final = "own"
"""Parameter with the reader's own choice, where a link led him to something else."""
_DATES: Final = ("from", "to")
_MOST_VALUES: Final = 50
_LONGEST_VALUE: Final = 255
_CUSTOM: Final = re.compile(re.escape(CUSTOM_MARK) + r"[a-z0-9_]{1,50}", re.ASCII)

Where = tuple[tuple[str, tuple[str | None, ...]], ...]


class Period(StrEnum):
    """The periods that have a name. Each ends with the last day there is data for.

    The last 13 weeks are 13 whole ones from a Monday on, and the one under way: drawn by week, their sum is the number.
    """

    LAST_7_DAYS = "last_7_days"
    LAST_30_DAYS = "last_30_days"
    LAST_13_WEEKS = "last_13_weeks"
    LAST_90_DAYS = "last_90_days"
    LAST_12_MONTHS = "last_12_months"
    LAST_24_MONTHS = "last_24_months"
    ALL = "all"
    CUSTOM = "custom"


PERIOD_LABELS: Final[Mapping[Period, str]] = MappingProxyType(
    {
        Period.LAST_7_DAYS: "Last 7 days",
        Period.LAST_30_DAYS: "Last 30 days",
        Period.LAST_13_WEEKS: "Last 13 weeks",
        Period.LAST_90_DAYS: "Last 90 days",
        Period.LAST_12_MONTHS: "Last 12 months",
        Period.LAST_24_MONTHS: "Last 24 months",
        Period.ALL: "All time",
        Period.CUSTOM: "Custom dates",
    }
)
_LENGTHS: Final[Mapping[Period, int]] = MappingProxyType(
    {
        Period.LAST_7_DAYS: 7,
        Period.LAST_30_DAYS: 30,
        Period.LAST_90_DAYS: 90,
        Period.LAST_12_MONTHS: 365,
        Period.LAST_24_MONTHS: 730,
    }
)


USUAL: Final = Period.LAST_13_WEEKS
"""The period of an address that names none."""
_WEEK: Final = timedelta(days=7)
_WHOLE_WEEKS: Final = 13


class Comparison(StrEnum):
    """What the period is compared with."""

    PREVIOUS = "previous"
    LAST_YEAR = "last_year"
    NONE = "none"


COMPARISON_LABELS: Final[Mapping[Comparison, str]] = MappingProxyType(
    {
        Comparison.PREVIOUS: "vs previous period",
        Comparison.LAST_YEAR: "vs last year",
        Comparison.NONE: "No comparison",
    }
)


@dataclass(frozen=True, slots=True)
class Days:
    """The days there is data for, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class TicketFilters:
    """Which tickets, over which days, against which other days.

    Attributes:
        start: First day.
        end: First day after the period.
        period: The name of the period; custom when the days were given.
        compare: What the period is compared with.
        where: Dimension -> values allowed; None is "not set". Dimensions in their fixed order, then declared ones.
        known_until: First day that there is no data for, where it lies within the period; None: there is data for all.
        known_from: First day that there is data for; None where that is not asked.
        own: What the reader chose himself, as it is written in an address; "" where nobody chose. A link to other days
            or fewer tickets carries it on, so that it is still there on the pages after.
    """

    start: date
    end: date
    period: Period = USUAL
    compare: Comparison = Comparison.PREVIOUS
    where: Where = ()
    known_until: date | None = field(default=None, compare=False)
    known_from: date | None = field(default=None, compare=False)
    own: str = field(default="", compare=False)

    @property
    def length(self) -> int:
        """Number of days."""
        return (self.end - self.start).days

    @property
    def compared_days(self) -> tuple[date, date] | None:
        """First day of the period compared with, and the first day after it; None: there is nothing to compare with.

        The whole history has nothing before it. Nor is a period compared with days of which some lie before the first
        ticket: the desk may have been as busy then.
        """
        if self.compare is Comparison.NONE or self.period is Period.ALL:
            return None
        if self.compare is Comparison.LAST_YEAR:
            # 52 weeks: the same weekdays, so that a Monday is compared with a Monday.
            back = timedelta(days=364)
            days = self.start - back, self.end - back
        elif self.period is Period.LAST_13_WEEKS:
            # A Monday is compared with a Monday, and the week under way with the same part of one.
            back = (_WHOLE_WEEKS + 1) * _WEEK
            days = self.start - back, self.end - back
        else:
            days = self._previous_start(), self.start
        if self.known_from is not None and days[0] < self.known_from:
            return None
        if self.known_until is None:
            return days
        # What is not over is compared with the same part.
        return days[0], min(days[0] + (self.known_until - self.start), days[1])

    @property
    def compared_to(self) -> str:
        """What a manager reads beside a change; "" where there is nothing to compare with."""
        if self.compared_days is None:
            return ""
        label = COMPARISON_LABELS[self.compare]
        return f"{label}, so far" if self.known_until is not None else label

    def _previous_start(self) -> date:
        """Return the first day of the period before: as many months where these are whole months, else days."""
        if self.period is Period.CUSTOM and self.start.day == self.end.day == 1:
            months = 12 * (self.end.year - self.start.year) + self.end.month - self.start.month
            before = 12 * self.start.year + self.start.month - 1 - months
            return date(before // 12, before % 12 + 1, 1)
        return self.start - timedelta(days=self.length)

    def compared(self) -> Self | None:
        """Return the filters of the period compared with; None without a comparison."""
        days = self.compared_days
        if days is None:
            return None
        start, end = days
        return replace(self, start=start, end=end, period=Period.CUSTOM, compare=Comparison.NONE, known_until=None)

    def values(self, dimension: str) -> tuple[str | None, ...]:
        """Return the values a dimension is filtered to; () when it is not."""
        return dict(self.where).get(dimension, ())

    def with_values(self, dimension: str, values: Iterable[str | None]) -> Self:
        """Return filters with one dimension's values replaced; no values removes the filter."""
        chosen = {**dict(self.where), dimension: tuple(dict.fromkeys(values))}
        return replace(self, where=tuple((name, chosen[name]) for name in _in_order(chosen) if chosen.get(name)))

    @property
    def written(self) -> str:
        """The filters alone, as an address has them: never empty, so that the usual ones can be carried on too."""
        return urlencode(self._pairs() or {"period": self.period.value})

    def to_search(self, extra: Mapping[str, str] | None = None) -> str:
        """Return the part of an address after the path, such as "?period=last_7_days".

        Args:
            extra: Further parameters, such as a metric to drill into.
        """
        pairs = self._pairs() | dict(extra or {})
        if self.own and self.own != self.written:
            pairs[OWN] = self.own
        return f"?{urlencode(pairs)}" if pairs else ""

    def _pairs(self) -> dict[str, str]:
        pairs: dict[str, str] = {}
        if self.period is Period.CUSTOM:
            pairs |= {"from": self.start.isoformat(), "to": (self.end - timedelta(days=1)).isoformat()}
        elif self.period is not USUAL:
            pairs["period"] = self.period.value
        if self.compare is not Comparison.PREVIOUS:
            pairs["compare"] = self.compare.value
        return pairs | {name: ",".join(_written(value) for value in values) for name, values in self.where}

    def href(self, path: str, **extra: str) -> str:
        """Return a link to a page with these filters."""
        return f"{path}{self.to_search(extra)}"


def from_search(search: str, days: Days) -> tuple[TicketFilters, tuple[str, ...]]:
    """Read the filters of an address.

    What cannot be used falls back to the default, with a sentence that says so; nothing in an address is an error.

    Args:
        search: The address after its path, with or without "?".
        days: The days there is data for.

    Returns:
        The filters and the notices.
    """
    pairs = parameters(search)
    filters, notices = _read(pairs, days)
    own = _read(parameters(pairs[OWN]), days)[0] if OWN in pairs else filters
    return replace(filters, own=own.written), notices


def _read(pairs: Mapping[str, str], days: Days) -> tuple[TicketFilters, tuple[str, ...]]:
    notices: list[str] = []
    start, end, period = _period(pairs, days, notices)
    compare = _comparison(pairs.get("compare", ""), notices)
    where = tuple((name, _read_values(pairs[name])) for name in _in_order(pairs) if pairs.get(name))
    notices += (
        f"Not every value of “{name}” in the address can be used."
        for name, values in where
        if len(values) < len(set(filter(None, pairs[name].split(","))))
    )
    after = days.last + timedelta(days=1)
    known_until = after if start < after < end else None
    chosen = tuple(pair for pair in where if pair[1])
    return TicketFilters(start, end, period, compare, chosen, known_until, days.first), tuple(notices)


def _in_order(names: Iterable[str]) -> Iterator[str]:
    """Yield the dimensions among some names: those of every desk in their fixed order, then those of its own."""
    listed = tuple(names)
    yield from (name for name in DIMENSIONS if name in listed)
    yield from sorted(name for name in listed if is_custom(name))


def is_filter(name: str) -> bool:
    """Tell whether a parameter is one of the filters, or carries the reader's own."""
    return name in {*_DATES, "period", "compare", OWN, *DIMENSIONS} or is_custom(name)


def is_custom(name: str) -> bool:
    """Tell whether a parameter filters by a dimension of the desk's own."""
    return _CUSTOM.fullmatch(name) is not None


def _period(pairs: Mapping[str, str], days: Days, notices: list[str]) -> tuple[date, date, Period]:
    if "from" in pairs or "to" in pairs:
        try:
            first, last = read_dates(pairs.get("from", ""), pairs.get("to", ""), (days.first, days.last), names=_DATES)
        except UnusableDatesError as error:
            notices.append(f"{error} Until the address is put right, the last 13 weeks are shown.")
        else:
            return first, last + timedelta(days=1), Period.CUSTOM
    named = pairs.get("period", USUAL.value)
    if named not in set(Period) - {Period.CUSTOM}:
        notices.append("The period in the address is not known, so the last 13 weeks are shown.")
        named = USUAL.value
    period = Period(named)
    end = days.last + timedelta(days=1)
    if period is Period.ALL:
        return min(days.first, days.last), end, period
    if period is Period.LAST_13_WEEKS:
        return days.last - timedelta(days=days.last.weekday()) - _WHOLE_WEEKS * _WEEK, end, period
    return end - timedelta(days=_LENGTHS[period]), end, period


def _comparison(text: str, notices: list[str]) -> Comparison:
    if not text or text in set(Comparison):
        return Comparison(text or Comparison.PREVIOUS)
    notices.append("The comparison in the address is not known, so the previous period is used.")
    return Comparison.PREVIOUS


def _read_values(text: str) -> tuple[str | None, ...]:
    parts = [part for part in text.split(",") if part and len(part) <= 3 * _LONGEST_VALUE and "\x00" not in part]
    return tuple(dict.fromkeys(None if part == NOT_SET else _unescaped(part) for part in parts))[:_MOST_VALUES]


def _unescaped(part: str) -> str:
    return part.replace("%2C", ",").replace("%7E", "~").replace("%25", "%")


def _written(value: str | None) -> str:
    """Write one value; a comma within it must not look like the next value, nor a lone ~ like "not set"."""
    return NOT_SET if value is None else value.replace("%", "%25").replace("~", "%7E").replace(",", "%2C")

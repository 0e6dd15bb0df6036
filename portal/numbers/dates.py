"""The two dates of a period as somebody wrote them: in an address, or in the form of the filter bar."""

from datetime import date
from typing import Final

from analytics.errors import ErrorKind, SupportAnalyticsError
from portal.numbers import phrasing

_EARLIEST: Final = date(1970, 1, 1)
_LATEST: Final = date(2100, 1, 1)
_SHOWN: Final = 30


class UnusableDatesError(SupportAnalyticsError):
    """Dates that are no period; the sentence names the field to change."""

    kind = ErrorKind.INVALID


def read_dates(first: str, last: str, data: tuple[date, date], *, names: tuple[str, str]) -> tuple[date, date]:
    """Return the first and the last day of a period.

    Args:
        first: As it was written; "" is the first day there is data for.
        last: As it was written; "" is the last day there is data for.
        data: First and last day there is data for.
        names: What whoever wrote them calls the two fields.

    Raises:
        UnusableDatesError: If one of them is no date, or the period ends before it begins.
    """
    start, end = _day(first, names[0]) or data[0], _day(last, names[1]) or data[1]
    if start <= end:
        return start, end
    begins, ends = _plain(start), _plain(end)
    if not last:
        message = f"“{names[0]}” is {begins}, after {ends}, the last day there is data for: name an earlier day."
    elif not first:
        message = f"“{names[1]}” is {ends}, before {begins}, the first day there is data for: name a later day."
    else:
        message = f"“{names[0]}” is {begins}, after “{names[1]}”, which is {ends}: change one of the two."
    raise UnusableDatesError(message)


def _day(text: str, name: str) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        shown = text[:_SHOWN]
        message = f"“{name}” is “{shown}”, which is no date: write it as year-month-day, such as 2026-03-31."
        raise UnusableDatesError(message) from None
    if not _EARLIEST <= day < _LATEST:
        message = f"“{name}” is {_plain(day)}: name a day from {_EARLIEST.year} to {_LATEST.year - 1}."
        raise UnusableDatesError(message)
    return day


def _plain(day: date) -> str:
    return phrasing.day(day, with_year=True)


def read_typed_dates(first: str | None, last: str | None, *, names: tuple[str, str]) -> tuple[date, date]:
    """Return the days of a form in which both fields have to be filled in.

    Args:
        first: As it was typed; nothing when the field is empty, or holds only a part of a date.
        last: As above.
        names: What the form calls the two fields.

    Raises:
        UnusableDatesError: If one is missing or no date, or the period ends before it begins.
    """
    for text, name in zip((first, last), names, strict=True):
        if not text:
            message = f"“{name}” is not a whole date: fill it in."
            raise UnusableDatesError(message)
    return read_dates(first or "", last or "", (_EARLIEST, _LATEST), names=names)


def outside_notice(first: date, last: date, data: tuple[date, date], *, names: tuple[str, str]) -> tuple[str, ...]:
    """Return the sentence for a period that lies wholly before the data or after it; nothing for any other.

    Args:
        first: First day of the period.
        last: Its last day.
        data: First and last day there is data for.
        names: What whoever wrote the days calls the two fields.
    """
    begins, ends = (_plain(day) for day in data)
    if first > data[1]:
        return (f"The data ends on {ends}, before “{names[0]}” ({_plain(first)}): name earlier days to see any.",)
    if last < data[0]:
        return (f"The data begins on {begins}, after “{names[1]}” ({_plain(last)}): name later days to see any.",)
    return ()

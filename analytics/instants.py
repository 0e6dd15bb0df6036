"""Instants as commands print and read them: always with their offset, as 2026-11-30 21:04 +02:00."""

import re
from datetime import UTC, datetime, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from analytics.errors import ErrorKind, SupportAnalyticsError

_BEFORE_OFFSET: Final = re.compile(r"\s+(?=[+-]\d)|\s+(?=[Zz]$)")
_HOW: Final = "Write it as 2026-11-25 10:30 or 2026-11-25T10:30:00, best with its offset: +02:00, or Z for UTC."


class InstantError(SupportAnalyticsError):
    """A text that is no instant, or more than one."""

    kind = ErrorKind.INVALID


def instant_text(at: datetime, zone: tzinfo | None, timespec: str = "minutes") -> str:
    """Return an instant by the clock of a zone, with the offset from UTC.

    Args:
        at: The instant; it knows its zone.
        zone: Whose clock; None is UTC.
        timespec: How exactly, as `datetime.isoformat` takes it.
    """
    local = at.astimezone(zone or UTC).isoformat(sep=" ", timespec=timespec)
    return f"{local[:-6]} {local[-6:]}"


def read_instant(text: str, zone: ZoneInfo) -> datetime:
    """Return the instant that a text names.

    Args:
        text: A date and a time, with an offset or Z; without one it is by the clock of the zone.
        zone: The zone of a text without an offset.

    Raises:
        InstantError: If the text is no instant, or if the clock shows it twice or never.
    """
    try:
        named = datetime.fromisoformat(_BEFORE_OFFSET.sub("", text.strip()))
    except ValueError as error:
        message = f"{text!r} is no date with a time."
        raise InstantError(message, _HOW) from error
    if named.tzinfo is not None:
        return named
    return _by_clock(named, zone)


def has_offset(text: str) -> bool:
    """Say whether a text that `read_instant` takes names its offset itself."""
    return datetime.fromisoformat(_BEFORE_OFFSET.sub("", text.strip())).tzinfo is not None


def _by_clock(shown: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant at which a clock shows a time; when clocks change it may do so twice or never."""
    first, second = shown.replace(tzinfo=zone), shown.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first
    clock = f"{shown:%Y-%m-%d %H:%M}"
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != shown:
        message = f"{clock} does not exist in {zone.key}: the clocks went forward over it."
        raise InstantError(message, "Choose a time before or after, or give it with an offset, or with Z for UTC.")
    message = f"{clock} came twice in {zone.key}, as the clocks went back."
    offsets = (instant_text(each, zone)[-6:] for each in (first, second))
    raise InstantError(message, f"Say which: write {f' or {clock} '.join([f'{clock} {next(offsets)}', *offsets])}.")

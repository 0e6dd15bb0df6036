"""Durations and words of SLA policies, as they are typed and as they are shown."""

import re
from collections.abc import Sequence
from typing import Final

from analytics.errors import ErrorKind, SupportAnalyticsError
from analytics.time_units import DAY_MINUTES, HOUR_MINUTES
from etl.marts.sla_changes import LONGEST_NAME

NONE: Final = "none"
ANY: Final = "any"
_DURATION: Final = re.compile(r"(?:(\d{1,4})d)?\s*(?:(\d{1,5})h)?\s*(?:(\d{1,7})m)?", re.ASCII)
_LONGEST_MINUTES: Final = 3_660 * DAY_MINUTES
"""Ten years."""


class BadDurationError(SupportAnalyticsError):
    """A target that is no duration."""

    kind = ErrorKind.INVALID

    def __init__(self, text: str) -> None:
        """Quote it, and say how to write one."""
        super().__init__(
            f"{text!r} is no duration.",
            "Write 30m, 2h, 1h 30m or 2d, of at most ten years, or none for no target. A day is 24 hours.",
        )


class UnknownWordError(SupportAnalyticsError):
    """A word that tickets of the desk cannot have."""

    kind = ErrorKind.INVALID

    def __init__(self, what: str, word: str, known: Sequence[str]) -> None:
        """Quote it, and list the known ones."""
        super().__init__(f"There is no {what} {word!r}.", f"Choose from: {', '.join(known)}.")


class BadNameError(SupportAnalyticsError):
    """A name that a policy cannot have."""

    kind = ErrorKind.INVALID

    def __init__(self, what: str, most: int) -> None:
        """Say how long it may be."""
        super().__init__(f"That {what} is empty or too long.", f"Give 1 to {most} characters.")


def minutes_of(text: str) -> int | None:
    """Return the minutes of a duration such as ``1h 30m``; None for ``none``.

    Raises:
        BadDurationError: If it is none, is nothing, or is longer than ten years.
    """
    if text.strip().lower() == NONE:
        return None
    found = _DURATION.fullmatch(text.strip().lower())
    if found is None:
        raise BadDurationError(text)
    days, hours, minutes = (int(part or 0) for part in found.groups())
    total = days * DAY_MINUTES + hours * HOUR_MINUTES + minutes
    if not 0 < total <= _LONGEST_MINUTES:
        raise BadDurationError(text)
    return total


def duration_text(minutes: int | None) -> str:
    """Return a duration in hours and minutes; never in days, which could be taken for days of the desk."""
    if minutes is None:
        return NONE
    hours, rest = divmod(minutes, HOUR_MINUTES)
    return " ".join(f"{count}{unit}" for count, unit in ((hours, "h"), (rest, "m")) if count)


def word_of(text: str, what: str, known: Sequence[str]) -> str | None:
    """Return one of the known words; None for ``any``.

    Raises:
        UnknownWordError: If it is another.
    """
    word = text.strip().lower()
    if word != ANY and word not in known:
        raise UnknownWordError(what, text, (*known, ANY))
    return None if word == ANY else word


def words_of(text: str, what: str, known: Sequence[str]) -> list[str]:
    """Return some of the known words, which commas part, in the known order; ``none`` has none of them.

    Raises:
        UnknownWordError: If one is another.
    """
    words = [] if text.strip().lower() == NONE else [word.strip().lower() for word in text.split(",")]
    for word in words:
        if word not in known:
            raise UnknownWordError(what, word, (*known, NONE))
    return [word for word in known if word in words]


def name_of(text: str, what: str = "name", most: int = LONGEST_NAME) -> str:
    """Return a name without blanks around it.

    Raises:
        BadNameError: If it is empty or too long.
    """
    name = text.strip()
    if not 0 < len(name) <= most:
        raise BadNameError(what, most)
    return name

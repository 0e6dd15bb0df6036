"""What a manager may change of a ticket, as it was checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from analytics.errors import ErrorKind, SupportAnalyticsError
from analytics.vocabulary import PRIORITIES

EXCLUSIONS: Final = ("spam", "merged", "test")
"""Why a ticket is left out of every number."""
CALLS: Final = ("call", "chat")
"""What may be logged on a ticket."""
LONGEST_NOTE: Final = 500
_MOST_MINUTES: Final = 1_440
_LONGEST_SLUG: Final = 100
_LONGEST_NUMBER: Final = 100
_LARGEST_ID_DIGITS: Final = 18


class InvalidEditError(SupportAnalyticsError):
    """A change of a ticket that cannot be made; the sentence says why."""

    kind = ErrorKind.INVALID

    def __init__(self, message: str, hint: str = "Nothing was changed. Go back and choose again.") -> None:
        """Say what is wrong with the form, and the way back to it."""
        super().__init__(message, hint)


@dataclass(frozen=True, slots=True)
class Correction:
    """Another category or priority.

    Attributes:
        field: "category" or "priority".
        value: Slug; None is no category.
    """

    field: str
    value: str | None


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Whether a ticket is left out of every number.

    Attributes:
        reason: One of `EXCLUSIONS`; None counts the ticket again.
        into: Number of the ticket that it was merged into, as the portal shows it.
    """

    reason: str | None
    into: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A call or a chat that nothing else recorded.

    Attributes:
        kind: One of `CALLS`.
        minutes: How long it took.
        note: What was said; may be empty.
    """

    kind: str
    minutes: float
    note: str


Edit = Correction | Exclusion | Call


def checked_edit(form: Mapping[str, str]) -> Edit:
    """Read what a form holds.

    Raises:
        InvalidEditError: If it is no change that can be made.
    """
    change = form.get("change", "")
    if change == "category":
        return Correction("category", form.get("category", "")[:_LONGEST_SLUG] or None)
    if change == "priority" and form.get("priority") in PRIORITIES:
        return Correction("priority", form["priority"])
    if change == "exclusion":
        return _exclusion(form.get("exclusion", ""), form.get("into", "").strip())
    if change == "call" and form.get("kind") in CALLS:
        return Call(form["kind"], _minutes(form.get("minutes", "")), _note(form.get("note", "")))
    message = "That is no change of a ticket."
    raise InvalidEditError(message)


def checked_change(text: str) -> int:
    """Read the number of a change to undo.

    Raises:
        InvalidEditError: If no change can have it.
    """
    if not (text.isascii() and text.isdecimal() and len(text) <= _LARGEST_ID_DIGITS):
        message = "There is no such change."
        raise InvalidEditError(message)
    return int(text)


def _exclusion(reason: str, into: str) -> Exclusion:
    if reason and reason not in EXCLUSIONS:
        message = "A ticket is left out as spam, as merged into another, or as a test."
        raise InvalidEditError(message)
    if (reason == "merged") != bool(into) or len(into) > _LONGEST_NUMBER:
        message = "“Merged” needs the number of the ticket that this one was merged into, and nothing else does."
        raise InvalidEditError(message)
    return Exclusion(reason or None, into)


def _minutes(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not 0 < value <= _MOST_MINUTES:
        message = f"The minutes have to be a number above 0 and at most {_MOST_MINUTES:,}."
        raise InvalidEditError(message)
    return value


def _note(text: str) -> str:
    words = " ".join(text.split())
    if len(words) > LONGEST_NOTE or not words.isprintable():
        message = f"The note is at most {LONGEST_NOTE} characters in one line."
        raise InvalidEditError(message)
    return words

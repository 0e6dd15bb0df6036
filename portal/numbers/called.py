"""Calls to customers that somebody marked, and how they are said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from portal.numbers import phrasing

OUTCOMES: Final[Mapping[str, str]] = {
    "reached": "reached them",
    "no_answer": "got no answer",
    "call_back": "is to call back",
}
"""How a call ended -> what is said of the caller."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call to a customer that somebody marked.

    Attributes:
        number: Of the mark.
        customer: Their number, as in the facts.
        at: When, in the reporting zone.
        by: Who.
        outcome: "reached", "no_answer" or "call_back".
        note: What was said or promised; "" for nothing.
    """

    number: int
    customer: int
    at: datetime
    by: str
    outcome: str
    note: str


def called(call: Call | None) -> str:
    """Say who called last, when, and how it ended."""
    if call is None:
        return "Nobody has marked a call."
    note = f": {call.note}" if call.note else ""
    return f"{phrasing.day(call.at, with_year=True)}, {call.by} {OUTCOMES[call.outcome]}{note}"


def called_mark(call: Call | None) -> str:
    """Say it in the few words of a list."""
    return "not marked" if call is None else f"✓ {phrasing.day(call.at)}, {call.by}"

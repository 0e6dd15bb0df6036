"""The fields of a ticket that a file can fill, and their limits; what files call them is in TOML files."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from analytics.vocabulary import CHANNELS, NO_CUSTOMER, PRIORITIES, STATUSES


class FieldKind(StrEnum):
    """How the cells of a field are read."""

    TEXT = "text"
    ADDRESS = "address"
    """An e-mail address, also in `Bob <bob@x>`, or whatever else tells customers apart."""
    PERSON = "person"
    """A name, also in `Bob <bob@x>`."""
    NAME = "name"
    """A name that many rows share, such as a team's."""
    AGENT = "agent"
    """A name whose spellings are one agent."""
    WORD = "word"
    """One of a few values."""
    INSTANT = "instant"
    DURATION = "duration"
    RATING = "rating"
    FLAG = "flag"
    VERDICT = "verdict"
    """Yes or no, or a signed time left: negative is no."""
    COUNT = "count"
    TAGS = "tags"


@dataclass(frozen=True, slots=True)
class TicketField:
    """One field.

    Attributes:
        name: Name of the field in profiles.
        kind: How its cells are read.
        limit: Most characters, for texts and words.
        default: What a blank cell means, in the form PostgreSQL reads; None is null.
        accepted: The values of a closed list; empty accepts any.
        column: Column of the database, where its name is another; "" keeps the field out of it.
    """

    name: str
    kind: FieldKind
    limit: int = 0
    default: str | None = None
    accepted: tuple[str, ...] = ()
    column: str | None = None

    @property
    def staged_as(self) -> str:
        """Return the column of the database."""
        return self.name if self.column is None else self.column


_EXCLUSIONS: Final = ("spam", "merged", "test")
STATUS_WORDS: Final = (*STATUSES, *_EXCLUSIONS)
"""What a cell of the status may mean: a status, or a closed ticket that is left out of metrics."""
NOT_KNOWN: Final = "none"
"""The group of words that mean nothing is known."""
OFFERED: Final = "offered"
"""A rating that was asked for and not given."""

_ALL: Final = (
    TicketField("external_id", FieldKind.TEXT, 200),
    TicketField("customer_email", FieldKind.ADDRESS, 255, NO_CUSTOMER),
    TicketField("customer_name", FieldKind.PERSON, 500),
    TicketField("customer_type", FieldKind.NAME, 50),
    TicketField("organisation", FieldKind.NAME, 200),
    TicketField("subject", FieldKind.TEXT, 4000, ""),
    TicketField("content", FieldKind.TEXT, 1_000_000, ""),
    TicketField("category", FieldKind.NAME, 100),
    TicketField("priority", FieldKind.WORD, 20, None, PRIORITIES),
    TicketField("status", FieldKind.WORD, 50, None, STATUS_WORDS),
    TicketField("created_at", FieldKind.INSTANT),
    TicketField("resolved_at", FieldKind.INSTANT),
    TicketField("closed_at", FieldKind.INSTANT),
    TicketField("source_changed_at", FieldKind.INSTANT),
    TicketField("first_replied_at", FieldKind.INSTANT),
    TicketField("first_reply_time", FieldKind.DURATION, column=""),
    TicketField("resolution_time", FieldKind.DURATION, column=""),
    TicketField("handle_time", FieldKind.DURATION, column="handle_seconds"),
    TicketField("assigned_agent", FieldKind.AGENT, 100),
    TicketField("team", FieldKind.NAME, 100),
    TicketField("channel", FieldKind.WORD, 20, None, CHANNELS),
    TicketField("language", FieldKind.NAME, 8),
    TicketField("customer_satisfaction_score", FieldKind.RATING, 0, None, ("1", "2", "3", "4", "5", OFFERED)),
    TicketField("survey_offered_at", FieldKind.INSTANT),
    TicketField("rated_at", FieldKind.INSTANT),
    TicketField("exclusion", FieldKind.WORD, 20, None, _EXCLUSIONS),
    TicketField("is_outbound", FieldKind.FLAG, 0, "f"),
    TicketField("reopen_count", FieldKind.COUNT),
    TicketField("reassignment_count", FieldKind.COUNT),
    TicketField("source_sla_met", FieldKind.VERDICT),
    TicketField("source_sla_breached", FieldKind.VERDICT, column="source_sla_met"),
    TicketField("brand", FieldKind.NAME, 100),
    TicketField("tags", FieldKind.TAGS, 100),
    TicketField("needs_no_answer", FieldKind.FLAG),
    TicketField("merged_into", FieldKind.TEXT, 200, column=""),
)

TICKET_FIELDS: Final[Mapping[str, TicketField]] = MappingProxyType({each.name: each for each in _ALL})
"""The order matters for a guess: earlier fields choose their columns first."""

UNITS: Final[Mapping[str, float]] = MappingProxyType(
    {"milliseconds": 0.001, "seconds": 1.0, "minutes": 60.0, "hours": 3600.0, "days": 86400.0}
)
"""Unit of a duration that is a bare number -> seconds."""
CLOCK: Final = "clock"
"""Unit of durations that are written as `26:15:00`: a bare number is none."""
WORDS_OR_SECONDS: Final = "words_or_seconds"
"""Unit of durations in words; a bare number is seconds."""
ASK: Final = "ask"
"""The unit differs from desk to desk."""

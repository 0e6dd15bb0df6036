"""The fields of a ticket that a file can fill: their limits, accepted words, and the names they often have."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from analytics.vocabulary import NO_CUSTOMER


class FieldKind(StrEnum):
    """How the cells of a field are read."""

    TEXT = "text"
    WORD = "word"
    """One of a few values, or a name that many rows share."""
    INSTANT = "instant"
    RATING = "rating"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class TicketField:
    """One field.

    Attributes:
        name: Name of the field in profiles, and of the column in the database.
        kind: How its cells are read.
        limit: Most characters, for texts and words.
        default: What a blank cell means, in the form PostgreSQL reads; None is null.
        words: Accepted words in lower case -> value; empty accepts any.
        aliases: Names of this field in other systems, in lower case with spaces.
    """

    name: str
    kind: FieldKind
    limit: int = 0
    default: str | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()


_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")

_STATUSES = {
    "new": "new",
    "open": "open opened active assigned started reopened in_progress in_work to_do",
    "pending": "pending waiting awaiting awaiting_reply awaiting_customer waiting_on_customer pending_customer snoozed",
    "on_hold": "on_hold hold onhold waiting_on_third_party pending_third_party suspended",
    "resolved": "resolved solved done completed complete fixed finished",
    "closed": "closed archived cancelled canceled",
}
_PRIORITIES = {
    "low": "low lowest minor p4 4 4_low trivial",
    "medium": "medium normal moderate standard default p3 3 3_normal",
    "high": "high major important p2 2 2_high",
    "urgent": "urgent highest critical blocker emergency immediate p1 1 1_urgent",
}
_CHANNELS = {
    "email": "email e_mail mail inbox",
    "call": "call phone voice telephone",
    "chat": "chat live_chat messaging whatsapp sms messenger telegram",
    "form": "form web web_form website portal help_center self_service widget",
    "social": "social twitter facebook instagram x tweet",
    "other": "other api walk_in in_person letter app mobile unknown",
}
_EXCLUSIONS = {"spam": "spam junk", "merged": "merged duplicate", "test": "test"}
_RATINGS = {
    "1": "1 very_dissatisfied very_bad terrible",
    "2": "2 bad dissatisfied poor",
    "3": "3 neutral ok okay average",
    "4": "4 good satisfied",
    "5": "5 very_satisfied very_good great excellent",
}
_FLAGS = {"t": "true t yes y 1 outbound", "f": "false f no n 0 inbound"}


def _words(groups: dict[str, str]) -> Mapping[str, str]:
    return MappingProxyType({word: value for value, words in groups.items() for word in words.split()})


def _aliases(text: str) -> tuple[str, ...]:
    return tuple(text.split(", "))


_ALL: Final = (
    TicketField(
        "external_id",
        FieldKind.TEXT,
        200,
        aliases=_aliases(
            "id, ticket id, ticket number, ticket no, ticket, number, case number, case id, key, unique key, "
            "issue key, reference, ticket ref, display id, external id, conversation id, request id, incident number"
        ),
    ),
    TicketField(
        "customer_email",
        FieldKind.TEXT,
        255,
        NO_CUSTOMER,
        aliases=_aliases(
            "customer email, requester email, email, contact email, e mail, from, from email, sender, requester, "
            "customer, email address, customer id, requester id, user email, client email, contact id"
        ),
    ),
    TicketField(
        "customer_name",
        FieldKind.TEXT,
        500,
        aliases=_aliases("customer name, requester name, contact name, full name, client name, contact"),
    ),
    TicketField(
        "customer_type",
        FieldKind.WORD,
        50,
        aliases=_aliases("customer type, customer segment, segment, account type, customer tier, tier, plan"),
    ),
    TicketField(
        "subject",
        FieldKind.TEXT,
        4000,
        "",
        aliases=_aliases("subject, title, summary, ticket subject, short description, topic, descriptor"),
    ),
    TicketField(
        "content",
        FieldKind.TEXT,
        1_000_000,
        "",
        aliases=_aliases(
            "content, description, body, message, text, ticket description, details, first message, comment, question"
        ),
    ),
    TicketField(
        "category",
        FieldKind.WORD,
        100,
        aliases=_aliases(
            "category, type, ticket type, issue type, complaint type, case reason, query type, reason, request type"
        ),
    ),
    TicketField(
        "priority",
        FieldKind.WORD,
        20,
        None,
        _words(_PRIORITIES),
        _aliases("priority, ticket priority, severity, urgency"),
    ),
    TicketField(
        "status", FieldKind.WORD, 50, None, _words(_STATUSES), _aliases("status, ticket status, state, case status")
    ),
    TicketField(
        "created_at",
        FieldKind.INSTANT,
        aliases=_aliases(
            "created at, created, creation date, date created, created date, created time, open date, opendate, "
            "opened, opened at, date opened, date, ticket created, submitted at, received at, received, date received, "
            "created on, reported at, timestamp, start date, creation time, created at date"
        ),
    ),
    TicketField(
        "resolved_at",
        FieldKind.INSTANT,
        aliases=_aliases(
            "resolved at, resolved, resolution date, date resolved, solved at, solved, close date, closedate, closed, "
            "closed at, date closed, closed date, closed time, resolved time, completed at, closed on, resolved on, "
            "end date, resolution time date"
        ),
    ),
    TicketField(
        "assigned_agent",
        FieldKind.WORD,
        100,
        aliases=_aliases(
            "assigned agent, agent, assignee, agent name, assigned to, owner, assignee name, ticket owner, handled by"
        ),
    ),
    TicketField(
        "team",
        FieldKind.WORD,
        100,
        aliases=_aliases("team, group, assigned group, assignee group, queue, department, group name"),
    ),
    TicketField(
        "channel",
        FieldKind.WORD,
        20,
        None,
        _words(_CHANNELS),
        _aliases("channel, ticket channel, via, source, origin, contact channel, case origin, medium"),
    ),
    TicketField("language", FieldKind.WORD, 8, aliases=_aliases("language, locale, lang, ticket language")),
    TicketField(
        "customer_satisfaction_score",
        FieldKind.RATING,
        0,
        None,
        _words(_RATINGS),
        _aliases(
            "customer satisfaction score, csat, csat score, satisfaction, satisfaction rating, satisfaction score, "
            "rating, customer satisfaction rating, customer rating, survey rating, feedback score"
        ),
    ),
    TicketField("survey_offered_at", FieldKind.INSTANT, aliases=_aliases("survey offered at, survey sent at")),
    TicketField("rated_at", FieldKind.INSTANT, aliases=_aliases("rated at, rating date, survey answered at")),
    TicketField("exclusion", FieldKind.WORD, 20, None, _words(_EXCLUSIONS), _aliases("exclusion, excluded as")),
    TicketField("is_outbound", FieldKind.FLAG, 0, "f", _words(_FLAGS), _aliases("is outbound, outbound")),
)

TICKET_FIELDS: Final[Mapping[str, TicketField]] = MappingProxyType({each.name: each for each in _ALL})
"""The order matters for a guess: earlier fields choose their columns first."""


def normalized(name: str) -> str:
    """Return a column's name in lower case with single spaces, so that spellings can be compared."""
    parted = _CAMEL.sub(" ", name)
    spaced = "".join(letter if letter.isalnum() else " " for letter in parted)
    return " ".join(spaced.lower().split())


def word_key(value: str) -> str:
    """Return a value in lower case with underscores, so that spellings can be compared."""
    return normalized(value).replace(" ", "_")

"""The rows of the desk's tables as CSV; files and COPY get the same bytes.

An empty field is null. Texts are quoted; no generated text holds a double quote.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from analytics.vocabulary import PRIORITIES, STATUSES
from standalone.bookshop.arrivals import Codes, Flags
from standalone.bookshop.events import NOBODY, Events
from standalone.bookshop.handling import Handling
from standalone.bookshop.history import Change, History, Message
from standalone.bookshop.opening_hours import Instants
from standalone.bookshop.ratings import Ratings
from standalone.bookshop.requests import Requests
from standalone.bookshop.texts import read_notes
from standalone.bookshop.vocabulary import CATEGORIES, CHANNELS, CUSTOMER_TYPES, TEAMS

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "agents": ("agent_name", "team", "hired_on", "left_on"),
    "support_tickets": (
        *("id", "customer_email", "subject", "content", "category", "priority", "status", "created_at", "resolved_at"),
        *("assigned_agent", "customer_satisfaction_score", "channel", "customer_type", "team", "language", "exclusion"),
        *("survey_offered_at", "rated_at"),
    ),
    "customer_interactions": (
        *("ticket_id", "interaction_type", "agent_name", "duration_minutes", "notes", "timestamp"),
        *("direction", "is_public", "is_automatic"),
    ),
    "ticket_status_history": ("ticket_id", "status", "changed_at", "changed_by", "is_automatic"),
    "ticket_field_history": (
        "ticket_id",
        "field",
        "old_value",
        "new_value",
        "changed_at",
        "changed_by",
        "is_automatic",
    ),
    "customers": ("customer_email", "name", "customer_type", "created_at", "churned_at"),
}
"""Columns of each table, in the order in which tables are written: tickets before the tables that refer to them."""

Names = Sequence[str]

_LANGUAGE_SLUGS: Final = ("en", "tn", "tn")
_HANDLE_MINUTES: Final = (5.0, 5.0, 3.0, 9.0, 7.0)
_NOTE_MINUTES: Final = 2.0
_CATEGORY_EFFORT: Final = (1.0, 0.8, 1.5, 1.1, 0.8)
_HANDLE_LOG_SD: Final = 0.6
_NOTES_OF: Final = ("", "acknowledgement", "private_note", "reply", "update", "follow_up")
_IS_BY_AGENT: Final = (Message.PRIVATE_NOTE, Message.REPLY, Message.UPDATE)
_ENDINGS: Final = (",inbound,t,f", ",outbound,t,t", ",outbound,f,f", ",outbound,t,f", ",outbound,t,f", ",inbound,t,f")


@dataclass(frozen=True, slots=True)
class Batch:
    """Some tickets in order of creation, with everything that belongs to them.

    Attributes:
        first_id: Id of the first ticket; the others follow.
        requests: What the customers asked for.
        handling: What the desk did.
        ratings: How the customers rated it.
        history: Everything that happened before the end of the history.
    """

    first_id: int
    requests: Requests
    handling: Handling
    ratings: Ratings
    history: History

    @property
    def ticket_ids(self) -> list[int]:
        """Ids of the tickets."""
        return list(range(self.first_id, self.first_id + self.requests.count))


def ticket_rows(
    batch: Batch, addresses: Sequence[str], texts: tuple[list[str], list[str]], agents: Names, until: int
) -> str:
    """Return the rows of the tickets."""
    requests, outcome, ratings = batch.requests, batch.history.outcome, batch.ratings
    offered = ratings.is_offered & (ratings.offered_at < until) & (outcome.resolved_at > 0)
    rated = offered & ratings.is_answered & (ratings.rated_at < until)
    priority = np.where(outcome.is_escalated, batch.handling.priority, requests.priority)
    team = np.where(outcome.is_escalated, batch.handling.team, batch.handling.home_team)
    spam, real = requests.is_spam, ~requests.is_spam
    columns = (
        batch.ticket_ids,
        addresses,
        *texts,
        _words(CATEGORIES, requests.category, real & ~requests.is_uncategorised),
        _words(PRIORITIES, priority),
        _words(STATUSES, outcome.status),
        instant_texts(requests.created_at),
        instant_texts(outcome.resolved_at, outcome.resolved_at > 0),
        _words(agents, outcome.agent, outcome.agent != NOBODY),
        _words(("1", "2", "3", "4", "5"), ratings.score - 1, rated),
        _words(CHANNELS, requests.channel),
        _words(CUSTOMER_TYPES, requests.customer_type, real),
        _words(TEAMS, team, real),
        _words(_LANGUAGE_SLUGS, requests.language, real),
        _words(("", "spam"), spam.astype(np.int64)),
        instant_texts(ratings.offered_at, offered),
        instant_texts(ratings.rated_at, rated),
    )
    return "".join(
        f'{ticket},{address},"{subject}","{content}",{",".join(rest)}\n'
        for ticket, address, subject, content, *rest in zip(*columns, strict=True)
    )


def message_rows(rng: np.random.Generator, batch: Batch, agents: Names) -> str:
    """Return the rows of the interactions."""
    events, requests = batch.history.messages, batch.requests
    channel = requests.channel[events.ticket]
    kinds = [[f",{_interaction_type(Message(kind), name)}," for name in CHANNELS] for kind in range(len(Message))]
    columns = (
        _ids(batch, events),
        [kinds[kind][place] for kind, place in zip(events.code.tolist(), channel.tolist(), strict=True)],
        _agent_names(agents, events),
        _minutes(rng, events, channel, requests.category[events.ticket]),
        _notes(rng, events),
        instant_texts(events.at),
        _words(_ENDINGS, events.code),
    )
    return "".join(
        f"{ticket}{kind}{agent},{minutes},{note},{at}{ending}\n"
        for ticket, kind, agent, minutes, note, at, ending in zip(*columns, strict=True)
    )


def status_rows(batch: Batch, agents: Names) -> str:
    """Return the rows of the status history; a change without an agent came from the customer, not from a machine."""
    events = batch.history.statuses
    is_machine = np.isin(events.code, (STATUSES.index("new"), STATUSES.index("closed")))
    columns = (
        _ids(batch, events),
        _words(STATUSES, events.code),
        instant_texts(events.at),
        _agent_names(agents, events),
        _words("ft", is_machine.astype(np.int64)),
    )
    return "".join(
        f"{ticket},{status},{at},{agent},{machine}\n"
        for ticket, status, at, agent, machine in zip(*columns, strict=True)
    )


def change_rows(batch: Batch, agents: Names) -> str:
    """Return the rows of the field history."""
    events, requests, handling = batch.history.changes, batch.requests, batch.handling
    values = {
        Change.TEAM: ("team", TEAMS, handling.home_team, handling.team),
        Change.PRIORITY: ("priority", PRIORITIES, requests.priority, handling.priority),
        Change.ASSIGNEE_ESCALATED: ("assigned_agent", agents, handling.front_agent, handling.first_agent),
        Change.ASSIGNEE_HANDED_OVER: ("assigned_agent", agents, handling.first_agent, handling.agent),
    }
    rows = []
    spans = zip(
        events.ticket.tolist(),
        events.code.tolist(),
        instant_texts(events.at),
        _agent_names(agents, events),
        strict=True,
    )
    for ticket, code, at, agent in spans:
        field, words, old, new = values[Change(code)]
        rows.append(f"{batch.first_id + ticket},{field},{words[old[ticket]]},{words[new[ticket]]},{at},{agent},f\n")
    return "".join(rows)


def instant_texts(at: Instants, where: Flags | None = None) -> list[str]:
    """Return instants as ISO 8601 in UTC; empty where a flag is not set."""
    texts: list[str] = np.datetime_as_string(at.astype("datetime64[s]"), timezone="UTC").tolist()
    if where is None:
        return texts
    return [text if wanted else "" for text, wanted in zip(texts, where.tolist(), strict=True)]


def customer_type_words(codes: Codes) -> list[str]:
    """Return the customer type of each code."""
    return _words(CUSTOMER_TYPES, codes)


def _words(words: Sequence[str], codes: Codes, where: Flags | None = None) -> list[str]:
    """Return the word of each code; empty where a flag is not set."""
    if where is None:
        return [words[code] for code in codes.tolist()]
    return [words[code] if wanted else "" for code, wanted in zip(codes.tolist(), where.tolist(), strict=True)]


def _ids(batch: Batch, events: Events) -> Iterable[int]:
    return (events.ticket + batch.first_id).tolist()  # type: ignore[no-any-return]


def _agent_names(agents: Names, events: Events) -> list[str]:
    # The last word stands for NOBODY, whose code is -1.
    return _words((*agents, ""), events.agent)


def _interaction_type(kind: Message, channel: str) -> str:
    if kind is Message.PRIVATE_NOTE:
        return "note"
    if kind is Message.OPENING:
        return channel
    return "email" if channel == "form" or kind is Message.ACKNOWLEDGEMENT else channel


def _minutes(rng: np.random.Generator, events: Events, channel: Codes, category: Codes) -> list[str]:
    """Return how long each contact took an agent, in whole minutes."""
    median = np.where(events.code == Message.PRIVATE_NOTE, _NOTE_MINUTES, np.array(_HANDLE_MINUTES)[channel])
    minutes = median * np.array(_CATEGORY_EFFORT)[category] * rng.lognormal(0.0, _HANDLE_LOG_SD, events.count)
    whole = np.maximum(np.rint(minutes), 1).astype(np.int64).tolist()
    by_agent = np.isin(events.code, _IS_BY_AGENT).tolist()
    return [str(each) if wanted else "" for each, wanted in zip(whole, by_agent, strict=True)]


def _notes(rng: np.random.Generator, events: Events) -> list[str]:
    pools = [[f'"{note}"' for note in read_notes().get(kind, ())] or [""] for kind in _NOTES_OF]
    sizes = np.array([len(pool) for pool in pools])[events.code]
    places = (rng.random(events.count) * sizes).astype(np.int64)
    return [pools[kind][place] for kind, place in zip(events.code.tolist(), places.tolist(), strict=True)]

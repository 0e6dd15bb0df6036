"""The history of requests and their handling: messages, statuses and changed fields."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

import numpy as np

from analytics.time_units import DAY_SECONDS
from analytics.vocabulary import STATUSES
from standalone.bookshop.arrivals import Codes, Flags
from standalone.bookshop.chance import draw_flags
from standalone.bookshop.events import NOBODY, EventList, Events
from standalone.bookshop.handling import MOST_ROUNDS, Handling
from standalone.bookshop.opening_hours import Instants
from standalone.bookshop.requests import Requests
from standalone.bookshop.vocabulary import CHANNELS

_NEW, _OPEN, _PENDING, _ON_HOLD, _RESOLVED, _CLOSED = range(len(STATUSES))
_ACKNOWLEDGED_AFTER_SECONDS: Final = 5
_CLOSED_AFTER_SECONDS: Final = 4 * DAY_SECONDS
_SPAM_CLOSED_AFTER_SECONDS: Final = 90
_PENDING_SHARE: Final = 0.45
_UNRESOLVED_HOLD_SHARE, _UNRESOLVED_PENDING_SHARE = 0.35, 0.25
_WRITTEN: Final = (CHANNELS.index("email"), CHANNELS.index("form"))


class Message(IntEnum):
    """Kinds of interaction."""

    OPENING = 0
    ACKNOWLEDGEMENT = 1
    PRIVATE_NOTE = 2
    REPLY = 3
    UPDATE = 4
    FOLLOW_UP = 5


class Change(IntEnum):
    """Kinds of changed field."""

    TEAM = 0
    PRIORITY = 1
    ASSIGNEE_ESCALATED = 2
    ASSIGNEE_HANDED_OVER = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """The state of tickets at the end of the history; arrays as in Requests.

    Attributes:
        status: Status code.
        resolved_at: Latest resolution of solved tickets; 0 for the others.
        is_escalated: Whether the escalation has happened.
        agent: Assignee; NOBODY if no agent has taken the ticket up.
    """

    status: Codes
    resolved_at: Instants
    is_escalated: Flags
    agent: Codes


@dataclass(frozen=True, slots=True)
class History:
    """Everything that happened on a batch of tickets before the history ends."""

    messages: Events
    statuses: Events
    changes: Events
    outcome: Outcome


def make_history(
    rng: np.random.Generator, requests: Requests, handling: Handling, hold_share: float, until: int
) -> History:
    """Return everything that happened before the instant `until`."""
    last_at = _last_instants(requests, handling, until)
    statuses = _statuses(rng, requests, handling, hold_share, until).in_order(last_at)
    return History(
        messages=_messages(requests, handling).in_order(last_at),
        statuses=statuses,
        changes=_changes(requests, handling).in_order(last_at),
        outcome=_outcome(requests, handling, statuses, last_at),
    )


def _last_instants(requests: Requests, handling: Handling, until: int) -> Instants:
    """Return, for each ticket, the instant after which nothing more happens."""
    ends = np.where(handling.is_unresolved, handling.reply_at, until - 1)
    ends = np.where(handling.is_unanswered, handling.taken_at, ends)
    ends = np.where(requests.is_spam, requests.created_at + _SPAM_CLOSED_AFTER_SECONDS, ends)
    return np.minimum(ends, until - 1)


def _messages(requests: Requests, handling: Handling) -> EventList:
    real, created = ~requests.is_spam, requests.created_at
    written = real & np.isin(requests.channel, _WRITTEN)
    messages = EventList()
    messages.add(np.full(requests.count, fill_value=True), created, Message.OPENING, NOBODY)
    messages.add(written, created + _ACKNOWLEDGED_AFTER_SECONDS, Message.ACKNOWLEDGEMENT, NOBODY)
    messages.add(real & handling.is_escalated, handling.escalated_at, Message.PRIVATE_NOTE, handling.front_agent)
    messages.add(real & ~handling.is_one_touch, handling.reply_at, Message.REPLY, handling.first_agent)
    ends = real & handling.has_update & (handling.rounds == 0)
    updated = real & handling.has_update & ~ends
    messages.add(updated, handling.steps_at[:, 0], Message.UPDATE, handling.agent)
    for number in range(1, MOST_ROUNDS + 1):
        has_round = real & (handling.rounds >= number)
        messages.add(has_round, _asked_at(handling, number), Message.FOLLOW_UP, NOBODY)
        is_answered_between = has_round & (handling.rounds > number)
        messages.add(is_answered_between, _answered_at(handling, number), Message.REPLY, handling.agent)
    messages.add(real & ~ends, handling.resolved_at, Message.REPLY, handling.agent)
    return messages.add(ends, handling.resolved_at, Message.UPDATE, handling.agent)


def _asked_at(handling: Handling, number: int) -> Instants:
    """Return the instant at which the customer writes in a round (1 is the first)."""
    return _step(handling, handling.has_update + 2 * (number - 1))


def _answered_at(handling: Handling, number: int) -> Instants:
    """Return the instant of the reply that ends a round; round 0 is the time before the first round."""
    if number == 0:
        return np.where(handling.has_update, handling.steps_at[:, 0], handling.reply_at)
    return _step(handling, handling.has_update + 2 * number - 1)


def _step(handling: Handling, place: Codes) -> Instants:
    last = handling.steps_at.shape[1] - 1
    taken: Instants = np.take_along_axis(handling.steps_at, np.minimum(place, last)[:, None], axis=1)[:, 0]
    return taken


def _statuses(
    rng: np.random.Generator, requests: Requests, handling: Handling, hold_share: float, until: int
) -> EventList:
    real, created = ~requests.is_spam, requests.created_at
    solved = real & ~handling.is_unresolved
    statuses = EventList()
    statuses.add(np.full(requests.count, fill_value=True), created, _NEW, NOBODY)
    statuses.add(real, handling.taken_at, _OPEN, handling.front_agent)
    _add_rounds(rng, statuses, handling, solved, hold_share)
    _add_unresolved(rng, statuses, handling, real & handling.is_unresolved & ~handling.is_unanswered)
    statuses.add(solved, handling.resolved_at, _RESOLVED, handling.agent)
    closed_at = handling.resolved_at + _CLOSED_AFTER_SECONDS
    statuses.add(solved & (closed_at < until), closed_at, _CLOSED, NOBODY)
    return statuses.add(requests.is_spam, created + _SPAM_CLOSED_AFTER_SECONDS, _CLOSED, NOBODY)


def _add_rounds(
    rng: np.random.Generator, statuses: EventList, handling: Handling, solved: Flags, hold_share: float
) -> None:
    """Add the statuses between rounds, and the reopening before the last round."""
    count = solved.size
    is_held = solved & ~handling.is_one_touch & draw_flags(rng, hold_share, count)
    statuses.add(is_held, handling.reply_at, _ON_HOLD, handling.first_agent)
    statuses.add(is_held, handling.steps_at[:, 0], _OPEN, handling.agent)
    for number in range(1, MOST_ROUNDS + 1):
        has_round = solved & (handling.rounds >= number)
        before, asked = _answered_at(handling, number - 1), _asked_at(handling, number)
        reopens = has_round & handling.is_reopened & (handling.rounds == number)
        pends = has_round & ~reopens & ~(is_held & (number == 1)) & draw_flags(rng, _PENDING_SHARE, count)
        statuses.add(reopens, before, _RESOLVED, handling.agent)
        statuses.add(pends, before, _PENDING, handling.agent if number > 1 else handling.first_agent)
        statuses.add(reopens | pends, asked, _OPEN, NOBODY)


def _add_unresolved(rng: np.random.Generator, statuses: EventList, handling: Handling, stuck: Flags) -> None:
    chance = rng.random(stuck.size)
    is_held = stuck & (chance < _UNRESOLVED_HOLD_SHARE)
    is_pending = stuck & ~is_held & (chance < _UNRESOLVED_HOLD_SHARE + _UNRESOLVED_PENDING_SHARE)
    statuses.add(is_held, handling.reply_at, _ON_HOLD, handling.first_agent)
    statuses.add(is_pending, handling.reply_at, _PENDING, handling.first_agent)


def _changes(requests: Requests, handling: Handling) -> EventList:
    escalated = ~requests.is_spam & handling.is_escalated
    raised = escalated & (handling.priority != requests.priority)
    handed_over = ~requests.is_spam & ~handling.is_same_agent
    changes = EventList()
    changes.add(escalated, handling.escalated_at, Change.TEAM, handling.front_agent)
    changes.add(raised, handling.escalated_at, Change.PRIORITY, handling.front_agent)
    changes.add(escalated, handling.escalated_at, Change.ASSIGNEE_ESCALATED, handling.front_agent)
    return changes.add(handed_over, handling.steps_at[:, 0], Change.ASSIGNEE_HANDED_OVER, handling.agent)


def _outcome(requests: Requests, handling: Handling, statuses: Events, last_at: Instants) -> Outcome:
    last_row = np.cumsum(np.bincount(statuses.ticket, minlength=requests.count)) - 1
    status = statuses.code[last_row]
    resolved_at = np.zeros(requests.count, dtype=np.int64)
    solving = (statuses.code == _RESOLVED) | ((statuses.code == _CLOSED) & requests.is_spam[statuses.ticket])
    np.maximum.at(resolved_at, statuses.ticket[solving], statuses.at[solving])
    is_escalated = handling.is_escalated & (handling.escalated_at <= last_at) & ~requests.is_spam
    agent = np.where(is_escalated, handling.first_agent, handling.front_agent)
    agent = np.where((handling.steps_at[:, 0] <= last_at) & ~handling.is_one_touch, handling.agent, agent)
    return Outcome(
        status=status,
        resolved_at=np.where(status >= _RESOLVED, resolved_at, 0),
        is_escalated=is_escalated,
        agent=np.where(requests.is_spam | (status == _NEW), NOBODY, agent),
    )

"""What the desk does with tickets: who answers, when, and in how many rounds."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np

from analytics.vocabulary import PRIORITIES
from standalone.bookshop.agents import Agents
from standalone.bookshop.arrivals import Codes, Flags
from standalone.bookshop.chance import draw_flags
from standalone.bookshop.durations import Durations
from standalone.bookshop.effects import Effects
from standalone.bookshop.opening_hours import Instants, OpeningHours
from standalone.bookshop.requests import Requests
from standalone.bookshop.vocabulary import CATEGORIES, CHANNELS, SECOND_LINE, TEAM_OF_CATEGORY

MOST_ROUNDS: Final = 3
_MOST_STEPS: Final = 2 * MOST_ROUNDS
_ROUND_SHARES: Final = (0.62, 0.28, 0.10)
_UPDATE_ENDS_IT_SHARE: Final = 0.3
_LEAST_REPLY_SECONDS: Final = 20
_REPLY_BETA: Final = 2.0
_LARGEST_SHARE: Final = 0.98
_ANSWERED_UNRESOLVED_SHARE: Final = 0.7
_RAISED_SHARE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Handling:
    """How a batch of tickets is worked on; arrays as in Requests.

    A conversation starts with the first reply and, if `has_update`, a proactive update. Then come rounds of a
    customer's message and a reply. The last reply resolves the ticket. `steps_at` holds the instants between first
    reply and resolution, in that order.

    Attributes:
        is_escalated: Whether the ticket goes to the second line.
        priority: Priority after the escalation, which raises the priority of some tickets.
        home_team: Team that gets the ticket first.
        team: Team that resolves the ticket.
        front_agent: Agent who takes the ticket up first, and hands it on when it is escalated.
        first_agent: Agent who sends the first reply.
        agent: Agent who sends all later replies and resolves the ticket.
        is_one_touch: Whether the first reply resolves the ticket.
        has_update: Whether there is a proactive update.
        rounds: How often the customer writes again.
        is_reopened: Whether the ticket was resolved before the last round and reopened by the customer.
        is_unresolved: Whether the ticket is never resolved.
        is_unanswered: Whether the ticket is never even answered.
        reply_seconds: First reply time in opening seconds.
        resolution_seconds: Full resolution time in opening seconds.
        taken_at: Instant at which an agent takes the ticket up.
        escalated_at: Instant of the escalation, if there is one.
        reply_at: Instant of the first reply.
        steps_at: Instants between first reply and resolution, by ticket and step.
        resolved_at: Instant of the last resolution.
    """

    is_escalated: Flags
    priority: Codes
    home_team: Codes
    team: Codes
    front_agent: Codes
    first_agent: Codes
    agent: Codes
    is_one_touch: Flags
    has_update: Flags
    rounds: Codes
    is_reopened: Flags
    is_unresolved: Flags
    is_unanswered: Flags
    reply_seconds: Instants
    resolution_seconds: Instants
    taken_at: Instants
    escalated_at: Instants
    reply_at: Instants
    steps_at: Instants
    resolved_at: Instants

    @property
    def reply_count(self) -> Codes:
        """Replies by agents, the first and the last included."""
        return np.where(self.is_one_touch, 1, 1 + self.has_update + self.rounds)

    @property
    def is_same_agent(self) -> Flags:
        """Whether one agent wrote every reply."""
        flags: Flags = self.first_agent == self.agent
        return flags


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk that handles requests: its agents, opening hours and habits."""

    agents: Agents
    hours: OpeningHours
    durations: Durations
    effects: Effects

    def handle(self, rng: np.random.Generator, requests: Requests, day: date) -> Handling:
        """Return how requests are handled by the agents who work on a day."""
        shape = self._shape(rng, requests, day)
        return self._timed(rng, requests, shape)

    def _shape(self, rng: np.random.Generator, requests: Requests, day: date) -> Handling:
        """Choose the agents and the number of rounds; `_timed` fills in the instants."""
        effects, count = self.effects, requests.count
        shares = np.array([effects.resolution.escalation_shares[category] for category in CATEGORIES])
        is_escalated = draw_flags(rng, shares[requests.category], count)
        home_team = np.array(TEAM_OF_CATEGORY)[requests.category]
        team = np.where(is_escalated, SECOND_LINE, home_team)
        agent = self.agents.draw(rng, team, day)
        is_one_touch = draw_flags(rng, effects.reply.one_touch_share, count)
        has_update = ~is_one_touch & draw_flags(rng, effects.reply.proactive_share, count)
        rounds = _rounds(rng, is_one_touch, has_update)
        is_handed_over = ~is_one_touch & ~draw_flags(rng, effects.reply.same_agent_share, count)
        first_agent = np.where(is_handed_over, self.agents.draw_colleague(rng, agent, day), agent)
        is_unresolved = draw_flags(rng, effects.desk.unresolved_share, count)
        reopen = np.array([effects.resolution.reopen_shares[category] for category in CATEGORIES])
        nothing = np.zeros(count, dtype=np.int64)
        is_raised = is_escalated & draw_flags(rng, _RAISED_SHARE, count)
        return Handling(
            is_escalated=is_escalated,
            priority=np.minimum(requests.priority + is_raised, len(PRIORITIES) - 1),
            home_team=home_team,
            team=team,
            front_agent=np.where(is_escalated, self.agents.draw(rng, home_team, day), first_agent),
            first_agent=first_agent,
            agent=agent,
            is_one_touch=is_one_touch,
            has_update=has_update,
            rounds=rounds,
            is_reopened=(rounds > 1) & draw_flags(rng, reopen[requests.category], count),
            is_unresolved=is_unresolved,
            is_unanswered=is_unresolved & ~draw_flags(rng, _ANSWERED_UNRESOLVED_SHARE, count),
            reply_seconds=nothing,
            resolution_seconds=nothing,
            taken_at=nothing,
            escalated_at=nothing,
            reply_at=nothing,
            steps_at=np.zeros((count, _MOST_STEPS), dtype=np.int64),
            resolved_at=nothing,
        )

    def _timed(self, rng: np.random.Generator, requests: Requests, shape: Handling) -> Handling:
        """Return the handling with random times, placed into opening hours."""
        factors = self.agents.time_factors[shape.agent]
        resolution = self.durations.draw(rng, requests.category, requests.priority, shape.is_escalated, factors)
        reply = self._reply_seconds(rng, requests, shape, resolution)
        between = _in_order(rng, shape)
        steps = reply[:, None] + np.rint(between * (resolution - reply)[:, None]).astype(np.int64)
        first, created = np.maximum(reply, 2), requests.created_at
        return replace(
            shape,
            reply_seconds=reply,
            resolution_seconds=resolution,
            taken_at=self.hours.after(created, np.maximum((first * 0.3 * rng.random(first.size)).astype(np.int64), 1)),
            escalated_at=self.hours.after(created, (first * 0.6).astype(np.int64)),
            reply_at=self.hours.after(created, reply),
            steps_at=self.hours.after(created[:, None], steps),
            resolved_at=self.hours.after(created, resolution),
        )

    def _reply_seconds(
        self, rng: np.random.Generator, requests: Requests, shape: Handling, resolution: Instants
    ) -> Instants:
        plan = self.effects.reply
        mean = plan.mean_share_of_resolution
        channels = np.array([plan.channel_factors[channel] for channel in CHANNELS])
        share = rng.beta(_REPLY_BETA, _REPLY_BETA * (1 - mean) / mean, requests.count) * channels[requests.channel]
        seconds = np.rint(np.minimum(share, _LARGEST_SHARE) * resolution).astype(np.int64)
        return np.where(shape.is_one_touch, resolution, np.maximum(seconds, _LEAST_REPLY_SECONDS))


def _rounds(rng: np.random.Generator, is_one_touch: Flags, has_update: Flags) -> Codes:
    """Return how often customers write again: 0 is possible after an update; otherwise there is at least one round."""
    drawn = rng.choice(np.arange(1, MOST_ROUNDS + 1), is_one_touch.size, p=_ROUND_SHARES)
    ends = has_update & draw_flags(rng, _UPDATE_ENDS_IT_SHARE, is_one_touch.size)
    return np.where(is_one_touch | ends, 0, drawn)


def _in_order(rng: np.random.Generator, shape: Handling) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    """Return each step's place between first reply (0) and resolution (1), rising; unused steps are at 1."""
    used = np.maximum(shape.has_update + 2 * shape.rounds - 1, 0)
    drawn = rng.random((shape.rounds.size, _MOST_STEPS))
    return np.sort(np.where(np.arange(_MOST_STEPS) < used[:, None], drawn, 1.0), axis=1)

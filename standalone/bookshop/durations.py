"""How long tickets take, in opening seconds; the means over the history are the planted means."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from analytics.time_units import HOUR_SECONDS
from analytics.vocabulary import PRIORITIES
from standalone.bookshop.agents import Agents
from standalone.bookshop.arrivals import Arrivals, Codes, Flags, Floats
from standalone.bookshop.effects import Effects
from standalone.bookshop.opening_hours import Instants
from standalone.bookshop.requests import priority_shares, type_shares, urgency_shares
from standalone.bookshop.vocabulary import CATEGORIES, SECOND_LINE, TEAM_OF_CATEGORY

_LEAST_SECONDS: Final = 60
DAYS_OF_A_BATCH: Final = 7


@dataclass(frozen=True, slots=True)
class Durations:
    """Draws full resolution times.

    Attributes:
        base_seconds: By category: the time of a ticket whose factors are all 1. It is chosen so that the mean over the
            tickets of the whole history is the planted mean.
        priority_factors: Factor of each priority.
        escalation_factor: Factor of an escalated ticket.
        log_sd: Spread of a ticket's own factor, which is log-normal with mean 1.
    """

    base_seconds: Floats
    priority_factors: Floats
    escalation_factor: float
    log_sd: float

    @classmethod
    def of(cls, effects: Effects, arrivals: Arrivals, agents: Agents) -> "Durations":
        """Work out the base seconds from the expected product of all factors, by category."""
        plan = effects.resolution
        means = np.array([plan.mean_hours[category] for category in CATEGORIES]) * HOUR_SECONDS
        factors = np.array([plan.priority_factors[priority] for priority in PRIORITIES])
        expected = _expected_factor(effects, arrivals, agents, factors)
        return cls(means / expected, factors, plan.escalation_factor, plan.log_sd)

    def draw(
        self, rng: np.random.Generator, category: Codes, priority: Codes, is_escalated: Flags, time_factors: Floats
    ) -> Instants:
        """Return a full resolution time for each ticket, in whole opening seconds."""
        own = rng.lognormal(-(self.log_sd**2) / 2, self.log_sd, category.size)
        escalation = np.where(is_escalated, self.escalation_factor, 1.0)
        seconds = self.base_seconds[category] * self.priority_factors[priority] * escalation * time_factors * own
        return np.maximum(np.rint(seconds), _LEAST_SECONDS).astype(np.int64)


def _expected_factor(effects: Effects, arrivals: Arrivals, agents: Agents, priority_factors: Floats) -> Floats:
    """Return the mean of (priority × escalation × agent) over the history's tickets, by category.

    Given the category and the day the three are independent, except that an escalation changes the team and therefore
    the agent.
    """
    types = type_shares(effects)
    by_type_and_urgency = priority_shares() @ priority_factors
    by_term = np.einsum("sct,tu,cu->sc", types, by_type_and_urgency, urgency_shares())
    by_day = by_term[arrivals.is_term.astype(np.int64)] * _expected_handling(effects, arrivals, agents)
    weights = arrivals.counts + np.finfo(float).tiny
    mean: Floats = (by_day * weights).sum(axis=0) / weights.sum(axis=0)
    return mean


def _expected_handling(effects: Effects, arrivals: Arrivals, agents: Agents) -> Floats:
    """Return the mean of (escalation × agent), by day and category."""
    escalated = np.array([effects.resolution.escalation_shares[category] for category in CATEGORIES])
    rows = []
    for first in range(0, len(arrivals.days), DAYS_OF_A_BATCH):
        by_team = agents.shares(arrivals.days[first]) @ agents.time_factors
        at_home = (1 - escalated) * by_team[list(TEAM_OF_CATEGORY)]
        row = at_home + escalated * effects.resolution.escalation_factor * by_team[SECOND_LINE]
        rows += [row] * min(DAYS_OF_A_BATCH, len(arrivals.days) - first)
    return np.array(rows)

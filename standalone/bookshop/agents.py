"""The made-up agents: they work in teams, and come, learn and leave."""

import math
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from analytics.time_units import DAY_SECONDS, MEAN_YEAR_DAYS
from standalone.bookshop.arrivals import Codes, Flags, Floats
from standalone.bookshop.effects import Effects
from standalone.bookshop.opening_hours import Instants, midnight
from standalone.bookshop.vocabulary import TEAMS


@dataclass(frozen=True, slots=True)
class Agents:
    """All agents of the history; each array has one entry an agent.

    Attributes:
        names: Name of each agent.
        team_codes: Code of each agent's team.
        hired: First day of each agent.
        left: First day without each agent; None for agents who still work there.
        time_factors: How many times as long each agent's tickets take as the team's.
        rating_shifts: Points that each agent adds to the expected rating.
        weights: Each agent's share of the team's work, not scaled to 1.
    """

    names: tuple[str, ...]
    team_codes: Codes
    hired: tuple[date, ...]
    left: tuple[date | None, ...]
    time_factors: Floats
    rating_shifts: Floats
    weights: Floats

    def at_work(self, day: date) -> Flags:
        """Say who works on a day."""
        return np.array(
            [start <= day and (end is None or day < end) for start, end in zip(self.hired, self.left, strict=True)]
        )

    def shares(self, day: date) -> Floats:
        """Return each agent's share of their team's work on a day, by team and agent."""
        work = np.where(self.at_work(day), self.weights, 0.0)
        by_team = np.where(self.team_codes == np.arange(len(TEAMS))[:, None], work, 0.0)
        shares: Floats = by_team / by_team.sum(axis=1, keepdims=True)
        return shares

    def draw(self, rng: np.random.Generator, team_codes: Codes, day: date) -> Codes:
        """Return, for each wanted team, a random agent of it who works on a day."""
        cumulative = np.cumsum(self.shares(day), axis=1)[team_codes]
        drawn: Codes = (rng.random(team_codes.size)[:, None] >= cumulative[:, :-1]).sum(axis=1)
        return drawn

    def draw_colleague(self, rng: np.random.Generator, agents: Codes, day: date) -> Codes:
        """Return, for each agent, another agent of the team; the same agent where the team has no other."""
        at_work = self.at_work(day)
        colleague = np.arange(len(self.names))
        choices = [
            np.flatnonzero(at_work & (self.team_codes == team) & (colleague != own))
            for own, team in enumerate(self.team_codes.tolist())
        ]
        luck = rng.random(agents.size)
        return np.array(
            [
                choices[own][int(chance * len(choices[own]))] if len(choices[own]) else own
                for own, chance in zip(agents.tolist(), luck.tolist(), strict=True)
            ],
            dtype=np.int64,
        )

    def experience_years(self, agents: Codes, at: Instants) -> Floats:
        """Return each agent's years since being hired, at the instant given for that agent."""
        hired_at = np.array([midnight(day) for day in self.hired], dtype=np.int64)
        years: Floats = (at - hired_at[agents]) / (DAY_SECONDS * MEAN_YEAR_DAYS)
        return years


def make_agents(effects: Effects, until: date) -> Agents:
    """Return the agents in the table of effects; their dates count back from the end of the history."""
    table, scale = effects.agents, effects.agent_differences.scale
    return Agents(
        names=tuple(agent.name for agent in table),
        team_codes=np.array([TEAMS.index(agent.team) for agent in table]),
        hired=tuple(until - timedelta(days=int(agent.hired_days_before)) for agent in table),
        left=tuple(_days_before(until, agent.left_days_before) for agent in table),
        time_factors=np.array([math.exp(scale * math.log(agent.time_factor)) for agent in table]),
        rating_shifts=np.array([scale * agent.rating_shift for agent in table]),
        weights=np.array([agent.weight for agent in table]),
    )


def _days_before(until: date, days: int | None) -> date | None:
    return None if days is None else until - timedelta(days=int(days))

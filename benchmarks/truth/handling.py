"""Who handles each ticket of a made-up desk, and how many open seconds it takes."""

from dataclasses import dataclass

import numpy as np

from benchmarks.truth.plan import PRIORITIES, Codes, Flags, Floats, HandlingPlan

_HOUR = 3600.0
_LEAST = 60.0
_STUCK_DAYS = (15.0, 60.0)


@dataclass(frozen=True, slots=True)
class Kinds:
    """Kind of each ticket: places in the plan's categories, in `PRIORITIES` and in the plan's agents."""

    category: Codes
    priority: Codes
    first_agent: Codes
    agent: Codes

    @property
    def is_handed_over(self) -> Flags:
        """Whether another agent finished it."""
        flags: Flags = self.first_agent != self.agent
        return flags


@dataclass(frozen=True, slots=True)
class Times:
    """Open seconds from the creation of each ticket to its first reply and to its solution."""

    reply: Floats
    resolution: Floats


def draw_kinds(rng: np.random.Generator, plan: HandlingPlan, category: Codes) -> Kinds:
    """Draw priority and agents of tickets whose categories are known."""
    names = tuple(plan.categories)
    priority = _drawn(rng, np.array([plan.priorities[name] for name in names]), category)
    chances = agent_chances(plan)
    agent, other = _drawn(rng, chances, category), _drawn(rng, chances, category)
    is_handed_over = rng.random(category.size) < plan.handover_share
    return Kinds(category, priority, np.where(is_handed_over, other, agent), agent)


def agent_chances(plan: HandlingPlan) -> Floats:
    """Return the chance of each agent (second axis) to get a ticket of each category."""
    weights = np.array([each.weight for each in plan.agents])
    chances = np.array([weights * np.array(plan.favours[name]) for name in plan.categories])
    return np.asarray(chances / chances.sum(axis=1, keepdims=True))


def _drawn(rng: np.random.Generator, chances: Floats, rows: Codes) -> Codes:
    edges = np.cumsum(chances, axis=1)
    drawn = (rng.random(rows.size)[:, None] * edges[rows, -1:] > edges[rows, :-1]).sum(axis=1)
    return np.asarray(drawn, dtype=np.int64)


def draw_times(
    rng: np.random.Generator, plan: HandlingPlan, kinds: Kinds, is_late: Flags, seconds_a_day: float
) -> Times:
    """Draw how long tickets take.

    Args:
        rng: Chance.
        plan: What is planted.
        kinds: Of each ticket.
        is_late: Whether each was created in the last four weeks.
        seconds_a_day: Mean open seconds of a day.
    """
    count = kinds.category.size
    reply, work = time_shifts(plan, kinds)
    late = plan.late_shift * is_late
    replied = plan.reply_median * _HOUR * np.exp(reply + late + rng.normal(0, plan.reply_deviation, count))
    worked = plan.work_median * _HOUR * np.exp(work + late + rng.normal(0, plan.work_deviation, count))
    lies = rng.random(count) < plan.stuck_share
    lying = np.where(lies, rng.uniform(*_STUCK_DAYS, count) * seconds_a_day, 0.0)
    replied = np.maximum(np.rint(replied), _LEAST)
    return Times(replied, replied + np.maximum(np.rint(worked + lying), _LEAST))


def time_shifts(plan: HandlingPlan, kinds: Kinds) -> tuple[Floats, Floats]:
    """Return the planted shifts of the logarithms of reply time and of work time of each ticket."""
    by_category = np.array(list(plan.categories.values()))
    by_priority = np.array(plan.by_priority)[kinds.priority]
    reply_of = np.array([each.reply for each in plan.agents])
    work_of = np.array([each.work for each in plan.agents])
    handover = plan.handover * kinds.is_handed_over
    both = by_priority + _pair_shift(plan, kinds)
    return both + reply_of[kinds.first_agent], both + by_category[kinds.category] + work_of[kinds.agent] + handover


def _pair_shift(plan: HandlingPlan, kinds: Kinds) -> Floats:
    if plan.slow_pair is None:
        return np.zeros(kinds.category.size)
    category, priority, shift = plan.slow_pair
    is_category = kinds.category == list(plan.categories).index(category)
    return np.where(is_category & (kinds.priority == PRIORITIES.index(priority)), shift, 0.0)


def is_missed(plan: HandlingPlan, priority: Codes, times: Times) -> tuple[Flags, Flags]:
    """Return whether the first reply, and the solution, came later than promised."""
    reply, resolution = (
        60.0 * np.array(minutes)[priority] for minutes in (plan.reply_targets, plan.resolution_targets)
    )
    return times.reply > reply, times.resolution > resolution


def pairs(plan: HandlingPlan) -> list[str]:
    """Return "category/priority" for each pair, category by category."""
    return [f"{category}/{priority}" for category in plan.categories for priority in PRIORITIES]

"""How many agents live contacts (calls, chats) need so that a stated share is answered within a stated time."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from analytics.staffing import erlang, erlang_a
from analytics.staffing.erlang import Floats, Ints
from analytics.staffing.errors import require

MOST_LOAD: Final = 20_000.0
"""Largest load in erlangs: a larger one is a mistake in the input."""
_ALMOST: Final = 1e-9
_FIRST_STEP: Final = 4


@dataclass(frozen=True, slots=True)
class LiveTarget:
    """What a live channel is staffed for.

    Attributes:
        service_level: Share of contacts answered in time, from 0 to below 1.
        within_seconds: What "in time" is, 0 or more.
        occupancy_cap: Largest share of their time that agents may spend on contacts, above 0, at most 1.
        minimum: Fewest people at work, however few contacts come.
        patience_seconds: Mean time after which a waiting contact gives up (Erlang A); None: nobody gives up (Erlang C).
    """

    service_level: float
    within_seconds: float
    occupancy_cap: float = 1.0
    minimum: int = 0
    patience_seconds: float | None = None

    def __post_init__(self) -> None:
        """Refuse targets that no queue can be staffed for.

        Raises:
            StaffingInputError: If a figure is out of its range.
        """
        require(0 <= self.service_level < 1, "The service level has to be from 0 to below 1, such as 0.8.")
        require(0 <= self.within_seconds < np.inf, "The time to answer has to be 0 seconds or more.")
        require(0 < self.occupancy_cap <= 1, "The occupancy cap has to be above 0 and at most 1, such as 0.85.")
        require(0 <= self.minimum <= MOST_LOAD, "The least number of people has to be 0 or more.")
        patience = self.patience_seconds
        require(patience is None or 0 < patience < np.inf, "The patience has to be more than 0 seconds.")


@dataclass(frozen=True, slots=True)
class LiveLoad:
    """What comes in, one entry for each interval.

    Attributes:
        contacts: Expected contacts in the interval.
        interval_seconds: Length of the interval.
        handle_seconds: Mean handle time.
    """

    contacts: Floats
    interval_seconds: float
    handle_seconds: Floats

    def __post_init__(self) -> None:
        """Refuse a load that cannot occur.

        Raises:
            StaffingInputError: If a figure is out of its range.
        """
        require(0 < self.interval_seconds < np.inf, "The interval has to be longer than 0.")
        require(
            bool(np.all((self.handle_seconds > 0) & np.isfinite(self.handle_seconds))),
            "The handle time has to be more than 0 seconds.",
        )
        require(bool(np.all((self.contacts >= 0) & np.isfinite(self.contacts))), "The contacts have to be 0 or more.")
        hint = "Is the handle time in seconds and the interval in minutes?"
        require(bool(np.all(self.erlangs <= MOST_LOAD)), f"That is work for more than {MOST_LOAD:,.0f} people.", hint)

    @property
    def erlangs(self) -> Floats:
        """Mean number of agents that the contacts keep busy."""
        return self.contacts * (self.handle_seconds / self.interval_seconds)


@dataclass(frozen=True, slots=True)
class LiveOutcome:
    """What becomes of live contacts with a given number of agents; one entry for each interval.

    Attributes:
        agents: People taking contacts.
        service_level: Share answered within the target's time; 1 where nothing comes in.
        wait_probability: Share that waits at all.
        mean_wait_seconds: Average speed of answer; infinite where the queue grows without end.
        occupancy: Share of their time that agents spend on contacts.
        abandon_rate: Share that gives up; 0 where the target has no patience.
    """

    agents: Ints
    service_level: Floats
    wait_probability: Floats
    mean_wait_seconds: Floats
    occupancy: Floats
    abandon_rate: Floats


def live_outcome(agents: Ints, load: LiveLoad, target: LiveTarget) -> LiveOutcome:
    """Return what becomes of the contacts with a given number of agents.

    This is Erlang C, or Erlang A where the target has a patience; see `erlang` and `erlang_a`.
    """
    erlangs, handle = load.erlangs, np.broadcast_to(load.handle_seconds, load.contacts.shape)
    if target.patience_seconds is not None:
        found = erlang_a.waiting(agents, erlangs, handle, target.within_seconds, target.patience_seconds)
        waits, levels = found.wait_probability, found.service_level
        return LiveOutcome(agents, levels, waits, found.mean_wait_seconds, found.occupancy, found.abandon_rate)
    return LiveOutcome(
        agents,
        erlang.service_level(agents, erlangs, handle, target.within_seconds),
        erlang.wait_probability(agents, erlangs),
        erlang.mean_wait_seconds(agents, erlangs, handle),
        erlang.occupancy(agents, erlangs),
        np.zeros(erlangs.shape),
    )


def required_agents(load: LiveLoad, target: LiveTarget) -> LiveOutcome:
    """Return the fewest agents that meet service level, occupancy cap and minimum, and the outcome with them.

    The number is found by doubling and halving, for all intervals at once. This works because the service level and the
    occupancy only improve with each further agent.

    Example:
        >>> calls = LiveLoad(np.array([100.0]), 1800, np.array([180.0]))
        >>> required_agents(calls, LiveTarget(0.8, 20)).agents
        array([14])
    """

    def meets(agents: Ints) -> npt.NDArray[np.bool_]:
        outcome = live_outcome(agents, load, target)
        reaches: npt.NDArray[np.bool_] = outcome.service_level >= target.service_level - _ALMOST
        return reaches & (outcome.occupancy <= target.occupancy_cap + _ALMOST)

    lower = np.full(load.contacts.shape, target.minimum, dtype=np.int64)
    return live_outcome(_least(meets, lower), load, target)


def _least(meets: Callable[[Ints], npt.NDArray[np.bool_]], lower: Ints) -> Ints:
    """Return the least whole numbers from `lower` on for which `meets` holds; it must hold for all larger numbers."""
    upper, step, found = lower.copy(), _FIRST_STEP, meets(lower)
    while not found.all():
        upper = np.where(found, upper, lower + step)
        found = found | meets(upper)
        step *= 2
    low = lower - 1
    while (open_span := upper - low > 1).any():
        middle = np.where(open_span, (low + upper) // 2, upper)
        reached = meets(middle)
        upper = np.where(reached, middle, upper)
        low = np.where(reached, low, middle)
    return upper


def people_to_employ(agents: Ints, shrinkage: float) -> Ints:
    """Return how many people have to be on the roster so that the needed number is at work.

    That is agents / (1 - shrinkage), rounded up.

    Args:
        agents: People needed at work.
        shrinkage: Share of paid time spent on breaks, training, leave and illness, from 0 to below 1.

    Raises:
        StaffingInputError: If the shrinkage is out of its range.

    Example:
        >>> people_to_employ(np.array([14, 15]), 0.3)
        array([20, 22])
    """
    require(0 <= shrinkage < 1, "The shrinkage has to be from 0 to below 1, such as 0.3.")
    return np.ceil(agents / (1 - shrinkage) - _ALMOST).astype(np.int64)

"""Who writes each ticket of a made-up desk, week by week, and who leaves after what."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from benchmarks.truth.plan import DAY, Codes, Flags, Floats, PeoplePlan

WEEK: Final = 7 * DAY
NEVER: Final = -10_000
_ACTIVE_WEEKS: Final = 26
_MOST_ACTIVE: Final = 4
_WEEKS_A_YEAR: Final = 365.25 / 7

Events = Sequence[tuple[str, Codes, Floats]]
"""Experience, who had it, and at which second."""
Handle = Callable[[Codes, Codes, Codes], Events]
"""Takes tickets, their customers and their customers' types, and returns what those customers experience."""


@dataclass(slots=True)
class Exposure:
    """Weeks of customers, and the planted chances of leaving in them: evidence without the chance of the departures.

    Attributes:
        names: Experiences.
        weeks: For each experience, type, activity (tickets in the last half year, up to four) and whether exposed.
        leaving: Sum of the planted chances over the same weeks.
        cells: Weeks by type and by the experiences together, as a number with a bit for each.
        cell_leaving: Sum of the planted chances over the same weeks.
    """

    names: tuple[str, ...]
    weeks: Floats
    leaving: Floats
    cells: Floats
    cell_leaving: Floats

    @classmethod
    def empty(cls, names: Sequence[str], types: int) -> "Exposure":
        """Return one without any week."""
        shape = (len(names), types, _MOST_ACTIVE + 1, 2)
        cells = types, 2 ** len(names)
        return cls(tuple(names), np.zeros(shape), np.zeros(shape), np.zeros(cells), np.zeros(cells))

    def add(self, types: Codes, activity: Codes, exposed: Flags, chances: Floats) -> None:
        """Add a week of some customers; `exposed` has a row an experience."""
        _names, type_count, active_count, _two = self.weeks.shape
        base = (types * active_count + activity) * 2
        for place, flags in enumerate(exposed):
            for total, weights in ((self.weeks, None), (self.leaving, chances)):
                found = np.bincount(base + flags, weights, minlength=type_count * active_count * 2)
                total[place] += found.reshape(total[place].shape)
        code = types * self.cells.shape[1] + (exposed.T @ (1 << np.arange(len(self.names)))).astype(np.int64)
        self.cells += np.bincount(code, minlength=self.cells.size).reshape(self.cells.shape)
        self.cell_leaving += np.bincount(code, chances, minlength=self.cells.size).reshape(self.cells.shape)


@dataclass(slots=True)
class People:
    """The customers of a desk.

    Attributes:
        types: Type of each, as a place in the plan's types.
        rates: How often each writes, relative to the others.
        joined_at: Second at which each joined; below 0 before the first day.
        left_at: Second at which each left; infinite: still there.
        writers: Customer of each ticket.
        exposure: What they went through.
    """

    types: Codes
    rates: Floats
    joined_at: Floats
    left_at: Floats
    writers: Codes
    exposure: Exposure
    _last: dict[str, Codes] = field(default_factory=dict)


def live(
    rng: np.random.Generator, plan: PeoplePlan, created_at: Floats, names: Sequence[str], handle: Handle
) -> People:
    """Let customers write, experience and leave, a week after the other.

    Args:
        rng: Chance.
        plan: What is planted.
        created_at: Second at which each ticket is created, in order.
        names: Experiences to keep an account of.
        handle: Handles the tickets of a week.
    """
    people = _begin(rng, plan, created_at, names)
    weeks = int(created_at[-1] // WEEK) + 1
    edges = np.searchsorted(created_at, WEEK * np.arange(weeks + 1))
    happened: dict[int, list[tuple[str, Codes]]] = {}
    wrote = [np.zeros(people.types.size, dtype=np.int64)]
    for week in range(weeks):
        for name, who in happened.pop(week, ()):
            people._last[name][who] = week  # noqa: SLF001 - of this module
        _leave(rng, plan, people, week, np.sum(wrote, axis=0))
        tickets = np.arange(edges[week], edges[week + 1])
        is_here = (people.joined_at < (week + 1) * WEEK) & np.isinf(people.left_at)
        people.writers[tickets] = who = _writers(rng, people.rates * is_here, tickets.size)
        wrote = [*wrote[1 - _ACTIVE_WEEKS :], np.bincount(who, minlength=people.types.size)]
        for name, whom, at in handle(tickets, who, people.types[who]):
            # What happens in a week counts from the next one on.
            for known in np.unique(at // WEEK).astype(int).tolist():
                happened.setdefault(max(known, week) + 1, []).append((name, whom[at // WEEK == known]))
    return people


def _begin(rng: np.random.Generator, plan: PeoplePlan, created_at: Floats, names: Sequence[str]) -> People:
    """Make the customers: those of the first day, and as many new ones as are expected to leave."""
    years = created_at[-1] / (365.25 * DAY)
    types = tuple(plan.rates)
    shares = np.array([plan.type_shares[name] for name in types])
    mean_rate = float(shares @ np.array(list(plan.rates.values())))
    first = max(round(created_at.size / years / mean_rate), 20)
    later = rng.poisson(first * years * (plan.yearly_leaving or 0.08) * 1.3)
    count = first + int(later)
    kinds = rng.choice(len(types), count, p=shares / shares.sum())
    rates = np.array(list(plan.rates.values()))[kinds] * rng.gamma(plan.shape, 1 / plan.shape, count)
    joined = np.concatenate([-rng.uniform(0, 400 * DAY, first), np.sort(rng.uniform(0, created_at[-1], count - first))])
    last = {name: np.full(count, NEVER) for name in names}
    exposure = Exposure.empty(names, len(types))
    return People(
        kinds.astype(np.int64),
        rates,
        joined,
        np.full(count, np.inf),
        np.zeros(created_at.size, np.int64),
        exposure,
        last,
    )


def _writers(rng: np.random.Generator, weights: Floats, count: int) -> Codes:
    edges = np.cumsum(weights)
    return np.asarray(np.searchsorted(edges, rng.random(count) * edges[-1], side="right"), dtype=np.int64)


def _leave(rng: np.random.Generator, plan: PeoplePlan, people: People, week: int, activity: Codes) -> None:
    """Let customers leave at the beginning of a week, each with a planted chance."""
    is_here = (people.joined_at < week * WEEK) & np.isinf(people.left_at)
    who = np.flatnonzero(is_here)
    if not who.size:
        return
    last = np.array([people._last[name][who] for name in people.exposure.names])  # noqa: SLF001 - of this module
    exposed = week - last <= plan.memory_weeks
    chances = leaving_chances(plan, people.types[who], exposed, people.exposure.names)
    active = np.minimum(activity[who], _MOST_ACTIVE)
    people.exposure.add(people.types[who], active, exposed, chances)
    if plan.yearly_leaving is not None:
        leaves = who[rng.random(who.size) < chances]
        people.left_at[leaves] = week * WEEK + rng.uniform(0, 2 * DAY, leaves.size)


def leaving_chances(plan: PeoplePlan, types: Codes, exposed: Flags, names: Sequence[str]) -> Floats:
    """Return the planted chance of each customer to leave in a week; `exposed` has a row an experience."""
    weekly = (plan.yearly_leaving or 0.0) / _WEEKS_A_YEAR
    factor = np.array(list(plan.type_hazards.values()))[types]
    for name, flags in zip(names, exposed, strict=True):
        factor = factor * np.where(flags, plan.hazards.get(name, 1.0), 1.0)
    return np.minimum(weekly * factor, 0.9)

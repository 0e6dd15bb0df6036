"""A desk's staff hour by hour: live channels, written work, their cost, and the outcome under other demands.

`live_queue` gives the people on each live channel; contacts that come while the desk is closed join the written work.
Written work is spread evenly (`levelling`), so that everything is answered by its due time. Where people answer mail
between calls (`is_blended`), the time that live contacts leave them is used first, up to the occupancy cap. One more
person at work costs `cost_per_hour / (1 - shrinkage)`, because breaks and leave are paid too.

Assumptions: people on a live channel take that channel's contacts only. Written contacts take the mean handle time.
Demand is a rate: the live queues allow for chance within an hour, the written work does not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from analytics.staffing.backlog_queue import NO_BACKLOG, BacklogOutcome, BacklogWork, OpeningBacklog, backlog_outcome
from analytics.staffing.erlang import Floats, Ints
from analytics.staffing.errors import require
from analytics.staffing.levelling import even_work
from analytics.staffing.live_queue import (
    LiveLoad,
    LiveOutcome,
    LiveTarget,
    live_outcome,
    people_to_employ,
    required_agents,
)
from analytics.time_units import HOUR_SECONDS

_ALMOST: Final = 1e-9


@dataclass(frozen=True, slots=True)
class ChannelDemand:
    """What comes in by one channel, one entry for each hour.

    Attributes:
        contacts: Number of contacts.
        handle_seconds: Mean time an agent spends on a contact.
    """

    contacts: Floats
    handle_seconds: Floats


@dataclass(frozen=True, slots=True)
class StaffingRules:
    """How a desk is staffed.

    Attributes:
        live: Targets of the live channels; every other channel is written work.
        due_hours: Hours of the SLA clock within which written contacts are answered.
        shrinkage: Share of paid time that is not at work.
        occupancy_cap: Largest share of their time at work that people may spend on contacts.
        minimum: People at work whenever the desk is open.
        cost_per_hour: Cost of one person on the roster for an hour.
        is_blended: Whether people on live channels answer written contacts in between.
        catch_up_hours: Hours of the SLA clock in which contacts that are late at the start have to be answered.
    """

    live: Mapping[str, LiveTarget]
    due_hours: float
    shrinkage: float
    occupancy_cap: float
    minimum: int
    cost_per_hour: float
    is_blended: bool
    catch_up_hours: float = 8.0

    def __post_init__(self) -> None:
        """Refuse rules that no desk can have.

        Raises:
            StaffingInputError: If a figure is out of its range.
        """
        require(0 <= self.shrinkage < 1, "The shrinkage has to be from 0 to below 1, such as 0.3.")
        require(0 < self.occupancy_cap <= 1, "The occupancy cap has to be above 0 and at most 1, such as 0.85.")
        require(self.minimum >= 0, "The least number of people has to be 0 or more.")
        require(0 <= self.cost_per_hour < np.inf, "The cost of an hour has to be 0 or more.")
        require(0 < self.due_hours < np.inf, "The time to answer has to be more than 0.")


@dataclass(frozen=True, slots=True)
class DeskHours:
    """When the desk is open, one entry for each hour.

    Attributes:
        open_share: Share of the hour in which people are at work, 0 to 1.
        clock_share: Share of the hour in which the SLA clock of written work runs.
        opening: Written contacts unanswered at the start.
    """

    open_share: Floats
    clock_share: Floats
    opening: OpeningBacklog = NO_BACKLOG


@dataclass(frozen=True, slots=True)
class Staff:
    """People at work, one entry for each hour.

    Attributes:
        live: People on each live channel.
        written: People on written work alone.
        total: All of them, and never fewer than the minimum.
        on_roster: People to employ so that the total is at work, with shrinkage.
    """

    live: Mapping[str, Ints]
    written: Ints
    total: Ints
    on_roster: Ints


@dataclass(frozen=True, slots=True)
class WrittenOutcome:
    """What becomes of the written work.

    Attributes:
        arrivals: Contacts that came in each hour, those of live channels out of hours included.
        queue: Backlog, ages, and the share answered in time.
        handle_seconds: Mean time an agent spends on a contact.
    """

    arrivals: Floats
    queue: BacklogOutcome
    handle_seconds: float


def needed_staff(demand: Mapping[str, ChannelDemand], hours: DeskHours, rules: StaffingRules) -> Staff:
    """Return the smallest staff that meets every target under a given demand."""
    is_open = hours.open_share > 0
    live = {
        name: np.where(is_open, required_agents(_load(demand[name], hours), target).agents, 0)
        for name, target in rules.live.items()
        if name in demand
    }
    written = _written_staff(demand, hours, rules, live)
    together = written + sum(live.values(), np.zeros(is_open.shape, dtype=np.int64))
    short = np.where(is_open, np.maximum(rules.minimum - together, 0), 0)
    total = together + short
    return Staff(live, written + short, total, people_to_employ(total, rules.shrinkage))


def live_outcomes(
    staff: Staff, demand: Mapping[str, ChannelDemand], hours: DeskHours, rules: StaffingRules, change: int = 0
) -> Mapping[str, LiveOutcome]:
    """Return what becomes of live contacts while the desk is open.

    Args:
        staff: People at work.
        demand: What comes in; it may differ from the demand that the staff was planned for.
        hours: When the desk is open.
        rules: How the desk is staffed.
        change: People added to each channel, or taken away when below 0.
    """
    return {
        name: live_outcome(np.maximum(agents + change, 0), _load(demand[name], hours), rules.live[name])
        for name, agents in staff.live.items()
    }


def written_outcome(
    staff: Staff, demand: Mapping[str, ChannelDemand], hours: DeskHours, rules: StaffingRules, change: int = 0
) -> WrittenOutcome:
    """Return what becomes of written work; the arguments are those of `live_outcomes`.

    `change` adds people to every hour, or takes them away. Where nobody is on written work alone, people taken away are
    missing among those who answer between live contacts.
    """
    arrivals, handle = _written_work(demand, hours, rules)
    people = (staff.written + change) * rules.occupancy_cap + _idle(demand, hours, rules, staff.live)
    present = np.maximum(people, 0.0) * hours.open_share
    work = BacklogWork(arrivals, hours.clock_share, rules.due_hours, hours.opening)
    return WrittenOutcome(arrivals, backlog_outcome(work, present, handle / HOUR_SECONDS), handle)


def _load(demand: ChannelDemand, hours: DeskHours) -> LiveLoad:
    """Return a live channel's load while the desk is open; an hour that is partly open has the whole hour's rate."""
    contacts = np.where(hours.open_share > 0, demand.contacts, 0.0)
    return LiveLoad(contacts, HOUR_SECONDS, demand.handle_seconds)


def _written_work(demand: Mapping[str, ChannelDemand], hours: DeskHours, rules: StaffingRules) -> tuple[Floats, float]:
    """Return the written contacts of each hour, as contacts of one mean handle time, and that time in seconds."""
    contacts, seconds = np.zeros(hours.open_share.shape), np.zeros(hours.open_share.shape)
    for name, channel in demand.items():
        share = 1 - hours.open_share if name in rules.live else 1.0
        contacts = contacts + channel.contacts * share
        seconds = seconds + channel.contacts * share * channel.handle_seconds
    total = float(contacts.sum())
    mean = float(seconds.sum()) / total if total > 0 else _mean_handle(demand)
    return seconds / mean, mean


def _mean_handle(demand: Mapping[str, ChannelDemand]) -> float:
    means = [float(channel.handle_seconds.mean()) for channel in demand.values() if channel.handle_seconds.size]
    return sum(means) / len(means) if means else HOUR_SECONDS


def _idle(
    demand: Mapping[str, ChannelDemand], hours: DeskHours, rules: StaffingRules, live: Mapping[str, Ints]
) -> Floats:
    """Return the people that live contacts leave free for written work, in each hour."""
    idle = np.zeros(hours.open_share.shape)
    if not rules.is_blended:
        return idle
    for name, agents in live.items():
        idle = idle + np.maximum(agents * rules.occupancy_cap - _load(demand[name], hours).erlangs, 0.0)
    return idle


def _written_staff(
    demand: Mapping[str, ChannelDemand], hours: DeskHours, rules: StaffingRules, live: Mapping[str, Ints]
) -> Ints:
    """Return the people needed for written work alone, with the work as even as the due times allow."""
    arrivals, handle = _written_work(demand, hours, rules)
    # To be sent when due, an answer has to be begun one handle time earlier.
    due_hours = max(rules.due_hours - handle / HOUR_SECONDS, rules.due_hours / 2)
    work = BacklogWork(arrivals, hours.clock_share, due_hours, hours.opening)
    is_open = hours.open_share > 0
    ends = np.flatnonzero(is_open) + 1
    if not ends.size:
        return np.zeros(is_open.shape, dtype=np.int64)
    # Only working hours count. Contacts due while nobody works have to be answered before the desk closes.
    worked = np.concatenate(([0.0], np.cumsum(hours.open_share)))[np.concatenate(([0], ends))]
    due, came = work.due(rules.catch_up_hours), work.came
    next_opening = np.concatenate((ends[1:] - 1, [is_open.size]))
    due_then = np.minimum(due[next_opening], came[ends])
    done = even_work(
        worked, np.concatenate(([0.0], due_then)), np.concatenate(([float(work.opening.count)], came[ends]))
    )
    people = np.diff(done) / np.diff(worked) * handle / HOUR_SECONDS
    extra = (people - _idle(demand, hours, rules, live)[ends - 1]) / rules.occupancy_cap
    needed = np.zeros(is_open.shape, dtype=np.int64)
    needed[ends - 1] = np.ceil(np.maximum(extra, 0.0) - _ALMOST)
    return needed

"""A made-up desk, made from its plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.truth.calendar import OpenTime, holidays_of
from benchmarks.truth.handling import Kinds, Times, draw_kinds, draw_times, is_missed
from benchmarks.truth.people import Events, People, live
from benchmarks.truth.plan import (
    DAY,
    EXPERIENCES,
    LATE,
    LOW,
    REOPENED,
    SEVERAL,
    STUCK,
    STUCK_DAYS,
    Codes,
    DeskPlan,
    Flags,
    Floats,
)
from benchmarks.truth.ratings import Felt, draw_ratings, latent_means
from benchmarks.truth.volume import drawn_counts

LATE_DAYS: Final = 28
_BAD_RATING: Final = 2
_REOPENED_SHARE: Final = 0.07
_HOUR: Final = 3600.0


@dataclass(slots=True)
class MadeDesk:
    """A desk; instants are seconds after midnight of its first day by its own clock, and may lie after its end.

    Attributes:
        plan: What is planted.
        end: Second at which the history ends.
        created_at: Of each ticket, in order.
        kinds: Category, priority and agents of each ticket.
        times: Open seconds to reply and solution.
        reply_at: Instant of the first reply.
        resolved_at: Instant of the solution.
        contacts: Messages of the customer between reply and solution; each but an ignored last one is answered.
        is_proactive: Whether an agent wrote without being asked.
        is_reopened: Whether it was opened again.
        is_missed: Late first reply, late solution.
        rating: 1 to 5; 0: none.
        rated_at: Instant of the rating.
        means: Planted mean of the latent rating.
        people: The customers.
    """

    plan: DeskPlan
    end: float
    created_at: Floats
    kinds: Kinds
    times: Times
    reply_at: Floats
    resolved_at: Floats
    contacts: Codes
    is_proactive: Flags
    is_reopened: Flags
    is_missed: tuple[Flags, Flags]
    rating: Codes
    rated_at: Floats
    means: Floats
    people: People

    @property
    def count(self) -> int:
        """Number of tickets."""
        return self.created_at.size

    @property
    def felt(self) -> Felt:
        """What the customers felt."""
        return Felt(
            self.reply_at - self.created_at,
            self.resolved_at - self.created_at,
            (2 * self.contacts + self.is_proactive).astype(np.float64),
            self.kinds.is_handed_over.astype(np.float64),
            self.is_proactive.astype(np.float64),
        )

    @property
    def is_rated(self) -> Flags:
        """Whether each ticket has a rating within the history."""
        flags: Flags = (self.rating > 0) & (self.rated_at < self.end)
        return flags


def open_time(plan: DeskPlan) -> OpenTime:
    """Return when a desk is open."""
    closed = holidays_of(plan.country, plan.volume.first, plan.volume.days + 2 * 365)
    return OpenTime.of(plan.volume.first, plan.volume.days, plan.opens, closed)


def make_desk(plan: DeskPlan) -> MadeDesk:
    """Make the desk of a plan; the same plan always makes the same desk."""
    rng = np.random.default_rng((plan.seed, 1))
    created_at, category = _arrivals(rng, plan)
    hours = open_time(plan)
    kinds = draw_kinds(rng, plan.handling, category)
    end = float(plan.volume.days * DAY)
    times = draw_times(rng, plan.handling, kinds, created_at >= end - LATE_DAYS * DAY, hours.seconds_a_day)
    reply_at, resolved_at = hours.after(created_at, times.reply), hours.after(created_at, times.resolution)
    waited = np.maximum(resolved_at - reply_at, 0.0) / _HOUR
    contacts = rng.poisson(0.2 + 0.15 * np.log2(1 + waited))
    # Another agent is seen where a second agent writes.
    contacts = np.where(kinds.is_handed_over, np.maximum(contacts, 1), contacts)
    contacts = contacts if plan.has_messages else np.zeros_like(contacts)
    chance = rng.random((4, created_at.size))
    desk = MadeDesk(
        plan, end, created_at, kinds, times, reply_at, resolved_at, contacts,
        is_proactive=(chance[0] < 0.15) & plan.has_messages,  # noqa: PLR2004 - a made-up share
        is_reopened=chance[1] < _REOPENED_SHARE,
        is_missed=is_missed(plan.handling, kinds.priority, times),
        rating=(chance[2] < plan.ratings.answer_share).astype(np.int64),
        rated_at=resolved_at - 20 * _HOUR * np.log(1 - chance[3]),
        means=np.zeros(0),
        people=People(*(np.zeros(0),) * 6),  # type: ignore[arg-type] # filled in below
    )  # fmt: skip
    _let_people_live(rng, desk)
    return desk


def _arrivals(rng: np.random.Generator, plan: DeskPlan) -> tuple[Floats, Codes]:
    """Return when each ticket is created, in order, and its category: mostly while the desk is open."""
    counts = drawn_counts(rng, plan.volume, plan.country)
    day = np.concatenate([np.repeat(np.arange(plan.volume.days), each) for each in counts.values()])
    category = np.concatenate([np.full(int(each.sum()), place) for place, each in enumerate(counts.values())])
    spans = np.array([span or (480, 1200) for span in plan.opens], dtype=np.float64)
    opens, closes = spans[(plan.volume.first.weekday() + day) % 7].T
    at_any_hour = rng.random(day.size) < 0.2  # noqa: PLR2004 - a made-up share
    minute = np.where(at_any_hour, rng.uniform(0, 1439, day.size), opens + (closes - opens) * rng.beta(2, 2, day.size))
    created_at = day * DAY + np.minimum(np.floor(60 * minute), DAY - 1)
    order = np.argsort(created_at, kind="stable")
    return created_at[order], category[order].astype(np.int64)


def _let_people_live(rng: np.random.Generator, desk: MadeDesk) -> None:
    plan = desk.plan.ratings
    agents = np.array([each.rating for each in desk.plan.handling.agents])[desk.kinds.agent]
    base = latent_means(plan, desk.felt, desk.kinds.category, agents)
    desk.means = base.copy()
    by_type = np.array(list(plan.customer_types.values()))
    moods = rng.normal(0, plan.customer_spread, 4 * desk.count + 1000)

    def handle(tickets: Codes, who: Codes, types: Codes) -> Events:
        desk.means[tickets] = base[tickets] + by_type[types] + moods[who]
        rated = desk.rating[tickets] > 0
        scores = draw_ratings(rng, plan, desk.means[tickets])
        desk.rating[tickets] = np.where(rated, scores, 0)
        return _events(desk, tickets, who)

    names = (*EXPERIENCES, *(f"category:{each}" for each in desk.plan.volume.shares))
    desk.people = live(rng, desk.plan.people, desk.created_at, names, handle)


def _events(desk: MadeDesk, tickets: Codes, who: Codes) -> Events:
    """Return what the customers of some tickets experience, and when they know of it."""
    created, reply, resolved = (each[tickets] for each in (desk.created_at, desk.reply_at, desk.resolved_at))
    late = tuple(each[tickets] for each in desk.is_missed)
    stuck_at = created + STUCK_DAYS * DAY
    several = desk.kinds.is_handed_over[tickets] & desk.plan.has_messages
    low = (desk.rating[tickets] > 0) & (desk.rating[tickets] <= _BAD_RATING)
    found = [
        (LATE, late[0] & (not desk.plan.is_date_only), reply),
        (LATE, late[1] & (not desk.plan.is_date_only), resolved),
        (LOW, low, desk.rated_at[tickets]),
        (STUCK, resolved > stuck_at, stuck_at),
        (REOPENED, desk.is_reopened[tickets] & desk.plan.has_reopenings, resolved),
        (SEVERAL, several, resolved),
    ]
    for place, name in enumerate(desk.plan.volume.shares):
        found.append((f"category:{name}", desk.kinds.category[tickets] == place, created))
    return _happened(found, who, desk.end)


def _happened(found: Sequence[tuple[str, Flags, Floats]], who: Codes, end: float) -> Events:
    return [(name, who[flags & (at < end)], at[flags & (at < end)]) for name, flags, at in found]

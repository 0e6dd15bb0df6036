"""What is true of a made-up desk, by its plan: what the rules compare sentences with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from benchmarks.truth.handling import Kinds, draw_kinds, draw_times, is_missed, pairs
from benchmarks.truth.made_desk import LATE_DAYS, MadeDesk, open_time
from benchmarks.truth.plan import (
    ALL,
    DAY,
    LATE,
    LOW,
    PRIORITIES,
    REPLY,
    RESOLUTION,
    STUCK,
    YEAR,
    Codes,
    DeskPlan,
    Floats,
    HandlingPlan,
    OddDays,
    Season,
    VolumePlan,
)
from benchmarks.truth.volume import expected_counts, season_factor

LEAST_CASES: Final = 30
_DRAWS: Final = 40_000
_BEFORE_DAYS: Final = 91


@dataclass(frozen=True, slots=True)
class Truth:
    """What is planted, in the words that sentences use.

    Attributes:
        means: Mean seconds to the solution, by category with 30 or more tickets in the last year.
        medians: The same for the median.
        missed: Chance that a target is missed, by category and by "category/priority", each with 30 or more tickets in
            the last year.
        missed_change: That chance over all tickets: in the last four weeks less in the thirteen weeks before.
        rates: Tickets a customer a year, by customer type with 30 or more customers.
        seasons: For each category and `ALL`, the factor of the seasons on each of 365 days of the year.
        planted_seasons: The seasons themselves.
        odd: Odd days.
        ratings: Points of the latent rating, by driver; 0 where none is planted.
        worse: For each metric of agents, each agent's shift to the worse; larger is worse.
        hazards: Factor of the chance of leaving after an experience or "category:SLUG", where it is planted.
        leads_on: Experiences that make another one likelier by a planted path, which makes customers leave.
        goes_with: For each experience, leaving after it ÷ leaving without it, by the planted chances: what experiences
            that happen together bring about.
    """

    means: Mapping[str, float] = field(default_factory=dict)
    medians: Mapping[str, float] = field(default_factory=dict)
    missed: Mapping[str, float] = field(default_factory=dict)
    missed_change: float = 0.0
    rates: Mapping[str, float] = field(default_factory=dict)
    seasons: Mapping[str, Floats] = field(default_factory=dict)
    planted_seasons: tuple[Season, ...] = ()
    odd: tuple[OddDays, ...] = ()
    ratings: Mapping[str, float] = field(default_factory=dict)
    worse: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    hazards: Mapping[str, float] = field(default_factory=dict)
    leads_on: frozenset[str] = frozenset()
    goes_with: Mapping[str, float] = field(default_factory=dict)


def truth_of(desk: MadeDesk) -> Truth:
    """Return what is true of a desk."""
    plan = desk.plan
    drawn = _drawn(plan, is_late=False)
    categories, missed = drawn.times, drawn.missed
    lately = desk.created_at >= desk.end - YEAR * DAY
    sizes = np.bincount(desk.kinds.category[lately], minlength=len(plan.volume.shares))
    pair_sizes = np.bincount(
        (desk.kinds.category * len(PRIORITIES) + desk.kinds.priority)[lately], minlength=missed.size
    )
    known = [name for name, size in zip(plan.volume.shares, sizes, strict=True) if size >= LEAST_CASES]
    return Truth(
        means={name: float(categories[name].mean()) for name in known},
        medians={name: float(np.median(categories[name])) for name in known},
        missed=_missed(plan, missed, pair_sizes),
        missed_change=_missed_change(plan, missed),
        rates=_rates(desk),
        seasons=season_factors(plan.volume),
        planted_seasons=plan.volume.seasons,
        odd=plan.volume.odd,
        ratings=plan.ratings.effects,
        worse=worse_agents(plan),
        hazards=plan.people.hazards if plan.people.yearly_leaving else {},
        leads_on=_leads_on(plan),
        goes_with=_goes_with(desk),
    )


@dataclass(frozen=True, slots=True)
class _Drawn:
    """Many tickets of each category, drawn with the same chance, so that what is alike comes out alike.

    Attributes:
        times: Seconds to the solution, by category.
        missed: Chance that a target is missed, of each pair in the order of `pairs`.
    """

    times: Mapping[str, Floats]
    missed: Floats


def _drawn(plan: DeskPlan, *, is_late: bool) -> _Drawn:
    times, missed = {}, []
    seconds_a_day, late = open_time(plan).seconds_a_day, np.full(_DRAWS, is_late)
    for place, name in enumerate(plan.handling.categories):
        rng = np.random.default_rng(0)
        kinds = draw_kinds(rng, plan.handling, np.full(_DRAWS, place))
        times[name] = draw_times(rng, plan.handling, kinds, late, seconds_a_day).resolution
        for priority in range(len(PRIORITIES)):
            same = Kinds(kinds.category, np.full(_DRAWS, priority), kinds.first_agent, kinds.agent)
            own = draw_times(np.random.default_rng(1), plan.handling, same, late, seconds_a_day)
            reply, resolution = is_missed(plan.handling, same.priority, own)
            missed.append(float((reply | resolution).mean()))
    return _Drawn(times, np.array(missed))


def _missed(plan: DeskPlan, chances: Floats, sizes: Codes) -> dict[str, float]:
    found = {
        name: float(chance)
        for name, chance, size in zip(pairs(plan.handling), chances, sizes, strict=True)
        if size >= LEAST_CASES
    }
    for place, name in enumerate(plan.handling.categories):
        own = slice(place * len(PRIORITIES), (place + 1) * len(PRIORITIES))
        if sizes[own].sum() >= LEAST_CASES:
            found[name] = float(chances[own] @ np.array(plan.handling.priorities[name]))
    return found


def _missed_change(plan: DeskPlan, usual: Floats) -> float:
    """Return how the planted chance of missing a target changed: slower work, or other tickets than before."""
    counts = expected_counts(plan.volume, plan.country)
    mix = np.array([plan.handling.priorities[name] for name in counts])
    lately, before = (
        mix * np.array([each[span].sum() for each in counts.values()])[:, None]
        for span in (slice(-LATE_DAYS, None), slice(-LATE_DAYS - _BEFORE_DAYS, -LATE_DAYS))
    )
    chances = usual.reshape(mix.shape)
    late = _drawn(plan, is_late=True).missed.reshape(mix.shape) if plan.handling.late_shift else chances
    return float((lately * late).sum() / lately.sum() - (before * chances).sum() / before.sum())


def _rates(desk: MadeDesk) -> dict[str, float]:
    lately = desk.created_at >= desk.end - YEAR * DAY
    wrote = np.unique(desk.people.writers[lately])
    sizes = np.bincount(desk.people.types[wrote], minlength=len(desk.plan.people.rates))
    rates = desk.plan.people.rates
    return {name: rate for (name, rate), size in zip(rates.items(), sizes, strict=True) if size >= LEAST_CASES}


def season_factors(plan: VolumePlan) -> dict[str, Floats]:
    """Return the factor of the seasons on each day of the year, of each category and of all tickets."""
    days = np.arange(YEAR)
    factors = {name: season_factor(plan, name, days) for name in plan.shares}
    shares = np.array([plan.shares[name] for name in factors])
    whole = (shares[:, None] * np.array(list(factors.values()))).sum(axis=0) / shares.sum()
    return {ALL: whole, **factors}


def worse_agents(plan: DeskPlan) -> dict[str, dict[str, float]]:
    """Return each agent's shift to the worse: of the logarithm of a time, and of the latent rating."""
    handling, effects = plan.handling, plan.ratings.effects
    reply = {each.name: each.reply for each in handling.agents}
    whole = {each.name: resolution_shift(handling, each.reply, each.work) for each in handling.agents}
    # A slow agent is rated worse where slowness is.
    rating = {
        each.name: -each.rating
        - (effects.get(REPLY, 0.0) * each.reply + effects.get(RESOLUTION, 0.0) * whole[each.name]) / np.log(2)
        for each in handling.agents
    }
    return {"first_reply_time": reply, "resolution_time": whole, "mean_rating": rating}


def resolution_shift(plan: HandlingPlan, reply: float, work: float) -> float:
    """Return the shift of the logarithm of the whole time, of shifts of its two parts."""
    parts = np.array([plan.reply_median, plan.work_median])
    return float(np.log((parts * np.exp([reply, work])).sum() / parts.sum()))


def _leads_on(plan: DeskPlan) -> frozenset[str]:
    """Return the experiences that lower ratings by a planted path, where a low rating makes customers leave."""
    if plan.people.hazards.get(LOW, 1.0) <= 1:
        return frozenset()
    effects = plan.ratings.effects
    slow = {LATE, STUCK} if min(effects.get(REPLY, 0.0), effects.get(RESOLUTION, 0.0)) < 0 else set()
    return frozenset(slow | ({"several_agents"} if effects.get("several_agents", 0.0) < 0 else set()))


def _goes_with(desk: MadeDesk) -> dict[str, float]:
    """Return the ratio of planted chances of leaving, among customers of the same type who write as often."""
    exposure, found = desk.people.exposure, {}
    for place, name in enumerate(exposure.names):
        weeks, leaving = exposure.weeks[place], exposure.leaving[place]
        whole = np.maximum(weeks.sum(axis=2), 1e-9)
        above = float((leaving[..., 1] * weeks[..., 0] / whole).sum())
        below = float((leaving[..., 0] * weeks[..., 1] / whole).sum())
        if below > 0:
            found[name] = above / below
    return found

"""Planted effects on how long tickets take: slow categories, missed targets, targets of late, slow agents."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Final

import numpy as np

from benchmarks.truth.made_desk import LATE_DAYS, MadeDesk
from benchmarks.truth.plan import DAY, PRIORITIES, YEAR, Flags
from benchmarks.truth.planted import Effect, Family, Fitted, against_others, dummies, lately, leaders, least_squares
from benchmarks.truth.truth import Truth

_HALF_DAY: Final = 43_200.0
_BEFORE_DAYS: Final = 91


def handling_effects(desk: MadeDesk, truth: Truth) -> Iterator[Effect]:
    """Yield the planted effects on times and targets."""
    solved = desk.resolved_at < desk.end
    spans = tuple(solved & lately(desk.resolved_at, desk.end, days) for days in (YEAR, 10 * YEAR))
    fitted = tuple(_fitted_times(desk, span) for span in spans)
    yield from _slowest(desk, truth, fitted)
    yield from _slow_agents(desk, truth, fitted)
    if not desk.plan.is_date_only:
        yield from _missed(desk, truth)
        yield from _missed_change(desk, truth)


@dataclass(frozen=True, slots=True)
class _Times:
    """A regression of times, and by how much a planted shift shows in it: less where only whole days are known."""

    fitted: Fitted
    shown: float


def _fitted_times(desk: MadeDesk, rows: Flags) -> _Times:
    """Fit the logarithm of the time to the solution to all that is planted: category, agent, priority, handover."""
    kinds, plan = desk.kinds, desk.plan
    planted = values = np.log(desk.times.resolution[rows])
    if plan.is_date_only:
        days = np.floor(desk.resolved_at[rows] / DAY) - np.floor(desk.created_at[rows] / DAY)
        values = np.log(np.maximum(days * DAY, _HALF_DAY))
    columns = [
        dummies(kinds.category[rows], len(plan.volume.shares)),
        dummies(kinds.agent[rows], len(plan.handling.agents)),
        dummies(kinds.priority[rows], len(PRIORITIES)),
        kinds.is_handed_over[rows].astype(np.float64),
    ]
    shown = float(least_squares(values, [planted]).coefficients[1]) if values.size else 0.0
    return _Times(least_squares(values, columns), shown)


def _slowest(desk: MadeDesk, truth: Truth, fitted: tuple[_Times, ...]) -> Iterator[Effect]:
    first, following = leaders(truth.medians)
    # Where mean and median of a mixture disagree, there is no slowest one to be found.
    if following is None or leaders(truth.means)[0] != first:
        return
    size = float(np.log(truth.medians[first[0]] / truth.medians[following]))
    names = list(desk.plan.handling.categories)
    zs = [
        fit.shown * size / max(_category_error(fit.fitted, names, name, following) for name in first) for fit in fitted
    ]
    yield Effect(Family.SLOWEST, " + ".join(first), size, *zs)


def _category_error(fit: Fitted, names: list[str], one: str, other: str) -> float:
    contrast = np.zeros(fit.coefficients.size)
    for name, sign in ((one, 1.0), (other, -1.0)):
        if names.index(name):
            contrast[names.index(name)] = sign
    return fit.error(contrast)


def _slow_agents(desk: MadeDesk, truth: Truth, fitted: tuple[_Times, ...]) -> Iterator[Effect]:
    agents, first = desk.plan.handling.agents, len(desk.plan.volume.shares)
    shifts = truth.worse["resolution_time"]
    for place, agent in enumerate(agents):
        if not (agent.is_bad and agent.work > 0.1):  # noqa: PLR2004 - the others are bad in ratings alone
            continue
        contrast = against_others(fitted[0].fitted, first, len(agents), place)
        size = shifts[agent.name] - median(shift for name, shift in shifts.items() if name != agent.name)
        yield Effect(
            Family.SLOW_AGENTS, agent.name, size, *(fit.shown * size / fit.fitted.error(contrast) for fit in fitted)
        )


def _missed(desk: MadeDesk, truth: Truth) -> Iterator[Effect]:
    pairs = {name: share for name, share in truth.missed.items() if "/" in name}
    first, following = leaders(pairs)
    if following is None:
        return
    size = pairs[first[0]] - pairs[following]
    zs = []
    for days in (YEAR, 10 * YEAR):
        rows = lately(desk.created_at, desk.end, days)
        errors = [_share_error(desk, rows, truth.missed, (name, following)) for name in first]
        zs.append(size / max(errors))
    yield Effect(Family.TARGETS, " + ".join(first), size, *zs)


def _share_error(desk: MadeDesk, rows: Flags, shares: Mapping[str, float], names: tuple[str, str]) -> float:
    categories, variance = list(desk.plan.volume.shares), 0.0
    for name in names:
        category, _slash, priority = name.partition("/")
        is_pair = (desk.kinds.category == categories.index(category)) & (
            desk.kinds.priority == PRIORITIES.index(priority)
        )
        variance += shares[name] * (1 - shares[name]) / max(int((is_pair & rows).sum()), 1)
    return float(np.sqrt(max(variance, 1e-12)))


def _missed_change(desk: MadeDesk, truth: Truth) -> Iterator[Effect]:
    if not desk.plan.handling.late_shift:
        return
    is_missed = desk.is_missed[0] | desk.is_missed[1]
    now = lately(desk.created_at, desk.end, LATE_DAYS)
    before = lately(desk.created_at, desk.end, LATE_DAYS + _BEFORE_DAYS) & ~now
    variance = sum(float(is_missed[rows].var()) / max(int(rows.sum()), 1) for rows in (now, before))
    size = truth.missed_change
    z = size / float(np.sqrt(max(variance, 1e-12)))
    yield Effect(Family.TARGETS_CHANGE, "slower" if size > 0 else "quicker", size, z, z)

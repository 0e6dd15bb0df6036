"""Planted effects on how long tickets take: slow categories, missed targets, targets of late, slow agents."""

from collections.abc import Iterator, Mapping
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


def _fitted_times(desk: MadeDesk, rows: Flags) -> Fitted:
    """Fit the logarithm of the time to the solution to all that is planted: category, agent, priority, handover."""
    kinds, plan = desk.kinds, desk.plan
    values = np.log(desk.times.resolution[rows])
    if plan.is_date_only:
        days = np.floor(desk.resolved_at[rows] / DAY) - np.floor(desk.created_at[rows] / DAY)
        values = np.log(np.maximum(days * DAY, _HALF_DAY))
    return least_squares(
        values,
        [
            dummies(kinds.category[rows], len(plan.volume.shares)),
            dummies(kinds.agent[rows], len(plan.handling.agents)),
            dummies(kinds.priority[rows], len(PRIORITIES)),
            kinds.is_handed_over[rows].astype(np.float64),
        ],
    )


def _slowest(desk: MadeDesk, truth: Truth, fitted: tuple[Fitted, ...]) -> Iterator[Effect]:
    planted = {name: desk.plan.handling.categories[name] for name in truth.means}
    first, following = leaders(planted)
    # A category may be slow by its priorities or agents too; then only the whole is judged.
    if following is None or leaders(truth.medians)[0] != first:
        return
    size = planted[first[0]] - planted[following]
    names = list(desk.plan.handling.categories)
    zs = [size / max(_category_error(fit, names, name, following) for name in first) for fit in fitted]
    yield Effect(Family.SLOWEST, " + ".join(first), size, *zs)


def _category_error(fit: Fitted, names: list[str], one: str, other: str) -> float:
    contrast = np.zeros(fit.coefficients.size)
    for name, sign in ((one, 1.0), (other, -1.0)):
        if names.index(name):
            contrast[names.index(name)] = sign
    return fit.error(contrast)


def _slow_agents(desk: MadeDesk, truth: Truth, fitted: tuple[Fitted, ...]) -> Iterator[Effect]:
    agents, first = desk.plan.handling.agents, len(desk.plan.volume.shares)
    shifts = truth.worse["resolution_time"]
    for place, agent in enumerate(agents):
        if not (agent.is_bad and agent.work > 0.15):  # noqa: PLR2004 - the others are bad in ratings alone
            continue
        contrast = against_others(fitted[0], first, len(agents), place)
        size = shifts[agent.name] - median(shift for name, shift in shifts.items() if name != agent.name)
        yield Effect(Family.SLOW_AGENTS, agent.name, size, *(size / fit.error(contrast) for fit in fitted))


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
    is_missed = desk.is_missed[0]
    now = lately(desk.created_at, desk.end, LATE_DAYS)
    before = lately(desk.created_at, desk.end, LATE_DAYS + _BEFORE_DAYS) & ~now
    variance = sum(float(is_missed[rows].var()) / max(int(rows.sum()), 1) for rows in (now, before))
    size = truth.missed_change
    z = size / float(np.sqrt(max(variance, 1e-12)))
    yield Effect(Family.TARGETS_CHANGE, "slower" if size > 0 else "quicker", size, z, z)

"""Planted effects on people: who writes most, what is rated well, who is rated low, who leaves after what."""

from collections.abc import Iterator, Mapping
from statistics import median

import numpy as np

from benchmarks.truth.made_desk import MadeDesk
from benchmarks.truth.plan import CONTACTS, DAY, PROACTIVE, REPLY, RESOLUTION, SEVERAL, YEAR, Flags, Floats
from benchmarks.truth.planted import Effect, Family, against_others, dummies, lately, leaders, least_squares
from benchmarks.truth.ratings import points_a_latent_point
from benchmarks.truth.truth import Truth

_DRIVERS = (REPLY, RESOLUTION, CONTACTS, SEVERAL, PROACTIVE)


def people_effects(desk: MadeDesk, truth: Truth) -> Iterator[Effect]:
    """Yield the planted effects on customers and ratings."""
    yield from _need(desk, truth)
    if not desk.plan.is_date_only:
        yield from _ratings(desk)
    yield from _low_agents(desk, truth)
    yield from _leaving(desk)


def _need(desk: MadeDesk, truth: Truth) -> Iterator[Effect]:
    first, following = leaders(truth.rates)
    if following is None:
        return
    size = float(np.log(truth.rates[first[0]] / truth.rates[following]))
    zs = []
    for days in (YEAR, 10 * YEAR):
        start = desk.end - min(days * DAY, desk.end)
        errors = [np.hypot(_rate_error(desk, name, start), _rate_error(desk, following, start)) for name in first]
        zs.append(size / float(max(errors)))
    yield Effect(Family.NEED, " + ".join(first), size, *zs)


def _rate_error(desk: MadeDesk, name: str, start: float) -> float:
    """Return the error of the logarithm of a type's tickets a customer, among those who were there."""
    people = desk.people
    is_type = people.types == list(desk.plan.people.rates).index(name)
    was_here = is_type & (people.joined_at < desk.end) & (people.left_at > start)
    tickets = int((is_type[people.writers] & (desk.created_at >= start)).sum())
    customers = max(int(was_here.sum()), 1)
    mean = max(tickets / customers, 1e-6)
    return float(np.sqrt((mean + mean**2 / desk.plan.people.shape) / customers) / mean)


def _rated(desk: MadeDesk, rows: Flags) -> tuple[Floats, list[Floats]]:
    """Return ratings, and the columns of categories, customer types and agents."""
    plan = desk.plan
    types = desk.people.types[desk.people.writers]
    columns = [
        dummies(desk.kinds.category[rows], len(plan.volume.shares)),
        dummies(types[rows], len(plan.people.rates)),
        dummies(desk.kinds.agent[rows], len(plan.handling.agents)),
    ]
    return desk.rating[rows].astype(np.float64), columns


def _ratings(desk: MadeDesk) -> Iterator[Effect]:
    rows, plan = desk.is_rated, desk.plan.ratings
    columns = desk.felt.columns(plan.bend_hours)
    # Who wrote is not known without messages.
    seen = _DRIVERS if desk.plan.has_messages else (REPLY, RESOLUTION)
    known = [name for name in seen if np.ptp(columns[name][rows]) > 0] if rows.any() else []
    planted = [name for name in known if plan.effects.get(name)]
    if not planted:
        return
    values, others = _rated(desk, rows)
    _codes, customers = np.unique(desk.people.writers[rows], return_inverse=True)
    fitted = least_squares(values, [*(columns[name][rows] for name in known), *others], customers)
    points = points_a_latent_point(plan, desk.means[rows])
    for name in planted:
        contrast = np.zeros(fitted.coefficients.size)
        contrast[1 + known.index(name)] = 1.0
        size = plan.effects[name] * points
        z = abs(size) / fitted.error(contrast)
        yield Effect(Family.RATINGS, name, size, z, z)


def _low_agents(desk: MadeDesk, truth: Truth) -> Iterator[Effect]:
    agents, shifts = desk.plan.handling.agents, truth.worse["mean_rating"]
    bad = [place for place, each in enumerate(agents) if each.is_bad and each.rating < 0]
    if not bad:
        return
    spans = [desk.is_rated & lately(desk.rated_at, desk.end, days) for days in (YEAR, 10 * YEAR)]
    if not spans[0].any():
        return
    zs = [_agent_zs(desk, rows, bad, shifts) for rows in spans]
    for turn, place in enumerate(bad):
        name = agents[place].name
        yield Effect(Family.LOW_AGENTS, name, -shifts[name], zs[0][turn], zs[1][turn])


def _agent_zs(desk: MadeDesk, rows: Flags, bad: list[int], shifts: Mapping[str, float]) -> list[float]:
    values, columns = _rated(desk, rows)
    fitted = least_squares(values, columns)
    points, agents = points_a_latent_point(desk.plan.ratings, desk.means[rows]), desk.plan.handling.agents
    first = fitted.coefficients.size - len(agents) + 1
    found = []
    for place in bad:
        contrast = against_others(fitted, first, len(agents), place)
        name = agents[place].name
        size = points * (shifts[name] - median(shift for other, shift in shifts.items() if other != name))
        found.append(size / fitted.error(contrast))
    return found


def _leaving(desk: MadeDesk) -> Iterator[Effect]:
    """Measure by the information of a Poisson regression of departures on type and all that is planted."""
    plan, exposure = desk.plan.people, desk.people.exposure
    if plan.yearly_leaving is None or not plan.hazards:
        return
    types, codes = exposure.cells.shape
    bits = [exposure.names.index(name) for name in plan.hazards]
    flags = (np.arange(codes)[:, None] >> np.array(bits)) & 1
    cells = [(kind, code) for kind in range(types) for code in range(codes) if exposure.cell_leaving[kind, code] > 0]
    design = np.array([[*(np.arange(types) == kind), *flags[code]] for kind, code in cells], dtype=np.float64)
    means = np.array([exposure.cell_leaving[cell] for cell in cells])
    used = np.ptp(design, axis=0) > 0
    used[:types] = design[:, :types].any(axis=0)
    spread = np.full(design.shape[1], np.inf)
    spread[used] = np.diag(np.linalg.pinv(design[:, used].T @ (design[:, used] * means[:, None])))
    for place, (name, factor) in enumerate(plan.hazards.items()):
        error = float(np.sqrt(spread[types + place]))
        z = float(np.log(factor)) / error if error > 0 else 0.0
        yield Effect(Family.LEAVING, name, factor, z, z)

"""Draws who handles the tickets of a made-up desk and how long it takes: slow categories, bad agents, targets."""

from collections.abc import Sequence

import numpy as np

from benchmarks.truth.plan import PRIORITIES, Agent, HandlingPlan

_NAMES = ("Agnes", "Boris", "Chipo", "Dineo", "Emil", "Farai", "Greta", "Hamid", "Ines", "Jonas", "Kagiso", "Lerato")


def draw_handling(rng: np.random.Generator, categories: Sequence[str], *, is_neutral: bool) -> HandlingPlan:
    """Return who handles tickets and how long it takes.

    Args:
        rng: Chance.
        categories: Names of the categories.
        is_neutral: All categories, priorities and agents are alike, and all priorities are promised the same.
    """
    agents = _agents(rng, is_neutral=is_neutral)
    mixes = _mixes(rng, categories)
    deviations = rng.uniform(0.6, 1.2), rng.uniform(0.7, 1.4)
    medians = float(np.exp(rng.uniform(np.log(0.2), np.log(6)))), float(np.exp(rng.uniform(np.log(1), np.log(30))))
    is_urgent_quick = not is_neutral and rng.random() < 0.6  # noqa: PLR2004 - a made-up share
    by_priority = (0.4, 0.1, -0.3, -0.8) if is_urgent_quick else (0.0,) * len(PRIORITIES)
    promises = [
        _promises(rng, median * (1 + reply), deviation, by_priority, is_neutral=is_neutral)
        for median, deviation, reply in zip(medians, deviations, (0.0, 0.3), strict=True)
    ]
    has_handover = rng.random() < 0.7  # noqa: PLR2004 - a made-up share
    late_shift = float(rng.uniform(0.3, 0.9)) if rng.random() < 0.15 else 0.0  # noqa: PLR2004 - a made-up share
    return HandlingPlan(
        agents=agents,
        favours=_favours(rng, categories, len(agents)),
        priorities=mixes,
        reply_median=medians[0],
        reply_deviation=float(deviations[0]),
        work_median=medians[1],
        work_deviation=float(deviations[1]),
        categories=_category_shifts(rng, categories, is_neutral=is_neutral),
        by_priority=by_priority,
        stuck_share=float(rng.choice(np.array([0.0, 0.03, 0.06]))),
        handover_share=float(rng.uniform(0.08, 0.3)) if has_handover else 0.0,
        handover=float(rng.choice(np.array([0.0, 0.0, 0.35]))) if not is_neutral else 0.0,
        reply_targets=promises[0],
        resolution_targets=promises[1],
        late_shift=0.0 if is_neutral else late_shift,
        slow_pair=None if is_neutral else _slow_pair(rng, categories),
    )


def _agents(rng: np.random.Generator, *, is_neutral: bool) -> tuple[Agent, ...]:
    count = int(rng.integers(4, 13))
    # Fewer than half, so that the usual agent is a good one.
    bad = 0 if is_neutral else int(rng.integers(0, min(3, (count - 1) // 2) + 1))
    spread = 0.0 if is_neutral else float(rng.choice(np.array([0.0, 0.06])))
    weights = rng.dirichlet((4.0,) * count)
    made = []
    for place in range(count):
        is_bad = place < bad
        kind = str(rng.choice(np.array(["slow", "rated", "both"]))) if is_bad else ""
        slow = float(rng.uniform(0.2, 0.9)) if kind in {"slow", "both"} else 0.0
        worse = float(rng.uniform(0.3, 1.0)) if kind in {"rated", "both"} else 0.0
        reply = slow if rng.random() < 0.5 else 0.0  # noqa: PLR2004 - a made-up share
        own = rng.normal(0, spread, 2)
        made.append(Agent(_NAMES[place], float(weights[place]), reply + own[0], slow + own[1], -worse, is_bad))
    return tuple(made)


def _mixes(rng: np.random.Generator, categories: Sequence[str]) -> dict[str, tuple[float, ...]]:
    """Return each category's shares of priorities: the same everywhere on most desks."""
    usual = rng.dirichlet((4.0, 8.0, 4.0, 2.0))
    is_mixed = rng.random() < 0.4  # noqa: PLR2004 - a made-up share
    own = {name: 0.5 * usual + 0.5 * rng.dirichlet((2.0, 3.0, 2.0, 1.0)) for name in categories}
    return {name: tuple((own[name] if is_mixed else usual).tolist()) for name in categories}


def _favours(rng: np.random.Generator, categories: Sequence[str], agents: int) -> dict[str, tuple[float, ...]]:
    """Return how much each agent is given each category: some desks let agents specialise."""
    is_special = rng.random() < 0.4  # noqa: PLR2004 - a made-up share
    return {
        name: tuple((np.exp(rng.normal(0, 0.8, agents)) if is_special else np.ones(agents)).tolist())
        for name in categories
    }


def _slow_pair(rng: np.random.Generator, categories: Sequence[str]) -> tuple[str, str, float] | None:
    """Return a pair that some desks neglect."""
    if rng.random() < 0.7:  # noqa: PLR2004 - a made-up share
        return None
    category, priority = (str(rng.choice(np.array(names))) for names in (categories, PRIORITIES))
    return category, priority, float(rng.uniform(0.4, 1.2))


def _category_shifts(rng: np.random.Generator, categories: Sequence[str], *, is_neutral: bool) -> dict[str, float]:
    shifts = rng.normal(0, 0.35, len(categories))
    if is_neutral or rng.random() < 0.35:  # noqa: PLR2004 - a made-up share
        shifts[:] = 0.0
    elif len(categories) > 2 and rng.random() < 0.25:  # noqa: PLR2004 - as above, and two that are alike need a third
        order = np.argsort(-shifts)
        shifts[order[1]] = shifts[order[0]]
    return dict(zip(categories, shifts.tolist(), strict=True))


def _promises(
    rng: np.random.Generator, median: float, deviation: float, by_priority: Sequence[float], *, is_neutral: bool
) -> tuple[int, ...]:
    """Return the minutes promised for each priority: kept for most tickets."""
    usual = float(rng.uniform(0.7, 1.8))
    own = np.zeros(len(by_priority)) if is_neutral else rng.normal(0, 0.25, len(by_priority))
    minutes = 60 * median * np.exp(np.array(by_priority) + (usual + own) * deviation)
    return tuple(max(int(each), 1) for each in minutes)

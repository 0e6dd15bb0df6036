"""Draws a random plan of a desk from a seed: sizes, lengths, zones, and which effects are planted and how large."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

import numpy as np

from benchmarks.truth.drawing_handling import draw_handling
from benchmarks.truth.drawing_volume import draw_volume
from benchmarks.truth.plan import (
    CONTACTS,
    LATE,
    LOW,
    PROACTIVE,
    REOPENED,
    REPLY,
    RESOLUTION,
    SEVERAL,
    STUCK,
    DeskPlan,
    PeoplePlan,
    RatingPlan,
)

LEAST: Final = 1_000
LARGEST: Final = 100_000
NEUTRAL_SHARE: Final = 0.2
_DATE_ONLY_SHARE: Final = 0.15
_YEARS: Final = (1.5, 4.0)
_NEWEST: Final = date(2026, 6, 30)
_CATEGORIES: Final = (
    *("billing", "delivery", "login_trouble", "warranty", "bookings", "cancellation", "installation", "outage"),
    *("payroll", "spare_parts", "data_request", "complaint", "how_to", "hardware", "permits", "lost_item"),
)
_TYPES: Final = ("school", "person", "library", "reseller", "clinic", "member", "tenant", "business")
_PLACES: Final = (("Africa/Johannesburg", "ZA"), ("America/New_York", "US"), ("Europe/Berlin", "DE"), ("UTC", None))
_HOURS: Final = (
    (*((480, 1020),) * 5, (540, 780), None),
    (*((540, 1080),) * 5, None, None),
    ((420, 1320),) * 7,
    ((0, 1440),) * 7,
)
_RATED_EFFECTS: Final = ((), (REPLY,), (RESOLUTION,), (REPLY, RESOLUTION))


def draw_plan(seed: int, largest: int = LARGEST) -> DeskPlan:
    """Return the plan of a desk.

    Args:
        seed: The same seed and the same largest size give the same plan.
        largest: Most tickets; sizes are spread evenly on the log scale from 1,000 to this.
    """
    rng = np.random.default_rng(seed)
    is_neutral = bool(rng.random() < NEUTRAL_SHARE)
    total = round(float(np.exp(rng.uniform(np.log(LEAST), np.log(max(largest, LEAST))))))
    days = round(rng.uniform(*_YEARS) * 365.25)
    first = _NEWEST - timedelta(days=int(rng.integers(0, 540)) + days)
    zone, country = _PLACES[rng.integers(len(_PLACES))]
    opens = _HOURS[rng.integers(len(_HOURS))]
    categories = _names(rng, _CATEGORIES, 2, 7)
    types = _names(rng, _TYPES, 1, 4)
    is_date_only = bool(rng.random() < _DATE_ONLY_SHARE)
    return DeskPlan(
        seed=seed,
        is_neutral=is_neutral,
        zone=zone,
        country=country,
        opens=opens,
        is_date_only=is_date_only,
        has_messages=bool(rng.random() < 0.7) and not is_date_only,  # noqa: PLR2004 - a made-up share
        has_reopenings=_happens(rng, 0.6),
        volume=draw_volume(rng, (total, first, days), categories, country, is_neutral=is_neutral),
        handling=draw_handling(rng, categories, is_neutral=is_neutral),
        ratings=_ratings(rng, categories, types, is_neutral=is_neutral),
        people=_people(rng, categories, types, is_neutral=is_neutral),
    )


def _happens(rng: np.random.Generator, chance: float) -> bool:
    return bool(rng.random() < chance)


def _names(rng: np.random.Generator, names: Sequence[str], least: int, most: int) -> tuple[str, ...]:
    count = int(rng.integers(least, most + 1))
    return tuple(str(each) for each in rng.choice(np.array(names), count, replace=False))


def _ratings(
    rng: np.random.Generator, categories: Sequence[str], types: Sequence[str], *, is_neutral: bool
) -> RatingPlan:
    effects: dict[str, float] = {}
    for name in _RATED_EFFECTS[rng.integers(len(_RATED_EFFECTS))]:
        sign = 1 if _happens(rng, 0.1) else -1
        effects[name] = sign * float(rng.uniform(0.06, 0.4))
    for name, chance, low, high in (
        (SEVERAL, 0.3, -0.6, -0.2),
        (CONTACTS, 0.2, -0.3, -0.1),
        (PROACTIVE, 0.2, 0.2, 0.6),
    ):
        size = float(rng.uniform(low, high))
        if _happens(rng, chance):
            effects[name] = size
    by_category = 0.0 if is_neutral or _happens(rng, 0.5) else 0.3
    by_type = 0.0 if is_neutral or _happens(rng, 0.5) else 0.3
    shares = rng.dirichlet((2.0, 2.0, 3.0, 6.0, 9.0))
    return RatingPlan(
        answer_share=float(rng.uniform(0.12, 0.7)),
        cuts=_cuts(shares),
        effects={} if is_neutral else effects,
        bend_hours=float(rng.uniform(0.5, 12)) if _happens(rng, 0.2) else None,
        categories={name: float(rng.normal(0, by_category)) for name in categories},
        customer_types={name: float(rng.normal(0, by_type)) for name in types},
        customer_spread=float(rng.uniform(0.0, 0.7)),
    )


def _cuts(shares: np.ndarray[tuple[int], np.dtype[np.float64]]) -> tuple[float, ...]:
    """Return the cuts that give ratings about these shares; the latent spread is a bit more than 1."""
    latent = np.sort(np.random.default_rng(0).normal(0, 1.2, 20_001))
    places = (np.cumsum(shares)[:-1] * 20_000).astype(int)
    return tuple(float(each) for each in latent[places])


def _people(
    rng: np.random.Generator, categories: Sequence[str], types: Sequence[str], *, is_neutral: bool
) -> PeoplePlan:
    yearly = float(np.exp(rng.uniform(np.log(1.2), np.log(8))))
    spread = 0.0 if is_neutral or _happens(rng, 0.45) else 0.4
    shares = 0.7 * rng.dirichlet((4.0,) * len(types)) + 0.3 / len(types)
    leaving = float(rng.uniform(0.03, 0.25))
    is_typed = not is_neutral and _happens(rng, 0.3)
    type_hazards = {name: float(np.exp(rng.normal(0, 0.5))) if is_typed else 1.0 for name in types}
    hazards = _hazards(rng, categories)
    return PeoplePlan(
        rates={name: yearly * float(np.exp(rng.normal(0, spread))) for name in types},
        type_shares=dict(zip(types, shares.tolist(), strict=True)),
        shape=float(rng.uniform(0.7, 3.0)),
        yearly_leaving=leaving if _happens(rng, 0.65) else None,
        type_hazards=type_hazards,
        hazards={} if is_neutral else hazards,
        memory_weeks=int(rng.choice(np.array([13, 26, 26, 26, 39]))),
    )


def _hazards(rng: np.random.Generator, categories: Sequence[str]) -> Mapping[str, float]:
    if _happens(rng, 0.3):
        return {}
    chances = {LATE: 0.35, LOW: 0.45, STUCK: 0.35, REOPENED: 0.15, SEVERAL: 0.15}
    found = {name: float(rng.uniform(1.6, 6)) for name, chance in chances.items() if _happens(rng, chance)}
    if _happens(rng, 0.1):
        found[f"category:{rng.choice(np.array(categories))}"] = float(rng.uniform(1.6, 4))
    return found

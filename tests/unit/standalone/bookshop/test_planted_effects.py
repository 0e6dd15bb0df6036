"""What is planted in a desk can be found in it, by somebody who sees nothing but its tickets."""

import math
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from standalone.bookshop.effects import Effects
from standalone.bookshop.effects_file import NEUTRAL_FILE, read_effects
from tests.unit.standalone.bookshop.desk_figures import (
    CATEGORIES,
    Estimate,
    churn_log_ratios,
    january_february_log_ratio,
    mean_resolution,
    rated_tickets,
    rating_slopes,
    read_desk,
    same_agent_ratio,
)

SEEDS = range(4)
TICKETS = 20_000
# Of 45 pooled distances, one beyond this comes up in a run of the whole table once in 80 times by chance alone.
FARTHEST = 3.6
OTHER = """
[volume]
growth_per_year = -0.2
[season.january_february]
lift = 1.1
[resolution]
log_sd = 0.5
escalation_factor = 3.0
[resolution.mean_hours]
book_order = 6.0
account_issue = 0.7
[rating]
per_log_reply_time = -0.06
per_log_resolution_time = -0.15
same_agent_ratio = 1.08
proactive_update = -0.2
[churn]
breach_hazard_ratio = 1.0
low_rating_hazard_ratio = 4.0
"""
EFFECTS = (
    *(f"mean resolution of {category}" for category in CATEGORIES),
    *(f"January-February lift of {category}" for category in ("book_order", "account_issue", "general_inquiry")),
    "reply time on rating",
    "resolution time on rating",
    "proactive update on rating",
    "same agent",
    "churn after a breach",
    "churn after a low rating",
    "churn after no resolution",
)

Distances = dict[str, float]


def _tables(directory: Path) -> Iterator[tuple[str, Effects]]:
    path = directory / "other.toml"
    path.write_text(OTHER, encoding="utf-8")
    yield "default", read_effects()
    yield "neutral", read_effects(NEUTRAL_FILE)
    yield "other", read_effects(path)


def _truth(effects: Effects) -> dict[str, float]:
    rating, churn = effects.rating, effects.churn
    lift = math.log(1 + effects.season["january_february"].lift)
    values = (
        *(effects.resolution.mean_hours[category] for category in CATEGORIES),
        *((lift,) * 3),
        rating.per_log_reply_time,
        rating.per_log_resolution_time,
        rating.proactive_update,
        rating.same_agent_ratio,
        math.log(churn.breach_hazard_ratio),
        math.log(churn.low_rating_hazard_ratio),
        math.log(churn.unresolved_hazard_ratio),
    )
    return dict(zip(EFFECTS, values, strict=True))


def _found(effects: Effects, seed: int) -> dict[str, Estimate]:
    desk = read_desk(TICKETS, seed, effects)
    rated = rated_tickets(desk)
    slopes = rating_slopes(rated)
    estimates = (
        *(mean_resolution(desk, category) for category in CATEGORIES),
        *(january_february_log_ratio(desk, name) for name in ("book_order", "account_issue", "general_inquiry")),
        slopes["reply"],
        slopes["resolution"],
        slopes["update"],
        same_agent_ratio(rated),
        *churn_log_ratios(desk, asdict(effects.promise), effects.churn.memory_days),
    )
    return dict(zip(EFFECTS, estimates, strict=True))


@pytest.fixture(scope="module")
def distances(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Distances]:
    """Distances from the truth over all seeds, in standard errors, by table and effect."""
    pooled: dict[str, Distances] = {}
    for name, effects in _tables(tmp_path_factory.mktemp("effects")):
        truth = _truth(effects)
        found = [_found(effects, seed) for seed in SEEDS]
        pooled[name] = {
            effect: float(np.sum([each[effect].distance(truth[effect]) for each in found]) / math.sqrt(len(found)))
            for effect in EFFECTS
        }
    return pooled


@pytest.mark.parametrize("effect", EFFECTS)
@pytest.mark.parametrize("table", ["default", "neutral", "other"])
def test_planted_effect_is_found(distances: dict[str, Distances], table: str, effect: str) -> None:
    """Over several seeds the estimate of every effect lies around the planted value, also when that is none."""
    assert abs(distances[table][effect]) < FARTHEST

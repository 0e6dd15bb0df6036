"""How the tickets of a made-up desk are rated: a latent normal, cut into five."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from benchmarks.truth.plan import CONTACTS, PROACTIVE, REPLY, RESOLUTION, SEVERAL, Codes, Floats, RatingPlan

_HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Felt:
    """What the customers of tickets felt: elapsed seconds by the clock on the wall, contacts, and 0 or 1."""

    reply: Floats
    resolution: Floats
    contacts: Floats
    several: Floats
    proactive: Floats

    def columns(self, bend_hours: float | None) -> dict[str, Floats]:
        """Return what each planted effect is multiplied by."""
        return {
            REPLY: doublings(self.reply, bend_hours),
            RESOLUTION: doublings(self.resolution, bend_hours),
            CONTACTS: self.contacts,
            SEVERAL: self.several,
            PROACTIVE: self.proactive,
        }


def doublings(seconds: Floats, bend_hours: float | None) -> Floats:
    """Return how often a time has doubled; short times hardly count where they are measured against some hours."""
    hours = seconds / _HOUR
    return np.asarray(np.log2(np.maximum(hours, 1e-3)) if bend_hours is None else np.log2(1 + hours / bend_hours))


def latent_means(plan: RatingPlan, felt: Felt, categories: Codes, others: Floats) -> Floats:
    """Return the planted mean of the latent rating of each ticket, before what its customer adds.

    Args:
        plan: What is planted.
        felt: What its customer felt.
        categories: Its category.
        others: What its agent adds.
    """
    mean = np.array(list(plan.categories.values()))[categories] + others
    columns = felt.columns(plan.bend_hours)
    for name, size in plan.effects.items():
        mean = mean + size * (columns[name] - columns[name].mean())
    return np.asarray(mean)


def draw_ratings(rng: np.random.Generator, plan: RatingPlan, means: Floats) -> Codes:
    """Draw ratings from 1 to 5."""
    return np.asarray(1 + np.searchsorted(np.array(plan.cuts), means + rng.normal(size=means.size)), dtype=np.int64)


def points_a_latent_point(plan: RatingPlan, means: Floats) -> float:
    """Return by how much the mean rating rises where the latent mean rises by a little."""
    return float(stats.norm.pdf(np.array(plan.cuts)[:, None] - means[None, :]).sum(axis=0).mean())

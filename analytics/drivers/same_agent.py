"""How ratings differ between tickets with one agent and tickets with several."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analytics.intervals import Estimate

LEAST_TICKETS: Final = 30
"""Fewest rated tickets of either kind."""


@dataclass(frozen=True, slots=True)
class SameAgentEffect:
    """Mean rating where one agent wrote every reply ÷ where several did.

    Attributes:
        ratio: 1 is no difference; 1.23 is 23 % higher.
        same_mean: Mean rating where one agent did.
        several_mean: Where several did.
        same_n: Rated tickets of one agent.
        several_n: Of several.
    """

    ratio: Estimate
    same_mean: float
    several_mean: float
    same_n: int
    several_n: int


def same_agent_effect(tickets: pd.DataFrame) -> SameAgentEffect | None:
    """Compare rated tickets with two or more contacts by agents.

    The variance of the logarithm of a ratio of means is about Σ s²/(n·mean²), by the delta method. Residuals are
    summed by customer first, because one person's ratings are alike (clustered errors).

    Args:
        tickets: As `RatedTickets.of` takes them.

    Returns:
        None with fewer than 30 rated tickets of either kind.
    """
    rated = tickets[tickets["rating"].notna() & (tickets["agent_contact_count"] > 1)]
    same = rated["is_same_agent"].to_numpy(dtype=bool)
    ratings = rated["rating"].to_numpy(dtype=float)
    same_n, several_n = int(same.sum()), int((~same).sum())
    if min(same_n, several_n) < LEAST_TICKETS:
        return None
    same_mean, several_mean = float(ratings[same].mean()), float(ratings[~same].mean())
    influence = np.where(
        same, (ratings - same_mean) / (same_n * same_mean), -(ratings - several_mean) / (several_n * several_mean)
    )
    codes, customers = pd.factorize(rated["customer"])
    known = codes >= 0
    sums = np.concatenate([np.bincount(codes[known], influence[known]), influence[~known]])
    groups = len(customers) + int((~known).sum())
    error = float(np.sqrt((sums**2).sum() * groups / max(groups - 1, 1)))
    ratio = Estimate.log_normal(float(np.log(same_mean / several_mean)), error)
    return SameAgentEffect(ratio, same_mean, several_mean, same_n, several_n)

"""How ratings differ between tickets with one agent and tickets with several, all else held equal."""

from dataclasses import dataclass, replace
from math import log
from typing import Final

import pandas as pd

from analytics.intervals import Z_95, Estimate

LEAST_TICKETS: Final = 30
"""Fewest rated tickets of either kind."""
_LOWEST_RATING: Final = 1.0


@dataclass(frozen=True, slots=True)
class SameAgentEffect:
    """Mean rating where one agent wrote every reply ÷ where several did.

    Attributes:
        ratio: 1 is no difference; 1.23 is 23 % higher.
        same_mean: What the tickets would be rated on average if one agent had written every reply of each.
        several_mean: What they would be rated if several had.
        same_n: Rated tickets of one agent.
        several_n: Of several.
    """

    ratio: Estimate
    same_mean: float
    several_mean: float
    same_n: int
    several_n: int


def same_agent_effect(tickets: pd.DataFrame, several: Estimate | None) -> SameAgentEffect | None:
    """Tell the effect of several agents as a ratio of mean ratings, over tickets with two or more contacts by agents.

    The plain means of the two kinds would blame the hand-over for whatever else differs: handed-over tickets also take
    longer. So both means are those of all these tickets, moved by the effect that holds all else equal.

    Args:
        tickets: As `RatedTickets.of` takes them.
        several: Points of rating for several agents in place of one, from `linear_effects`; None if unknown.

    Returns:
        None without that effect, or with fewer than 30 rated tickets of either kind.
    """
    rated = tickets[tickets["rating"].notna() & (tickets["agent_contact_count"] > 1)]
    several_n = int((~rated["is_same_agent"].astype(bool)).sum())
    same_n = len(rated) - several_n
    if several is None or min(same_n, several_n) < LEAST_TICKETS:
        return None
    share, mean = several_n / len(rated), float(rated["rating"].mean())
    same_mean, several_mean = (
        max(mean + points, _LOWEST_RATING) for points in (-several.value * share, several.value * (1 - share))
    )
    # The delta method: how fast the log of the ratio falls as the effect rises.
    slope = share / same_mean + (1 - share) / several_mean
    error = (several.high - several.low) / (2 * Z_95) * slope
    ratio = replace(Estimate.log_normal(log(same_mean / several_mean), error), p_value=several.p_value)
    return SameAgentEffect(ratio, same_mean, several_mean, same_n, several_n)

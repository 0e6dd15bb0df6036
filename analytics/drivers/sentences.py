"""The findings of the analysis of satisfaction in a manager's words, saying no more than the interval allows."""

from collections.abc import Mapping
from typing import Final

from analytics.drivers.rated_tickets import CONTACTS, EXPERIENCE, PROACTIVE, REPLY, RESOLUTION, SEVERAL_AGENTS
from analytics.drivers.same_agent import SameAgentEffect
from analytics.intervals import Estimate

SAME_AGENT: Final = "same_agent"
SPACE: Final = "\u202f"
LABELS: Final[Mapping[str, str]] = {
    REPLY: "First reply time",
    RESOLUTION: "Resolution time",
    CONTACTS: "Number of messages",
    SEVERAL_AGENTS: "Several agents on a ticket",
    PROACTIVE: "Updates nobody asked for",
    EXPERIENCE: "The agent's experience",
    SAME_AGENT: "One agent from beginning to end",
    "category": "Category",
    "customer_type": "Customer type",
}
_CHANGES: Final[Mapping[str, str]] = {
    REPLY: "A first reply that takes twice as long",
    RESOLUTION: "A resolution that takes twice as long",
    CONTACTS: "Each further message on a ticket",
    SEVERAL_AGENTS: "Several agents on a ticket, in place of one,",
    PROACTIVE: "An update nobody asked for",
    EXPERIENCE: "Each year of the agent's experience",
}


def effect_sentence(driver: str, estimate: Estimate, n: int, *, is_supported: bool) -> str:
    """Say in a sentence how the rating differs with one more of a driver.

    Args:
        driver: Its name.
        estimate: Points of rating, as shown: rounded, the interval outward.
        n: Ratings.
        is_supported: Whether more than "no effect was found" may be said.
    """
    evidence = f"95{SPACE}% interval {_signed(estimate.low)} to {_signed(estimate.high)}; {n:,} ratings"
    if not is_supported:
        return f"{_CHANGES[driver]}: no effect on the rating can be told from chance ({evidence})."
    direction = "more" if estimate.value > 0 else "less"
    return f"{_CHANGES[driver]} goes with a rating of {abs(estimate.value):.2f} points {direction} ({evidence})."


def same_agent_sentence(effect: SameAgentEffect, ratio: Estimate, *, is_supported: bool) -> str:
    """Say in a sentence how ratings differ where one agent writes every reply.

    Args:
        effect: The comparison.
        ratio: Its ratio as shown: rounded, the interval outward.
        is_supported: Whether more than "no difference was found" may be said.
    """
    n = effect.same_n + effect.several_n
    evidence = f"95{SPACE}% interval {_percent(ratio.low)} to {_percent(ratio.high)}; {n:,} ratings"
    if not is_supported:
        return f"Whether one agent or several reply: no difference in ratings can be told from chance ({evidence})."
    direction = "higher" if ratio.value > 1 else "lower"
    size = f"{abs(100 * (ratio.value - 1)):.0f}{SPACE}%"
    means = f"{effect.same_mean:.2f} against {effect.several_mean:.2f}"
    return f"Where one agent writes every reply, ratings are {size} {direction}: {means} ({evidence})."


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−") if value else "0"


def _percent(ratio: float) -> str:
    return f"{100 * (ratio - 1):+.0f}{SPACE}%".replace("-", "−")

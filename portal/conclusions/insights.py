"""What the Insights page and the Agents page say above their numbers."""

from portal import phrasing
from portal.datasets.agents import AgentFigures
from portal.datasets.insights import Insights


def insights(dataset: Insights) -> str:
    """Say how much was looked at and how much of it is clear enough to be said."""
    said = len(dataset.rows)
    verb = "is" if said == 1 else "are"
    return f"Of {phrasing.plural(dataset.looked_at, 'comparison')} {said} {verb} clear enough to be said."


def agents(dataset: AgentFigures) -> str:
    """Say how many agents are as their tickets would have it, and how many are not."""
    judged = [row for row in dataset.rows if row.is_judged]
    if len(judged) < 2:  # noqa: PLR2004 - one agent has nobody to be compared with
        return "Fewer than two agents have enough tickets to be compared."
    low, high = (sum(row.differs and (row.ratio > 1) is is_above for row in judged) for is_above in (False, True))
    usual = len(judged) - low - high
    as_expected = f"{usual} of {phrasing.plural(len(judged), 'agent')} {'is' if usual == 1 else 'are'} as expected"
    if not low and not high:
        return f"{as_expected}: nobody differs by more than chance."
    parts = [f"{number} clearly {word}" for number, word in ((low, "below"), (high, "above")) if number]
    return f"{as_expected}; {phrasing.listed(tuple(parts))} it."

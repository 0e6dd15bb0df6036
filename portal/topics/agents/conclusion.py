"""What the Agents page says above its numbers."""

from portal.numbers import phrasing
from portal.topics.agents.dataset import AgentFigures


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

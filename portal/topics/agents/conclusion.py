"""What the Agents page says above its numbers."""

from typing import Final

from portal.numbers import phrasing
from portal.topics.agents.dataset import AgentFigures

_WORDS: Final = {
    "minutes": ("quicker", "slower"),
    "mean_rating": ("rated lower", "rated higher"),
    "csat": ("rated lower", "rated higher"),
    "reopen_rate": ("reopened less", "reopened more"),
}
"""Unit or metric -> what an agent below, and one above what was expected is."""
_NEEDED: Final = {
    "minutes": "30 tickets",
    "mean_rating": "30 ratings",
    "csat": "30 ratings, of which 5 good and 5 other ones are to be expected",
    "reopen_rate": "30 tickets, of which 5 are expected to be reopened",
}
"""Unit or metric -> what an agent has to have to be judged."""


def agents(dataset: AgentFigures) -> str:
    """Say how many agents are as their tickets would have it, and how many are not."""
    judged = [row for row in dataset.rows if row.is_judged]
    if len(judged) < 2:  # noqa: PLR2004 - one agent has nobody to be compared with
        return f"Fewer than two agents can be judged: each needs {needed(dataset)}."
    low, high = (sum(row.differs and (row.ratio > 1) is is_above for row in judged) for is_above in (False, True))
    usual = len(judged) - low - high
    as_expected = f"{usual} of {phrasing.plural(len(judged), 'agent')} {'is' if usual == 1 else 'are'} as expected"
    if not low and not high:
        return f"{as_expected}: nobody differs by more than chance."
    words = _WORDS[_key(dataset)]
    parts = [f"{number} clearly {word}" for number, word in zip((low, high), words, strict=True) if number]
    return f"{as_expected}; {phrasing.listed(tuple(parts))} than that."


def needed(dataset: AgentFigures) -> str:
    """Return what an agent has to have to be judged: enough tickets, and enough of what is counted."""
    return _NEEDED[_key(dataset)]


def _key(dataset: AgentFigures) -> str:
    return "minutes" if dataset.metric.unit == "minutes" else dataset.metric.slug

"""What the Insights page says above its numbers."""

from portal.numbers import phrasing
from portal.topics.insights.dataset import Insights


def insights(dataset: Insights) -> str:
    """Say how much was looked at and how much of it is clear enough to be said."""
    said = len(dataset.rows)
    verb = "is" if said == 1 else "are"
    return f"Of {phrasing.plural(dataset.looked_at, 'comparison')} {said} {verb} clear enough to be said."

"""What the Insights page says: of each insight, of what is missing, and above its numbers."""

from collections.abc import Callable, Mapping
from typing import Final

from analytics.insights.finding import Claim, Effect
from portal.numbers import phrasing
from portal.topics.insights import claims_elsewhere, claims_of_tickets, claims_of_volume
from portal.topics.insights.dataset import GapRow, InsightRow, Insights
from portal.topics.insights.saying import Said
from portal.topics.insights.sentences import MISSING, TOPICS


def insights(dataset: Insights) -> str:
    """Say how much was looked at and how much of it is clear enough to be said."""
    said = len(dataset.rows)
    verb = "is" if said == 1 else "are"
    return f"Of {phrasing.plural(dataset.looked_at, 'comparison')} {said} {verb} clear enough to be said."


def insight(row: InsightRow) -> Said:
    """Return an insight in words."""
    return CLAIMS[row.claim](row)


def heading(topic: str) -> str:
    """Return what a topic is called."""
    return TOPICS.get(topic, topic)


def gap(row: GapRow) -> str:
    """Say why something cannot be said, and what to do."""
    parts = {name: phrasing.Counted(value) if isinstance(value, int) else value for name, value in row.facts.items()}
    return " ".join(MISSING[row.missing]).format(**parts)


def size(effect: Effect) -> str:
    """Return how large an effect is."""
    return _amount(effect.value, effect.unit)


def interval(effect: Effect) -> str:
    """Return the 95 % interval of an effect."""
    return f"{_amount(effect.low, effect.unit)} to {_amount(effect.high, effect.unit)}"


def _amount(value: float, unit: str) -> str:
    if unit == "times":
        return f"{value:.2f}{phrasing.SPACE}×"
    if unit == "share":
        return f"{phrasing.signed(f'{100 * value:.0f}'.replace('-', phrasing.MINUS), 'pt') or '0'}"
    if unit == "rating":
        return f"{value:+.2f}".replace("-", phrasing.MINUS)
    return phrasing.count(value)


CLAIMS: Final[Mapping[str, Callable[[InsightRow], Said]]] = {
    Claim.SLOWEST_CATEGORY: claims_of_tickets.slowest_category,
    Claim.MOST_MISSED_TARGETS: claims_of_tickets.most_missed_targets,
    Claim.TARGETS_MET: claims_of_tickets.targets_met,
    Claim.MOST_TICKETS_A_CUSTOMER: claims_of_tickets.most_tickets_a_customer,
    Claim.SEASON: claims_of_volume.season,
    Claim.ODD_DAYS: claims_of_volume.odd_days,
    Claim.BULK_DAY: claims_of_volume.bulk_day,
    Claim.DRIVER: claims_elsewhere.driver,
    Claim.SLOWER_AGENTS: claims_elsewhere.agents_differ,
    Claim.LATER_AGENTS: claims_elsewhere.agents_differ,
    Claim.LOWER_RATED_AGENTS: claims_elsewhere.agents_differ,
    Claim.REOPENED_AGENTS: claims_elsewhere.agents_differ,
    Claim.LEAVING_AFTER_EXPERIENCE: claims_elsewhere.leaving_after_experience,
    Claim.LEAVING_AFTER_CATEGORY: claims_elsewhere.leaving_after_category,
    Claim.DEMAND_AHEAD: claims_elsewhere.demand_ahead,
    Claim.SHORT_ROSTER: claims_elsewhere.short_roster,
}
"""Claim -> what says it."""

"""Which of all findings are said, the most important first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from analytics.insights.finding import Claim, Finding, Topic
from analytics.multiple_testing import false_discovery_rates

LEAST_N: Final = 30
LEVEL: Final = 0.01
"""Largest adjusted p-value of a finding that is said, where its claim has no level of its own."""
LEVEL_OF_THE_FIRST: Final = 0.03
"""Level of "the most". The first of three kinds or more that are alike is seldom clear of the second, so a desk without
effects hears of a first one in about one case of a hundred."""
_LEVELS: Final[Mapping[Claim, float]] = {
    Claim.SLOWEST_CATEGORY: LEVEL_OF_THE_FIRST,
    Claim.MOST_MISSED_TARGETS: LEVEL_OF_THE_FIRST,
    Claim.MOST_TICKETS_A_CUSTOMER: LEVEL_OF_THE_FIRST,
    Claim.SEASON: 0.015,
    Claim.ODD_DAYS: 0.015,
    Claim.BULK_DAY: 0.015,
    Claim.DRIVER: 0.02,
    # Only the worse half is told of agents and of leaving: of chance alone half as many as the level says.
    Claim.SLOWER_AGENTS: 0.015,
    Claim.LOWER_RATED_AGENTS: 0.015,
    # Departures are few by nature: at 0.01 even five times as many leaving would mostly go unsaid.
    Claim.LEAVING_AFTER_EXPERIENCE: 0.03,
}
"""Levels of their own. What all claims together may say of a desk without effects adds up to one sentence in ten."""
_APART: Final = frozenset({Claim.LEAVING_AFTER_CATEGORY})
"""Claims with a correction of their own within their topic: there are many categories and few experiences."""
_ALLOWED_FOR: Final = frozenset({Topic.ODD_DAYS, Topic.AGENTS})
"""Topics whose p-values allow for all days and series, or all agents, already: to correct them again would count the
search twice."""
_FEW_ARE_ENOUGH: Final = frozenset({Topic.CHURN, Topic.ODD_DAYS})
"""Topics whose test is made for few cases, so that the number of cases needs no limit of its own."""
_MOST_PER_TOPIC: Final = 5
_MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Insight:
    """A finding that is said, and its p-value adjusted for all findings of its topic."""

    finding: Finding
    q_value: float


def ranked(findings: Sequence[Finding]) -> tuple[Insight, ...]:
    """Return the findings worth saying, the most important first, at most five of a topic and twenty in all.

    P-values are adjusted within each topic (Benjamini and Hochberg): what is certain of one topic lends nothing to
    another. A finding is said only when its adjusted p-value is at most the level of its claim, its whole interval lies
    on one side of "no effect", and it rests on 30 or more cases (departures and odd days may be fewer).

    Args:
        findings: Everything that was looked at. Leaving out unclear findings would make the others look too clear.
    """
    families: dict[str, list[Finding]] = {}
    for finding in findings:
        families.setdefault(finding.claim if finding.claim in _APART else finding.topic, []).append(finding)
    said = [each for family in families.values() for each in _adjusted(family) if _is_said(each)]
    said.sort(key=lambda each: (-each.finding.weight, each.finding.topic, each.finding.subject))
    counted: dict[str, int] = {}
    kept = []
    for each in said:
        counted[each.finding.topic] = counted.get(each.finding.topic, 0) + 1
        if counted[each.finding.topic] <= _MOST_PER_TOPIC:
            kept.append(each)
    return tuple(kept[:_MOST])


def level_of(claim: Claim) -> float:
    """Return the largest adjusted p-value at which a claim is said."""
    return _LEVELS.get(claim, LEVEL)


def _adjusted(findings: Sequence[Finding]) -> list[Insight]:
    p_values = [finding.p_value for finding in findings]
    rates = p_values if findings[0].topic in _ALLOWED_FOR else false_discovery_rates(p_values)
    return [Insight(finding, rate) for finding, rate in zip(findings, rates, strict=True)]


def _is_said(insight: Insight) -> bool:
    finding = insight.finding
    is_enough = finding.n >= LEAST_N or finding.topic in _FEW_ARE_ENOUGH
    return insight.q_value <= level_of(finding.claim) and finding.effect.is_clear and is_enough

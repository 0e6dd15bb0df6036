"""Which of all findings are said, the most important first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from analytics.insights.finding import Claim, Finding, Topic
from analytics.multiple_testing import false_discovery_rates

LEAST_N: Final = 30
LEVEL: Final = 0.01
"""Largest adjusted p-value of a finding that is said. There are about ten topics, each with its own correction: on a
desk where nothing is to be found, all of them together say something on one desk in ten at most."""
_LEVELS: Final[Mapping[Claim, float]] = {
    # Departures are few by nature: at 0.01 even five times as many leaving would mostly go unsaid.
    Claim.LEAVING_AFTER_EXPERIENCE: 0.03,
    # Only agents who differ for the worse are told: of chance alone half as many as the level says.
    Claim.SLOWER_AGENTS: 0.04,
    Claim.LATER_AGENTS: 0.04,
    Claim.LOWER_RATED_AGENTS: 0.04,
    Claim.REOPENED_AGENTS: 0.04,
    Claim.ODD_DAYS: 0.02,
    Claim.BULK_DAY: 0.02,
}
"""Levels of their own."""
_APART: Final = frozenset({Claim.LEAVING_AFTER_CATEGORY})
"""Claims with a correction of their own within their topic: there are many categories and few experiences."""
_ALLOWED_FOR: Final = frozenset({Topic.ODD_DAYS})
"""Topics whose p-values allow for all days and series already: to correct them again would count the search twice."""
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
    another. A finding is said only when its adjusted p-value is at most 0.01 (more for some claims), its whole interval
    lies on one side of "no effect", and it rests on 30 or more cases (departures and odd days may be fewer).

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


def _adjusted(findings: Sequence[Finding]) -> list[Insight]:
    p_values = [finding.p_value for finding in findings]
    rates = p_values if findings[0].topic in _ALLOWED_FOR else false_discovery_rates(p_values)
    return [Insight(finding, rate) for finding, rate in zip(findings, rates, strict=True)]


def _is_said(insight: Insight) -> bool:
    finding = insight.finding
    is_enough = finding.n >= LEAST_N or finding.topic in _FEW_ARE_ENOUGH
    return insight.q_value <= _LEVELS.get(finding.claim, LEVEL) and finding.effect.is_clear and is_enough

"""Which of all findings are said, the most important first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from analytics.insights.finding import Finding
from analytics.multiple_testing import false_discovery_rates
from analytics.vocabulary import SIGNIFICANCE

LEAST_N: Final = 30
_MOST_PER_TOPIC: Final = 5
_MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Insight:
    """A finding that is said, and its p-value adjusted for all findings."""

    finding: Finding
    q_value: float


def ranked(findings: Sequence[Finding]) -> tuple[Insight, ...]:
    """Return the findings worth saying, the most important first, at most five of a topic and twenty in all.

    P-values are adjusted for everything that was looked at (Benjamini and Hochberg). A finding is said only when its
    adjusted p-value is at most 0.05, its whole interval lies on one side of "no effect", and it rests on 30 or more
    cases.

    Args:
        findings: Everything that was looked at. Leaving out unclear findings would make the others look too clear.
    """
    rates = false_discovery_rates([finding.p_value for finding in findings])
    said = [
        Insight(finding, rate)
        for finding, rate in zip(findings, rates, strict=True)
        if rate <= SIGNIFICANCE and finding.effect.is_clear and finding.n >= LEAST_N
    ]
    said.sort(key=lambda each: (-each.finding.weight, each.finding.topic, each.finding.subject))
    counted: dict[str, int] = {}
    kept = []
    for each in said:
        counted[each.finding.topic] = counted.get(each.finding.topic, 0) + 1
        if counted[each.finding.topic] <= _MOST_PER_TOPIC:
            kept.append(each)
    return tuple(kept[:_MOST])

"""Findings of other analyses in the form of `Finding`: agents, ratings, churn, demand ahead, people needed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from math import log

from analytics import pages
from analytics.insights.finding import Claim, Effect, Facts, Finding, Topic

Period = tuple[date, date]
_LEAVING = {"experience": Claim.LEAVING_AFTER_EXPERIENCE, "category": Claim.LEAVING_AFTER_CATEGORY}


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure that another analysis worked out.

    Attributes:
        subject: What it is about.
        value: The figure.
        low: Lower end of the 95 % interval.
        high: Upper end.
        p_value: Chance of an effect this large where there is none.
        n: Cases behind it.
        facts: What else its sentences need.
        unit: "times" or "rating".
    """

    subject: str
    value: float
    low: float
    high: float
    p_value: float
    n: int
    facts: Facts = field(default_factory=dict)
    unit: str = "times"


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour of the coming week.

    Attributes:
        weekday: 0 is Monday.
        hour: 0 to 23.
    """

    weekday: int
    hour: int

    def facts(self) -> dict[str, int]:
        """Return it as facts of a finding."""
        return {"weekday": self.weekday, "hour": self.hour}


def agent_findings(slower: Sequence[Estimate], compared: int, period: Period) -> list[Finding]:
    """Return the finding of how many agents take longer than their tickets explain; nobody is named.

    Args:
        slower: For each agent judged to take longer, the ratio of observed to expected time.
        compared: How many agents were judged.
        period: First day, and first day after.
    """
    if not slower:
        return []
    widest = max(slower, key=lambda each: each.low)
    facts = {"slower_count": len(slower), "compared_count": compared}
    effect = Effect(widest.value, widest.low, widest.high, "times")
    weight = len(slower) / compared * log(max(widest.value, 1.0))
    return [
        Finding(
            Topic.AGENTS, Claim.SLOWER_AGENTS, "slower", facts, effect, widest.n,
            min(each.p_value for each in slower), weight, "neutral", *period, pages.AGENTS,
        )
    ]  # fmt: skip


def driver_findings(effects: Sequence[Estimate], period: Period) -> list[Finding]:
    """Return a finding for each driver that goes with ratings."""
    subjects = {each.subject for each in effects}
    return [
        Finding(
            Topic.RATINGS, Claim.DRIVER, each.subject, {"driver": each.subject, **each.facts},
            Effect(each.value, each.low, each.high, each.unit), each.n, each.p_value,
            0.6 * abs(log(each.value) * 4 if each.unit == "times" else each.value), "neutral", *period, pages.DRIVERS,
        )
        for each in effects
        # Both answer the same question. "same_agent" compares means, which is easier to read; one of them is enough.
        if each.subject != "several_agents" or "same_agent" not in subjects
    ]  # fmt: skip


def churn_findings(points: Sequence[Estimate], period: Period) -> list[Finding]:
    """Return a finding for each thing after which customers leave more often.

    Args:
        points: By experience or by category, which is the `kind` among their facts.
        period: First day, and first day after.
    """
    return [
        Finding(
            Topic.CHURN, _LEAVING[str(each.facts["kind"])], each.subject, {str(each.facts["kind"]): each.subject},
            Effect(each.value, each.low, each.high, "times"), each.n, each.p_value, 0.5 * abs(log(each.value)),
            "bad" if each.value > 1 else "neutral", *period, pages.CHURN,
        )
        for each in points
    ]  # fmt: skip


def demand_finding(ahead: Estimate, start: date, end: date) -> Finding:
    """Return the finding of how the coming four weeks compare with the last four.

    Args:
        ahead: Tickets expected ÷ tickets of the last four weeks, with the forecast's own interval.
        start: First day ahead.
        end: First day after.
    """
    return Finding(
        Topic.DEMAND, Claim.DEMAND_AHEAD, "four_weeks", {}, Effect(ahead.value, ahead.low, ahead.high, "times"),
        ahead.n, ahead.p_value, abs(log(max(ahead.value, 0.01))), "neutral", start, end, pages.FORECAST,
    )  # fmt: skip


def staffing_finding(short: Estimate, worst: Hour, start: date, end: date) -> Finding:
    """Return the finding that the roster falls short in the coming week.

    Args:
        short: Hours in which people are missing; low and high are for demand at its lower and upper tenth; `n` is the
            number of hours looked at.
        worst: The hour in which most people are missing.
        start: First day ahead.
        end: First day after.
    """
    return Finding(
        Topic.STAFFING, Claim.SHORT_ROSTER, "roster", worst.facts(),
        Effect(short.value, short.low, short.high, "people"), short.n, short.p_value, short.value / max(short.n, 1),
        "bad", start, end, pages.STAFFING,
    )  # fmt: skip


def people_finding(peak: Estimate, usual: float, when: Hour, start: date, end: date) -> Finding:
    """Return the finding of how many people the coming week needs, where there is no roster to compare with.

    Args:
        peak: Most people needed in an hour; low and high are for demand at its lower and upper tenth.
        usual: Mean over the open hours.
        when: The hour that needs most.
        start: First day ahead.
        end: First day after.
    """
    return Finding(
        Topic.STAFFING, Claim.PEOPLE_NEEDED, "people", {**when.facts(), "usual_people": usual},
        Effect(peak.value, peak.low, peak.high, "people"), peak.n, peak.p_value, 0.1, "neutral", start, end,
        pages.STAFFING,
    )  # fmt: skip

"""Findings of other analyses in the form of `Finding`: agents, ratings, churn, demand ahead, the roster."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import log
from typing import Final

from analytics import pages
from analytics.insights.finding import Claim, Effect, Facts, Finding, Topic

Period = tuple[date, date]
_LEAVING: Final = {"experience": Claim.LEAVING_AFTER_EXPERIENCE, "category": Claim.LEAVING_AFTER_CATEGORY}

_AGENTS: Final[Mapping[str, tuple[Claim, str, float]]] = {
    "resolution_time": (Claim.SLOWER_AGENTS, "times", 1.0),
    "first_reply_time": (Claim.LATER_AGENTS, "times", 1.0),
    "mean_rating": (Claim.LOWER_RATED_AGENTS, "rating", 2.0),
    "reopen_rate": (Claim.REOPENED_AGENTS, "times", 1.0),
}
"""Metric -> what is said of agents who differ for the worse, the unit of the effect, and how much one unit weighs."""
AGENT_METRICS: Final = tuple(_AGENTS)
WORSE_WHEN_LOWER: Final = frozenset({"mean_rating"})


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
        is_supported: Whether the page of the analysis says so too. What it does not support counts as looked at, and
            is never said.
    """

    subject: str
    value: float
    low: float
    high: float
    p_value: float
    n: int
    facts: Facts = field(default_factory=dict)
    unit: str = "times"
    is_supported: bool = True

    @property
    def evidence(self) -> float:
        """The p-value to go by."""
        return self.p_value if self.is_supported else 1.0


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


def agent_findings(metric: str, worse: Sequence[Estimate], compared: int, period: Period) -> list[Finding]:
    """Return the finding of how many agents differ for the worse from what their tickets explain; nobody is named.

    Args:
        metric: One of `AGENT_METRICS`.
        worse: Of each agent who differs for the worse by more than chance, the ratio of observed to expected, or the
            difference of ratings.
        compared: How many agents were judged.
        period: First day, and first day after.
    """
    claim, unit, weighs = _AGENTS[metric]
    facts: Facts = {"metric": metric, "worse_count": len(worse), "compared_count": compared}
    parameters = {} if claim is Claim.SLOWER_AGENTS else {"on": metric}
    if not worse:
        nothing = 0.0 if unit == "rating" else 1.0
        effect, n, p_value, weight = Effect(nothing, nothing, nothing, unit), 0, 1.0, 0.0
    else:
        clearest = min(worse, key=lambda each: each.p_value)
        effect, n, p_value = Effect(clearest.value, clearest.low, clearest.high, unit), clearest.n, clearest.p_value
        size = abs(clearest.value) if unit == "rating" else abs(log(max(clearest.value, 0.01)))
        weight = weighs * len(worse) / compared * size
    return [
        Finding(
            Topic.AGENTS, claim, metric, facts, effect, n, p_value, weight, "neutral", *period, pages.AGENTS, {},
            parameters,
        )
    ]  # fmt: skip


def driver_findings(effects: Sequence[Estimate], period: Period) -> list[Finding]:
    """Return a finding for each driver that was looked at, with all others held equal."""
    subjects = {each.subject for each in effects}
    return [
        Finding(
            Topic.RATINGS, Claim.DRIVER, each.subject, {"driver": each.subject, **each.facts},
            Effect(each.value, each.low, each.high, each.unit), each.n, each.evidence,
            0.6 * abs(log(each.value) * 4 if each.unit == "times" else each.value), "neutral", *period, pages.DRIVERS,
        )
        for each in effects
        # Both answer the same question. "same_agent" compares means, which is easier to read; one of them is enough.
        if each.subject != "several_agents" or "same_agent" not in subjects
    ]  # fmt: skip


def churn_findings(points: Sequence[Estimate], period: Period) -> list[Finding]:
    """Return a finding for each thing that was looked at because customers may leave more often after it.

    After what they leave less often is looked at and not said: it is no pain, and nothing is to be done about it.

    Args:
        points: By experience or by category, which is the `kind` among their facts.
        period: First day, and first day after.
    """
    return [
        Finding(
            Topic.CHURN, _LEAVING[str(each.facts["kind"])], each.subject, {str(each.facts["kind"]): each.subject},
            Effect(each.value, each.low, each.high, "times"), each.n, each.evidence if each.value > 1 else 1.0,
            0.5 * abs(log(each.value)), "bad" if each.value > 1 else "neutral", *period, pages.CHURN,
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
        worst: An hour in which no fewer people are missing than in any other.
        start: First day ahead.
        end: First day after.
    """
    return Finding(
        Topic.STAFFING, Claim.SHORT_ROSTER, "roster", worst.facts(),
        Effect(short.value, short.low, short.high, "hours"), short.n, short.p_value, short.value / max(short.n, 1),
        "bad", start, end, pages.STAFFING,
    )  # fmt: skip

"""Findings of other analyses in the form of `Finding`: agents, ratings, churn, demand ahead, people needed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log
from typing import Final

from analytics import pages
from analytics.insights import words
from analytics.insights.finding import Effect, Finding, Topic

Period = tuple[date, date]

_TOGETHER: Final = "They go together; that one causes the other is not proven."
_EXPERIENCES: Final[Mapping[str, str]] = {
    "late_answer": "a late answer",
    "low_rating": "a rating of 1 or 2",
    "unresolved_14_days": "a ticket unresolved for 14 days",
    "reopened": "a reopened ticket",
    "several_agents": "a ticket with several agents",
    "escalated": "an escalated ticket",
}


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
        sentence: The sentence of that analysis; "" when it has none.
        unit: "times" or "rating".
    """

    subject: str
    value: float
    low: float
    high: float
    p_value: float
    n: int
    sentence: str = ""
    unit: str = "times"


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
    verb = "takes" if len(slower) == 1 else "take"
    title = f"{len(slower)} of {words.plural(compared, 'agent')} {verb} longer than the kind of their tickets explains"
    detail = (
        f"The clearest takes {words.times(widest.low, widest.high)} times as long as expected, n"
        f" {words.plural(widest.n, 'ticket')}; category, priority, channel and hour are allowed for."
    )
    action = "Sit beside them for an hour: it may be the tools, the tickets or how they were shown."
    effect = Effect(widest.value, widest.low, widest.high, "times")
    weight = len(slower) / compared * log(max(widest.value, 1.0))
    return [
        Finding(
            Topic.AGENTS, "slower", title, detail, action, effect, widest.n, min(each.p_value for each in slower),
            weight, "neutral", *period, pages.AGENTS,
        )
    ]  # fmt: skip


def driver_findings(effects: Sequence[Estimate], period: Period) -> list[Finding]:
    """Return a finding for each driver that goes with ratings, in the words of the analysis of satisfaction."""
    subjects = {each.subject for each in effects}
    return [
        Finding(
            Topic.RATINGS, each.subject, _claim(each.sentence), _TOGETHER, "",
            Effect(each.value, each.low, each.high, each.unit), each.n, each.p_value,
            0.6 * abs(log(each.value) * 4 if each.unit == "times" else each.value), "neutral", *period, pages.DRIVERS,
        )
        for each in effects
        # Both answer the same question. "same_agent" compares means, which is easier to read; one of them is enough.
        if each.subject != "several_agents" or "same_agent" not in subjects
    ]  # fmt: skip


def _claim(sentence: str) -> str:
    """Return a sentence without the interval and n in brackets at its end: the finding has fields for these."""
    return sentence.rpartition(" (")[0] or sentence


def churn_findings(points: Sequence[Estimate], names: Mapping[str, str], period: Period) -> list[Finding]:
    """Return a finding for each experience after which customers leave more often.

    Args:
        points: An estimate for each experience and each category.
        names: Category -> its name for a manager.
        period: First day, and first day after.
    """
    found = []
    for each in points:
        name = names.get(each.subject, each.subject.replace("_", " ").capitalize())
        what = _EXPERIENCES.get(each.subject, f"tickets filed under “{name}”")
        is_experience = each.subject in _EXPERIENCES
        action = "Call the customers it happened to." if is_experience else "See what these tickets have in common."
        found.append(
            Finding(
                Topic.CHURN, each.subject, f"Customers leave {each.value:.1f} times as often after {what}",
                f"Among customers of the same type who write as often. {_TOGETHER}", action,
                Effect(each.value, each.low, each.high, "times"), each.n, each.p_value, 0.5 * abs(log(each.value)),
                "bad" if each.value > 1 else "neutral", *period, pages.CHURN,
            )
        )  # fmt: skip
    return found


def demand_finding(ahead: Estimate, start: date, end: date) -> Finding:
    """Return the finding of how the coming four weeks compare with the last four.

    Args:
        ahead: Tickets expected ÷ tickets of the last four weeks, with the forecast's own interval.
        start: First day ahead.
        end: First day after.
    """
    title = f"The next four weeks bring {words.change(ahead.value)} tickets than the last four"
    if ahead.value >= 2:  # noqa: PLR2004 - from here on words.change says "times as many"
        title = f"The next four weeks bring {words.change(ahead.value)} tickets as the last four"
    detail = (
        f"{words.times(ahead.low, ahead.high)} times as many by the forecast's 95{words.THIN}% range;"
        f" {words.count(ahead.n)} came in the last four weeks."
    )
    action = "Move leave and training out of these weeks." if ahead.value > 1 else "Good weeks for leave and training."
    return Finding(
        Topic.DEMAND, "four weeks", title, detail, action, Effect(ahead.value, ahead.low, ahead.high, "times"), ahead.n,
        ahead.p_value, abs(log(max(ahead.value, 0.01))), "neutral", start, end, pages.FORECAST,
    )  # fmt: skip


def staffing_finding(short: Estimate, worst: str, start: date, end: date) -> Finding:
    """Return the finding that the roster falls short in the coming week.

    Args:
        short: Hours in which people are missing; low and high are for demand at its lower and upper tenth; `n` is the
            number of hours looked at.
        worst: The hour in which most people are missing, in words.
        start: First day ahead.
        end: First day after.
    """
    title = f"The roster of the coming week is short in {words.plural(short.value, 'hour')}, most on {worst}"
    detail = (
        f"Between {words.count(short.low)} and {words.count(short.high)} hours if less or more comes than expected,"
        f" of {words.plural(short.n, 'hour')} looked at."
    )
    return Finding(
        Topic.STAFFING, "roster", title, detail, "Move people into these hours, or agree on later answers.",
        Effect(short.value, short.low, short.high, "people"), short.n, short.p_value, short.value / max(short.n, 1),
        "bad", start, end, pages.STAFFING,
    )  # fmt: skip


def people_finding(peak: Estimate, usual: float, when: str, start: date, end: date) -> Finding:
    """Return the finding of how many people the coming week needs, where there is no roster to compare with.

    Args:
        peak: Most people needed in an hour; low and high are for demand at its lower and upper tenth.
        usual: People needed on average over the open hours.
        when: The hour that needs most people, in words.
        start: First day ahead.
        end: First day after.
    """
    title = f"The coming week needs up to {words.plural(peak.value, 'person', 'people')} at once, on {when}"
    detail = (
        f"{words.count(peak.low)} to {words.count(peak.high)} if less or more comes than expected,"
        f" {usual:.1f} on average over {words.plural(peak.n, 'open hour')}."
    )
    return Finding(
        Topic.STAFFING, "people", title, detail, "Enter the roster to see in which hours it is short.",
        Effect(peak.value, peak.low, peak.high, "people"), peak.n, peak.p_value, 0.1, "neutral", start, end,
        pages.STAFFING,
    )  # fmt: skip

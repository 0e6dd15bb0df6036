"""The rule by which a sentence of each family is true of a made-up desk. Nothing here reads the desk's tickets.

- slowest_category: the planted mean (the median, where the facts tell no mean) of each named category is above that of
  all others.
- most_missed_targets: the planted chance of missing a target is higher for each named pair of category and priority
  (for each named category) than for all others.
- targets_met: the planted chance of missing a target changed in the told direction, by .2 points of 100 or more.
- most_tickets_a_customer: the planted tickets a customer a year are more for each named type than for all others.
- season: the planted factor of over half of the told days lies on the told side of the mean of the rest of the year,
  by 3 % or more, and so does the mean of all told days.
- odd_days, bulk_day: a planted odd day of the series (or of all tickets, or of one category where all are told) is
  among the told days, in the told direction. A public holiday of the country is none: the sentence allows for it.
- driver, quick_replies: an effect on the rating is planted for this driver, with the told sign.
- slower_agents, later_agents, lower_rated_agents, reopened_agents: each told agent is planted worse than the median of
  the others, by any amount; rated low also counts where slowness is planted to be rated low.
- leaving_after_experience, leaving_after_category: leaving more often after it is planted; or it is planted to lower
  ratings, and leaving after a low rating is planted.

"All others" are those with 30 or more tickets (customers) in the last year: of fewer nobody can say anything. An
interval is no truth: nobody asks whether it holds the planted size. An experience that only goes with a planted one,
since both happen to the same tickets, is true as it is worded ("they go together"), and counted apart: leaving is 1.2
times as often by the planted chances. A claim without a rule is not judged, and said so.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from statistics import median
from typing import Final

import numpy as np

from benchmarks.truth.calendar import day_of_year
from benchmarks.truth.plan import ALL, Floats
from benchmarks.truth.sentence import Said, Sentence
from benchmarks.truth.truth import Truth

LEAST_CHANGE: Final = 0.002
_ALIKE: Final = 1e-6
"""What differs by this share or less is planted alike."""
_SEASON_LEAST: Final = 0.03
_TOGETHER: Final = 1.2
_SIGNS: Final = {"same_agent": ("several_agents", -1), "quick_replies": ("first_reply_time", -1)}
"""Drivers that are told the other way round, and the planted one they speak of."""
METRIC_OF: Final = {
    "slower_agents": "resolution_time",
    "later_agents": "first_reply_time",
    "lower_rated_agents": "mean_rating",
    "reopened_agents": "reopen_rate",
}
"""Claim about agents -> what they are compared on."""
WORSE_WHEN_LOWER: Final = frozenset({"csat", "mean_rating"})


class Verdict(StrEnum):
    """What a rule says of a sentence."""

    TRUE = "true"
    TOGETHER = "true, by going together"
    FALSE = "false"
    UNKNOWN = "not judged"


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence, what its rule says, and why."""

    sentence: Sentence
    verdict: Verdict
    why: str


def judge(sentence: Sentence, said: Said, truth: Truth) -> Judged:
    """Judge a sentence by the rule of its claim."""
    rule = RULES.get(sentence.claim)
    if rule is None:
        return Judged(sentence, Verdict.UNKNOWN, f"there is no rule for the claim {sentence.claim}")
    return Judged(sentence, *rule(sentence, said, truth))


def named(sentence: Sentence, names: Mapping[str, object]) -> list[str]:
    """Return which of some names a sentence is about, by its subject."""
    words = set(re.split(r"[^a-z0-9_/]+", sentence.subject))
    return [name for name in names if name in words]


def is_raised(sentence: Sentence) -> bool:
    """Say whether a sentence tells of more, not of less."""
    return sentence.effect > (1.0 if sentence.unit == "times" else 0.0)


Ruling = tuple[Verdict, str]


def _ruled(is_true: bool, why: str) -> Ruling:  # noqa: FBT001 - what the rule says
    return (Verdict.TRUE if is_true else Verdict.FALSE), why


def _highest(sentence: Sentence, planted: Mapping[str, float]) -> Ruling:
    """Rule that each named one is above all others."""
    told = named(sentence, planted)
    others = {name: value for name, value in planted.items() if name not in told}
    if not told:
        return Verdict.FALSE, f"{sentence.subject} is none of {', '.join(planted) or 'any'}"
    if not others:
        return Verdict.FALSE, "all are named, so nothing is said"
    lowest, highest = min(planted[name] for name in told), max(others.values())
    return _ruled(
        lowest > highest * (1 + _ALIKE),
        f"planted {lowest:.4g} against {highest:.4g} of {max(others, key=lambda name: others[name])}",
    )


def _slowest(sentence: Sentence, _said: Said, truth: Truth) -> Ruling:
    is_mean = any("mean" in name for name in sentence.facts)
    return _highest(sentence, truth.means if is_mean else truth.medians)


def _missed(sentence: Sentence, _said: Said, truth: Truth) -> Ruling:
    pairs = {name: share for name, share in truth.missed.items() if ("/" in name) == ("/" in sentence.subject)}
    return _highest(sentence, pairs)


def _need(sentence: Sentence, _said: Said, truth: Truth) -> Ruling:
    return _highest(sentence, truth.rates)


def _targets_met(sentence: Sentence, _said: Said, truth: Truth) -> Ruling:
    change = truth.missed_change if is_raised(sentence) else -truth.missed_change
    return _ruled(change >= LEAST_CHANGE, f"planted change of the share missed {truth.missed_change:+.4f}")


def series_of(sentence: Sentence) -> str:
    """Return the category that a sentence about volume is about."""
    return str(sentence.facts.get("category", sentence.subject.partition(":")[0]) or ALL)


def told_days(sentence: Sentence) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Return which of 365 days of the year a season is told of."""
    inside = np.zeros(365, dtype=bool)
    inside[day_of_year(sentence.start, (sentence.end - sentence.start).days)] = True
    return inside


def _season(sentence: Sentence, _said: Said, truth: Truth) -> Ruling:
    factor, inside = truth.seasons.get(series_of(sentence)), told_days(sentence)
    if factor is None or not inside.any() or inside.all():
        return Verdict.FALSE, f"{sentence.subject} is no season of a category"
    share, lift = season_shown(factor, inside, is_raised=is_raised(sentence))
    return _ruled(
        share > 0.5 and lift > _SEASON_LEAST,  # noqa: PLR2004 - over half
        f"{share:.0%} of the days are planted so, their mean by {np.expm1(lift):.0%}",
    )


def season_shown(
    factor: Floats, inside: "np.ndarray[tuple[int], np.dtype[np.bool_]]", *, is_raised: bool
) -> tuple[float, float]:
    """Return the share of some days that the planted factor sets off from the rest of the year, and by how much."""
    sign, rest = (1 if is_raised else -1), float(factor[~inside].mean())
    share = float((sign * np.log(factor[inside] / rest) > _SEASON_LEAST).mean())
    return share, sign * float(np.log(factor[inside].mean() / rest))


def _odd_days(sentence: Sentence, _said: Said, truth: Truth) -> Ruling:
    last, series = sentence.end - timedelta(days=1), series_of(sentence)
    for each in truth.odd:
        is_same = ALL in {series, each.series} or series == each.series
        if is_same and each.first <= last and sentence.start <= each.last and (each.factor > 1) == is_raised(sentence):
            return Verdict.TRUE, f"planted {each.kind} × {each.factor:.1f}"
    return Verdict.FALSE, "no odd day is planted there"


def planted_driver(sentence: Sentence) -> tuple[str, int]:
    """Return the planted driver that a sentence about ratings speaks of, and 1 or -1 for its sign."""
    return _SIGNS.get(sentence.subject, (sentence.subject, 1))


def _driver(sentence: Sentence, _said: Said, truth: Truth) -> Ruling:
    driver, sign = planted_driver(sentence)
    planted = truth.ratings.get(driver, 0.0)
    return _ruled(sign * planted * (1 if is_raised(sentence) else -1) > 0, f"planted {planted:+.3f} of {driver}")


def told_agents(sentence: Sentence, said: Said) -> list[str]:
    """Return the agents that a sentence is about: it tells their number, so the clear ones, the worst first."""
    metric = METRIC_OF[sentence.claim]
    sign = -1 if metric in WORSE_WHEN_LOWER else 1
    worse = [each for each in said.agents if each.metric == metric and each.is_clear and sign * (each.ratio - 1) > 0]
    counts = [int(sentence.facts[name]) for name in ("worse_count", "slower_count") if name in sentence.facts]
    return [each.agent for each in sorted(worse, key=lambda each: -sign * each.ratio)[: counts[0] if counts else 0]]


def _agents(sentence: Sentence, said: Said, truth: Truth) -> Ruling:
    told, planted = told_agents(sentence, said), truth.worse.get(METRIC_OF[sentence.claim], {})
    wrong = [name for name in told if not is_worse(planted, name)]
    if not told:
        return Verdict.FALSE, "it cannot be seen which agents are meant"
    return _ruled(not wrong, f"told of {', '.join(told)}; not planted: {', '.join(wrong) or 'none'}")


def is_worse(shifts: Mapping[str, float], agent: str) -> bool:
    """Say whether an agent is planted worse than the median of the others."""
    others = [shift for name, shift in shifts.items() if name != agent]
    return bool(others) and shifts.get(agent, 0.0) > median(others)


def _leaving(sentence: Sentence, _said: Said, truth: Truth) -> Ruling:
    name = f"category:{sentence.subject}" if sentence.claim.endswith("category") else sentence.subject
    ratio = truth.goes_with.get(name, 1.0)
    why = f"planted × {truth.hazards.get(name, 1.0):.1f}, goes with × {ratio:.2f}"
    if is_raised(sentence) and (truth.hazards.get(name, 1.0) > 1 or name in truth.leads_on):
        return Verdict.TRUE, why
    if truth.hazards and (ratio >= _TOGETHER if is_raised(sentence) else ratio <= 1 / _TOGETHER):
        return Verdict.TOGETHER, why
    return Verdict.FALSE, why


RULES: Final[Mapping[str, Callable[[Sentence, Said, Truth], Ruling]]] = {
    "slowest_category": _slowest,
    "most_missed_targets": _missed,
    "targets_met": _targets_met,
    "most_tickets_a_customer": _need,
    "season": _season,
    "odd_days": _odd_days,
    "bulk_day": _odd_days,
    "quick_replies": _driver,
    "driver": _driver,
    **dict.fromkeys(METRIC_OF, _agents),
    "leaving_after_experience": _leaving,
    "leaving_after_category": _leaving,
}
"""Claim -> its rule."""

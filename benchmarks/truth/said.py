"""Whether a planted effect is said: by a true sentence of its family about the same thing."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Final

import numpy as np

from benchmarks.truth.plan import ALL, YEAR
from benchmarks.truth.planted import Effect, Family
from benchmarks.truth.rules import (
    METRIC_OF,
    Judged,
    Verdict,
    is_raised,
    named,
    planted_driver,
    series_of,
    told_agents,
    told_days,
)
from benchmarks.truth.sentence import Said, Sentence
from benchmarks.truth.truth import Truth

_HALF: Final = 0.5
Speaks = Callable[[Effect, Sentence, Said, Truth], bool]


def is_said(effect: Effect, judged: Sequence[Judged], said: Said, truth: Truth) -> bool:
    """Say whether one of the sentences says a planted effect, and is true.

    Args:
        effect: The effect.
        judged: The sentences said of its desk.
        said: The figures beside them.
        truth: What is planted.
    """
    claims, speaks = _SPEAKS[effect.family]
    return any(
        speaks(effect, each.sentence, said, truth)
        for each in judged
        if each.verdict is Verdict.TRUE and each.sentence.claim in claims
    )


def _names_all(effect: Effect, sentence: Sentence, _said: Said, _truth: Truth) -> bool:
    parts = effect.subject.split(" + ")
    return set(named(sentence, dict.fromkeys(parts))) == set(parts)


def _names_pair(effect: Effect, sentence: Sentence, _said: Said, _truth: Truth) -> bool:
    """A category that is named without a priority names its pairs."""
    pairs = effect.subject.split(" + ")
    return bool(named(sentence, dict.fromkeys([*pairs, *(each.partition("/")[0] for each in pairs)])))


def _any(_effect: Effect, _sentence: Sentence, _said: Said, _truth: Truth) -> bool:
    return True


def _season(effect: Effect, sentence: Sentence, _said: Said, truth: Truth) -> bool:
    """A season is said by one of its series that shares half of the days of one of them, in its direction."""
    told, days = told_days(sentence), np.arange(YEAR)
    for each in truth.planted_seasons:
        if effect.subject == f"{each.series}:{each.start}":
            planted = each.holds(days)
            shared = (told & planted).sum() / min(told.sum(), planted.sum())
            is_same = ALL in {each.series, series_of(sentence)} or each.series == series_of(sentence)
            return bool(is_same and shared >= _HALF and (each.factor > 1) == is_raised(sentence))
    return False


def _odd(effect: Effect, sentence: Sentence, _said: Said, truth: Truth) -> bool:
    last = sentence.end - timedelta(days=1)
    for each in truth.odd:
        if effect.subject == f"{each.series}:{each.first}":
            is_same = ALL in {each.series, series_of(sentence)} or each.series == series_of(sentence)
            return is_same and each.first <= last and sentence.start <= each.last
    return False


def _driver(effect: Effect, sentence: Sentence, _said: Said, _truth: Truth) -> bool:
    return planted_driver(sentence)[0] == effect.subject


def _agent(effect: Effect, sentence: Sentence, said: Said, _truth: Truth) -> bool:
    return effect.subject in told_agents(sentence, said)


def _leaving(effect: Effect, sentence: Sentence, _said: Said, _truth: Truth) -> bool:
    is_category = sentence.claim == "leaving_after_category"
    return effect.subject == (f"category:{sentence.subject}" if is_category else sentence.subject)


def _claims_of(*metrics: str) -> frozenset[str]:
    return frozenset(claim for claim, metric in METRIC_OF.items() if metric in metrics)


_SPEAKS: Final[Mapping[Family, tuple[frozenset[str], Speaks]]] = {
    Family.SLOWEST: (frozenset({"slowest_category"}), _names_all),
    Family.TARGETS: (frozenset({"most_missed_targets"}), _names_pair),
    Family.TARGETS_CHANGE: (frozenset({"targets_met"}), _any),
    Family.NEED: (frozenset({"most_tickets_a_customer"}), _names_all),
    Family.SEASON: (frozenset({"season"}), _season),
    Family.ODD: (frozenset({"odd_days", "bulk_day"}), _odd),
    Family.RATINGS: (frozenset({"driver", "quick_replies"}), _driver),
    Family.SLOW_AGENTS: (_claims_of("resolution_time"), _agent),
    Family.LOW_AGENTS: (_claims_of("mean_rating", "csat"), _agent),
    Family.LEAVING: (frozenset({"leaving_after_experience", "leaving_after_category"}), _leaving),
}
"""Family -> the claims that may say it, and whether one does."""

"""What was different about the tickets of some days: which words, which categories, channels or customers."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log, sqrt
from typing import Final

from scipy import stats

from analytics.multiple_testing import false_discovery_rates
from analytics.vocabulary import SIGNIFICANCE

_LEAST_TICKETS: Final = 5
_LEAST_Z: Final = 3.0
_PRIOR: Final = 50.0
_MOST_WORDS: Final = 5


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was clearly more common than usual.

    Attributes:
        what: "word", or the dimension: "category", "channel", "customer_type".
        value: The word or the dimension's value.
        share: Share of the tickets on the days in question, 0..1.
        usual_share: Share of the tickets before those days.
    """

    what: str
    value: str
    share: float
    usual_share: float


def changed_words(
    now: Mapping[str, int], usual: Mapping[str, int], now_tickets: int, usual_tickets: int
) -> tuple[Change, ...]:
    """Return the words in clearly more of the tickets than before, the clearest first, five at most.

    A word is clearly more common when its log-odds, with a prior of the words' overall frequency, are at least 3
    standard deviations higher (Monroe, Colaresi and Quinn 2008, "Fightin' Words", doi:10.1093/pan/mpn018).

    Args:
        now: Word -> tickets that contain it, on the days in question.
        usual: Word -> tickets that contain it, before those days.
        now_tickets: Tickets on the days in question.
        usual_tickets: Tickets before.
    """
    if min(now_tickets, usual_tickets) < _LEAST_TICKETS:
        return ()
    found = []
    for word, number in now.items():
        before = usual.get(word, 0)
        share = number / now_tickets
        if number < _LEAST_TICKETS or share <= before / usual_tickets:
            continue
        score = _score(number, now_tickets, before, usual_tickets)
        if score >= _LEAST_Z:
            found.append((score, Change("word", word, share, before / usual_tickets)))
    return tuple(change for _, change in sorted(found, key=lambda each: (-each[0], each[1].value))[:_MOST_WORDS])


def _score(now: int, now_tickets: int, before: int, before_tickets: int) -> float:
    """Return by how many standard deviations the log-odds of a word have risen."""
    prior = _PRIOR * (now + before + 0.5) / (now_tickets + before_tickets + 1)
    odds = [
        log((number + prior) / max(tickets + _PRIOR - number - prior, 0.5))
        for number, tickets in ((now, now_tickets), (before, before_tickets))
    ]
    return (odds[0] - odds[1]) / sqrt(1 / (now + prior) + 1 / (before + prior))


def changed_shares(what: str, now: Mapping[str, int], usual: Mapping[str, int]) -> tuple[Change, ...]:
    """Return the values of a dimension that were clearly more common than before, the clearest first.

    The test is Fisher's exact test, one-sided, adjusted for all values (Benjamini and Hochberg).

    Args:
        what: The dimension.
        now: Value -> tickets, on the days in question.
        usual: Value -> tickets, before.
    """
    total, before = sum(now.values()), sum(usual.values())
    if min(total, before) < _LEAST_TICKETS:
        return ()
    values = [value for value, number in now.items() if number >= _LEAST_TICKETS]
    p_values = [
        float(
            stats.fisher_exact(
                [[now[value], total - now[value]], [usual.get(value, 0), before - usual.get(value, 0)]], "greater"
            ).pvalue
        )
        for value in values
    ]
    rates = false_discovery_rates(p_values)
    ranked = sorted(zip(p_values, rates, values, strict=True))
    return tuple(
        Change(what, value, now[value] / total, usual.get(value, 0) / before)
        for _, rate, value in ranked
        if rate <= SIGNIFICANCE
    )

"""Whether the parts of a whole have a higher share of something than the rest of it, by more than chance."""

import math
from collections.abc import Sequence
from enum import Enum
from typing import Final

from analytics.multiple_testing import false_discovery_rates
from analytics.vocabulary import SIGNIFICANCE

LEAST_SIZE: Final = 30
LEAST_EXPECTED: Final = 5
"""Of either kind, for the normal approximation to hold."""


class Standing(Enum):
    """What may be said of a part."""

    ABOVE = "above"
    BELOW = "below"
    ALIKE = "alike"
    TOO_FEW = "too_few"


def standings(counts: Sequence[int], sizes: Sequence[int]) -> tuple[Standing, ...]:
    """Return how each part stands to all others together, the number of comparisons allowed for.

    Args:
        counts: Of each part, those that have it.
        sizes: Of each part.

    >>> [each.value for each in standings([90, 60, 3], [100, 100, 4])]
    ['above', 'below', 'too_few']
    """
    whole, size = sum(counts), sum(sizes)
    scores = [_score(count, n, whole, size) for count, n in zip(counts, sizes, strict=True)]
    judged = [place for place, score in enumerate(scores) if score is not None]
    rates = false_discovery_rates([math.erfc(abs(scores[place] or 0.0) / math.sqrt(2)) for place in judged])
    found = dict(zip(judged, rates, strict=True))
    return tuple(_standing(score, found.get(place, 1.0)) for place, score in enumerate(scores))


def _standing(score: float | None, rate: float) -> Standing:
    if score is None:
        return Standing.TOO_FEW
    if rate > SIGNIFICANCE:
        return Standing.ALIKE
    return Standing.ABOVE if score > 0 else Standing.BELOW


def _score(count: int, n: int, whole: int, size: int) -> float | None:
    """Return the pooled two-sample score of a part against the rest; None where either is too small."""
    others = size - n
    if min(n, others) < LEAST_SIZE:
        return None
    share = whole / size
    if min(n, others) * min(share, 1 - share) < LEAST_EXPECTED:
        return None
    deviation = math.sqrt(share * (1 - share) * (1 / n + 1 / others))
    return (count / n - (whole - count) / others) / deviation

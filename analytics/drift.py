"""Whether incoming tickets still look like those a model learnt from."""

from collections.abc import Mapping
from math import log
from typing import Final

_LEAST_SHARE: Final = 0.0001


def population_stability_index(expected: Mapping[str, int], actual: Mapping[str, int]) -> float:
    """Return how far apart two distributions over categories are, from 0 (equal) up.

    The sum over the categories of (actual share - expected share) x ln(actual share / expected share); shares below
    0.0001 count as 0.0001 (Siddiqi, Credit Risk Scorecards, 2006). By custom less than 0.1 is no change worth looking
    at, more than 0.25 is a large one.

    Args:
        expected: Tickets of each category before, for example where the model was measured.
        actual: Tickets of each category now.

    Raises:
        ValueError: If either distribution has no tickets.

    >>> round(population_stability_index({"order": 50, "refund": 50}, {"order": 75, "refund": 25}), 4)
    0.2747
    """
    before, now = sum(expected.values()), sum(actual.values())
    if before <= 0 or now <= 0:
        message = "A distribution with no tickets cannot be compared with another."
        raise ValueError(message)
    total = 0.0
    for category in expected.keys() | actual.keys():
        then = max(expected.get(category, 0) / before, _LEAST_SHARE)
        later = max(actual.get(category, 0) / now, _LEAST_SHARE)
        total += (later - then) * log(later / then)
    return total

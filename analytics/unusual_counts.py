"""One rule for what an unusual number of tickets is: one that chance seldom makes, by what was to be expected.

Counts are taken to follow the negative binomial distribution with the expected mean and variance, and Poisson's where
they vary no more than that. Days are judged so at night (`analytics.anomalies`), weeks when somebody looks.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

_LEAST_ALARM: Final = 5
_LEAST_EXPECTED_FOR_FEWER: Final = 8.0
_LEAST_WEEK: Final = 20
_THREE_SIGMAS: Final = 0.0027
"""Chance of a false alarm a week: that of three standard deviations."""
_FARTHEST: Final = 45.0
"""Beyond e^-45 of the most likely count nothing adds to a sum."""


class Unusual(StrEnum):
    """In which direction a count is unusual."""

    MORE = "more"
    FEWER = "fewer"


@dataclass(frozen=True, slots=True)
class UnusualWeek:
    """A week that is unlike the weeks before it.

    Attributes:
        direction: In which way.
        observed: Its tickets.
        usual: Mean of the weeks before.
    """

    direction: Unusual
    observed: int
    usual: float


def usual_range(mean: float, variance: float, chance: float) -> tuple[int, int]:
    """Return the fewest and the most that are not unusual.

    Args:
        mean: What is expected, above 0.
        variance: How much counts vary; less than the mean counts as the mean.
        chance: How often chance alone may go beyond, both ends together.
    """
    size = mean**2 / max(variance - mean, 1e-9 * mean + 1e-12)
    spread = math.sqrt(max(variance, mean))
    end = int(mean + 12 * spread + _FARTHEST / math.log1p(size / mean)) + 2
    counts = np.arange(end)
    steps = np.log((counts + size) * mean / ((counts + 1) * (size + mean)))
    weights = np.concatenate([[0.0], np.cumsum(steps)])
    shares = np.exp(weights - weights.max())
    below = np.cumsum(shares) / shares.sum()
    above = np.concatenate([np.cumsum(shares[:0:-1])[::-1], [0.0]]) / shares.sum()
    return int(np.argmax(below >= chance / 2)), int(np.argmax(above <= chance / 2))


def judged(observed: int, mean: float, ends: tuple[float, float]) -> Unusual | None:
    """Return in which direction a count is unusual; None when it is not, or too small to be spoken of.

    Args:
        observed: The count.
        mean: What was expected.
        ends: As `usual_range` gives them.
    """
    if observed > ends[1] and observed >= _LEAST_ALARM:
        return Unusual.MORE
    return Unusual.FEWER if observed < ends[0] and mean >= _LEAST_EXPECTED_FOR_FEWER else None


def unusual_week(weeks: Sequence[int], lifts: Sequence[float]) -> UnusualWeek | None:
    """Judge a week by the weeks before it; None when it is as usual, or when these tell nothing.

    Where the time of the year is known to bring more or fewer tickets, the week has to be unusual for that time too.

    Args:
        weeks: Tickets of each week, the judged one first.
        lifts: How many times as many tickets the time of the year brings in each; 1 is no difference.
    """
    last, *past = weeks
    usual = sum(past) / len(past)
    if min(past) == 0 or usual < _LEAST_WEEK:
        return None
    direction = _direction(last, past)
    for_the_season = [count / lift * lifts[0] for count, lift in zip(past, lifts[1:], strict=True)]
    return UnusualWeek(direction, last, usual) if direction and direction is _direction(last, for_the_season) else None


def _direction(last: int, past: Sequence[float]) -> Unusual | None:
    usual = sum(past) / len(past)
    variance = sum((each - usual) ** 2 for each in past) / (len(past) - 1)
    return judged(last, usual, usual_range(usual, max(usual, variance), _THREE_SIGMAS))

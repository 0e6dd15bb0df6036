"""Which of several kinds stand clearly above all others: one of them, or two together."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import stats

from analytics.insights.ranking import LEVEL_OF_THE_FIRST
from analytics.means import Mean, difference
from analytics.quasi_poisson import Floats

_MOST_TOGETHER: Final = 2


@dataclass(frozen=True, slots=True)
class Leading:
    """The kinds that lead.

    Attributes:
        codes: The highest first.
        next_code: The highest of the rest.
        p_value: Of the least clear comparison of one that leads with one that does not.
    """

    codes: tuple[int, ...]
    next_code: int
    p_value: float


def leading(means: Mapping[int, Mean]) -> Leading | None:
    """Return the kind that is clearly above the next, or the two that are clearly above the third.

    The first is named alone where it can be told from the runner-up. Where it cannot, the first two are named together
    if each of them can be told from every other kind. The highest of several against the next, with the p-value of two
    means alone, errs no more often than that p-value says (Gutmann and Maymin, Annals of Statistics 15, 1987). Two are
    a second try, which doubles it.

    Returns:
        None with fewer than two kinds. Where nothing is clear, the first with a large p-value.
    """
    order = sorted(means, key=lambda code: -means[code].value)
    if len(order) < 2:  # noqa: PLR2004 - with one kind there is nothing to compare
        return None
    tries = [_against_rest(means, order, count) for count in range(1, min(_MOST_TOGETHER, len(order) - 1) + 1)]
    return next((each for each in tries if each.p_value <= LEVEL_OF_THE_FIRST), tries[0])


def _against_rest(means: Mapping[int, Mean], order: list[int], count: int) -> Leading:
    p_values = [difference(means[one], means[other]).p_value for one in order[:count] for other in order[count:]]
    return Leading(tuple(order[:count]), order[count], min(1.0, count * max(p_values)))


def normal_scores(values: Floats) -> Floats:
    """Return what the ranks of values would be worth in a normal sample; equal values share one rank.

    Means of these are compared where a few long times would drown a difference, or many times are equal (van der
    Waerden 1952).
    """
    scores: Floats = stats.norm.ppf((stats.rankdata(values) - 0.5) / max(values.size, 1)).astype(np.float64)
    return scores

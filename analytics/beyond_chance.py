"""Whether a number differs between two periods by more than chance.

Tickets of one week are alike: a broken site makes all of them slow. So a period is cut into stretches (days, or weeks),
and the error of a share, a rate or a quantile is taken from how much the stretches differ (the ratio estimator with
stretches as clusters; Cochran, Sampling Techniques, 1977, section 9A.2). It is never taken to be smaller than that of
tickets that know nothing of one another. All functions return two-sided p-values; `beyond_chance` judges many at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, sqrt
from typing import Final

import numpy as np
import numpy.typing as npt

from analytics import quasi_poisson
from analytics.multiple_testing import false_discovery_rates
from analytics.quasi_poisson import Floats
from analytics.tails import two_sided_t
from analytics.vocabulary import SIGNIFICANCE

Counts = npt.NDArray[np.int64]

LEAST_N: Final = 10
"""Shares and quantiles of fewer tell nothing."""
_LEAST_STRETCHES: Final = 4
"""How much stretches differ cannot be told from fewer."""
_WEEK: Final = 7
_NORMAL_MAD: Final = 1.4826
_MAD_EFFICIENCY: Final = 0.37
"""How many values the median of absolute values is worth, for each value it is made from."""


@dataclass(frozen=True, slots=True)
class Stretches:
    """A period in stretches.

    Attributes:
        sums: Of each stretch: tickets with something, points of ratings, or how many there were.
        sizes: Of each stretch: tickets, ratings, or days.
    """

    sums: Floats
    sizes: Floats

    @property
    def value(self) -> float:
        """The share, the mean or the rate of the whole period."""
        return float(self.sums.sum() / self.sizes.sum())


def of_shares(now: Stretches, before: Stretches) -> float:
    """Return the p-value of two shares being one."""
    if min(now.sizes.sum(), before.sizes.sum()) < LEAST_N:
        return 1.0
    share = float((now.sums.sum() + before.sums.sum()) / (now.sizes.sum() + before.sizes.sum()))
    return _of_ratios(now, before, share * (1 - share))


def of_means(now: Stretches, before: Stretches) -> float:
    """Return the p-value of two means being one, such as those of ratings."""
    if min(now.sizes.sum(), before.sizes.sum()) < LEAST_N:
        return 1.0
    return _of_ratios(now, before, 0.0)


def of_counts(now: Floats, before: Floats, weekdays: tuple[int, int]) -> float:
    """Return the p-value of two periods having as many a day.

    Four weeks or more are compared week by week; the first days that fill no week are left out. Fewer days are compared
    day by day, with an effect for each day of the week, as counts that vary more than by chance alone (quasi-Poisson).

    Args:
        now: Count of each day of the later period.
        before: Of each day of the earlier one.
        weekdays: Day of the week of the first day of each, 0..6.
    """
    if min(now.size, before.size) >= _LEAST_STRETCHES * _WEEK:
        one, other = _weeks(now), _weeks(before)
        rate = (one.sums.sum() + other.sums.sum()) / (one.sizes.sum() + other.sizes.sum())
        return _of_ratios(one, other, float(rate))
    if min(now.size, before.size) < _LEAST_STRETCHES or not now.sum() + before.sum():
        return 1.0
    days = np.concatenate([(first + np.arange(size)) % _WEEK for first, size in _sized(weekdays, now, before)])
    is_of = (days[:, None] == np.unique(days)[None, :]).astype(np.float64)
    is_now = np.concatenate([np.ones(now.size), np.zeros(before.size)])
    design = np.column_stack([is_now, is_of])
    fitted = quasi_poisson.fit(design, np.concatenate([now, before]))
    error = sqrt(float(fitted.spread[0, 0]) * fitted.dispersion)
    return _two_sided(float(fitted.coefficients[0]), error, fitted.freedom)


def of_quantiles(now: Counts, before: Counts, share: float) -> float:
    """Return the p-value of two quantiles being one: whether as many lie above that of both periods together.

    For the median this is Mood's test (Conover, Practical Nonparametric Statistics, 1999, section 4.3), with stretches
    as clusters. It needs no shape of the durations: they may have two peaks.

    Args:
        now: How many durations of each stretch are in each bucket, stretches × buckets, the shortest bucket first.
        before: The same of the earlier period, with as many buckets.
        share: Which quantile, 0..1.
    """
    together = now.sum(axis=0) + before.sum(axis=0)
    upto = np.cumsum(together)
    n = float(upto[-1]) if upto.size else 0.0
    if not n:
        return 1.0
    place = int(np.searchsorted(upto, share * n))
    # Of the bucket that holds the quantile, the part above it counts.
    scores = np.zeros(together.size)
    scores[place + 1 :] = 1.0
    scores[place] = (float(upto[place]) - share * n) / float(together[place])
    one, other = (
        Stretches(counts.astype(np.float64) @ scores, counts.sum(axis=1).astype(np.float64)) for counts in (now, before)
    )
    return of_shares(one, other)


def of_levels(levels: Floats) -> float:
    """Return the p-value of a level having gone nowhere: the steps from stretch to stretch are as often up as down.

    How much steps differ is told from the median of their distances, so that one great step does not hide itself.

    Args:
        levels: At the end of each stretch, from that of the comparison to the present one.
    """
    steps = np.diff(levels)
    if steps.size < _LEAST_STRETCHES:
        return 1.0
    usual = _NORMAL_MAD * float(np.median(np.abs(steps - np.median(steps)))) or float(steps.std(ddof=1))
    return _two_sided(float(steps.sum()), usual * sqrt(steps.size), max(_MAD_EFFICIENCY * steps.size, 1.0))


def beyond_chance(p_values: Sequence[float]) -> list[bool]:
    """Say which of the differences that are shown together are more than chance.

    Where nothing has changed, the chance that any of them is said to have is one in twenty.
    """
    return [rate <= SIGNIFICANCE for rate in false_discovery_rates(p_values)]


def _weeks(days: Floats) -> Stretches:
    """Return whole weeks, counted back from the last day."""
    weeks = days.size // _WEEK
    sums: Floats = days[days.size - weeks * _WEEK :].reshape(weeks, _WEEK).sum(axis=1)
    return Stretches(sums, np.full(weeks, float(_WEEK)))


def _sized(weekdays: tuple[int, int], now: Floats, before: Floats) -> tuple[tuple[int, int], tuple[int, int]]:
    return (weekdays[0], now.size), (weekdays[1], before.size)


def _of_ratios(now: Stretches, before: Stretches, spread: float) -> float:
    """Return the p-value of two ratios being one.

    Args:
        now: Of the later period.
        before: Of the earlier one.
        spread: Variance of a single one that knows nothing of the others.
    """
    found = [_error(each, spread) for each in (now, before)]
    if min(stretches for _, stretches in found) < _LEAST_STRETCHES:
        return 1.0
    (one, first), (other, second) = found
    error = hypot(one, other)
    if error == 0:
        return 1.0
    freedom = error**4 / (one**4 / (first - 1) + other**4 / (second - 1))
    return _two_sided(now.value - before.value, error, freedom)


def _error(period: Stretches, spread: float) -> tuple[float, int]:
    """Return the standard error of a ratio, and from how many stretches it is told."""
    filled = period.sizes > 0
    stretches, size = int(filled.sum()), float(period.sizes.sum())
    if stretches < _LEAST_STRETCHES:
        return 0.0, stretches
    left = period.sums - period.value * period.sizes
    between = float((left**2).sum()) * stretches / (stretches - 1) / size**2
    return sqrt(max(between, spread / size)), stretches


def _two_sided(gap: float, error: float, freedom: float) -> float:
    if error == 0:
        return 1.0
    return two_sided_t(gap / error, freedom)

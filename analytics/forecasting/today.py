"""The hours left of a day, forecast anew from what has come so far.

The morning expected E tickets today and a share s of them by now. A busy day is busy all day: its level has a variance
V around 1. But some days only begin early: the share that has come by now has a relative variance F around s. The count
so far then has the variance E s + E² s² (V + F), and it moves with the count still to come by E² (V s (1 - s) - F s²).
The best linear guess of what is left follows from these two (Bühlmann's credibility): where days hardly differ, or
hardly anything has come, the morning's forecast stays.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from analytics.forecast_quantiles import LEVELS, FloatArray
from analytics.forecasting.hours import counted_quantiles, excess_variance
from analytics.time_units import DAY_HOURS

_PRIOR_DAYS: Final = 7.0
_PRIOR_SHAPE: Final = 0.05**2
_LEAST_LEVEL_VARIANCE: Final = 0.05**2
_LEAST_FACTOR: Final = 0.05
_GREATEST_FACTOR: Final = 20.0
_SILENCE: Final = 8.0
"""Where so many tickets were expected since the last one, the desk's tickets have not been brought in; chance leaves
such a gap once in three thousand."""


@dataclass(frozen=True, slots=True, eq=False)
class Morning:
    """What was forecast for a day before it began.

    Attributes:
        expected: Mean tickets of the day.
        quantiles: The day's seven quantiles, in the order of `LEVELS`.
        shares: Share of each hour, shape (24,); adds up to 1.
    """

    expected: float
    quantiles: FloatArray
    shares: FloatArray

    @property
    def level_variance(self) -> float:
        """Variance of the day's level around 1, beyond the chance of counts."""
        excess = float(excess_variance(np.array([self.expected]), self.quantiles[None])[0])
        return max(excess / max(self.expected, 1e-9) ** 2, _LEAST_LEVEL_VARIANCE)


@dataclass(frozen=True, slots=True, eq=False)
class RestOfDay:
    """A day in which some hours are over.

    Attributes:
        passed: Hours that are over and counted.
        so_far: Tickets that came in them.
        expected_so_far: Tickets that the morning's forecast had for them.
        left: Tickets expected in the other hours.
        quantiles_left: Quantiles of the sum of those, shape (7,).
        hours: Expected tickets of each hour left, shape (24 - passed,).
        quantiles: Their quantiles, shape (24 - passed, 7).
    """

    passed: int
    so_far: int
    expected_so_far: float
    left: float
    quantiles_left: FloatArray
    hours: FloatArray
    quantiles: FloatArray


def rest_of_day(morning: Morning, came: FloatArray, shape_variance: float) -> RestOfDay:
    """Return what is expected of the hours left.

    Args:
        morning: The forecast before the day began.
        came: Tickets of each hour that is over, from midnight on; fewer than 24 of them.
        shape_variance: Relative variance of the share that comes by this hour, from `shape_variance_at`.
    """
    passed, so_far = len(came), float(came.sum())
    share = float(morning.shares[:passed].sum())
    before = max(morning.expected * (1 - share), 0.0)
    factor, excess = _revised(morning, share, so_far, shape_variance)
    left = before * factor
    ahead = morning.shares[passed:]
    hours = morning.expected * ahead * factor
    of_left = ahead / max(float(ahead.sum()), 1e-12)
    return RestOfDay(
        passed,
        round(so_far),
        morning.expected * share,
        left,
        counted_quantiles(np.array([left]), np.array([excess]))[0] if left > 0 else np.zeros(len(LEVELS)),
        hours,
        counted_quantiles(hours, excess * of_left**2),
    )


def _revised(morning: Morning, share: float, so_far: float, shape_variance: float) -> tuple[float, float]:
    """Return by what the rest of the day is multiplied, and the variance of its sum beyond the chance of counts."""
    mean, rest = max(morning.expected, 1e-9), 1 - share
    level = morning.level_variance
    excess = mean**2 * (rest**2 * level + shape_variance * share**2)
    if share <= 0 or rest <= 0:
        return 1.0, excess
    together = mean**2 * (level * share * rest - shape_variance * share**2)
    of_count = mean * share + mean**2 * share**2 * (level + shape_variance)
    said = mean * rest + together / of_count * (so_far - mean * share)
    factor = float(np.clip(said / (mean * rest), _LEAST_FACTOR, _GREATEST_FACTOR))
    return factor, max(excess - together**2 / of_count, 0.0) * max(factor, 1.0)


def shape_variance_at(hours: FloatArray, shares: FloatArray, passed: int) -> float:
    """Return the relative variance of the share of a day that has come by an hour, beyond the chance of counts.

    A few days say little: a spread of a twentieth is added to them, as if seen on seven days.

    Args:
        hours: Tickets by hour of past days, shape (days, 24).
        shares: Usual share of each hour on those days, of the same shape.
        passed: Hours that are over.
    """
    totals = hours.sum(axis=1)
    usual = shares[:, :passed].sum(axis=1)
    expected = totals * usual
    excess = (hours[:, :passed].sum(axis=1) - expected) ** 2 - totals * usual * (1 - usual)
    prior = _PRIOR_DAYS * float(np.mean(expected**2)) if len(hours) else 0.0
    weight = float((expected**2).sum()) + prior
    return max((float(excess.sum()) + prior * _PRIOR_SHAPE) / weight, 0.0) if weight > 0 else _PRIOR_SHAPE


def counted_hours(came: FloatArray, expected: FloatArray) -> int:
    """Return how many of the hours that are over can be believed to be counted in full.

    Tickets that are brought in once a day, or whose import has stopped, leave hours empty in which many were expected.
    Those say nothing about the day; the hour of the last ticket may be half brought in, and is left out too.

    Args:
        came: Tickets of each hour that is over.
        expected: Tickets the morning expected in them.

    >>> counted_hours(np.array([5.0, 4.0, 0.0, 0.0]), np.array([5.0, 5.0, 5.0, 5.0]))
    1
    >>> counted_hours(np.array([5.0, 4.0, 0.0]), np.array([5.0, 5.0, 0.1]))
    3
    """
    seen = np.flatnonzero(came > 0)
    last = int(seen[-1]) if seen.size else -1
    if float(expected[last + 1 :].sum()) < _SILENCE:
        return min(len(came), DAY_HOURS)
    return max(last, 0)

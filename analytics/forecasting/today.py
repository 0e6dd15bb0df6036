"""The hours left of a day, forecast anew from what has come so far.

The morning expected E tickets today and a share s of them in each hour. Days differ in three ways: a busy day is busy
all day (its level has a variance V around 1); a day begins early or late (all its hours move, with a variance T); and a
single hour is uneven (a relative variance U). With D the change of a share when the day is an hour late, two hours vary
together by E² (V s s' + T D D'), and an hour by itself by E s + U (E s)² more. The best linear guess of the hours left
follows from these and from the hours that are over (Bühlmann's credibility). A day that began early is told from a busy
one by which of its hours were full. Where days hardly differ, the morning's forecast stays.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from analytics.forecast_quantiles import LEVELS, FloatArray
from analytics.forecasting.hours import counted_quantiles, excess_variance
from analytics.time_units import DAY_HOURS

_PRIOR_DAYS: Final = 7.0
_PRIOR_LATE: Final = 0.3**2
_PRIOR_UNEVEN: Final = 0.05**2
_LEAST_SHARE: Final = 0.002
_NO_CHANCE: Final = 1e-9
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


@dataclass(frozen=True, slots=True)
class DayShape:
    """How the hours of a desk's days differ from their usual shares, beyond chance.

    Attributes:
        late: Variance of the hours by which days are early or late, in hours².
        uneven: Relative variance of single hours.
    """

    late: float = _PRIOR_LATE
    uneven: float = _PRIOR_UNEVEN


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


def rest_of_day(morning: Morning, came: FloatArray, shape: DayShape) -> RestOfDay:
    """Return what is expected of the hours left.

    Args:
        morning: The forecast before the day began.
        came: Tickets of each hour that is over, from midnight on; fewer than 24 of them.
        shape: How hours differ from day to day, from `day_shape`.
    """
    passed = len(came)
    mean = morning.expected * morning.shares
    before, left_before = mean[passed:], max(float(mean[passed:].sum()), _NO_CHANCE)
    together = _together(morning, shape)
    follows = np.linalg.solve(together[:passed, :passed], together[:passed, passed:])
    said = before + (came - mean[:passed]) @ follows
    hours = np.asarray(np.clip(said, _LEAST_FACTOR * before, _GREATEST_FACTOR * before), dtype=np.float64)
    doubt = together[passed:, passed:] - together[passed:, :passed] @ follows
    left = float(hours.sum())
    grown = max(left / left_before, 1.0)
    excess = max(float(doubt.sum()) - left_before, 0.0) * grown
    return RestOfDay(
        passed,
        round(float(came.sum())),
        float(mean[:passed].sum()),
        left,
        counted_quantiles(np.array([left]), np.array([excess]))[0] if left > 0 else np.zeros(len(LEVELS)),
        hours,
        counted_quantiles(hours, np.maximum(np.diag(doubt) - before, 0.0) * grown),
    )


def _together(morning: Morning, shape: DayShape) -> FloatArray:
    """Return how the hours of the day vary together, shape (24, 24)."""
    mean = morning.expected * morning.shares
    late = morning.expected * _when_later(morning.shares)
    alone = mean + shape.uneven * mean**2 + _NO_CHANCE
    found = morning.level_variance * np.outer(mean, mean) + shape.late * np.outer(late, late) + np.diag(alone)
    return np.asarray(found, dtype=np.float64)


def _when_later(shares: FloatArray) -> FloatArray:
    """Return the change of each hour's share when the day is an hour late; hours are the last axis, and add up to 0."""
    beside = np.concatenate([shares[..., :1], shares, shares[..., -1:]], axis=-1)
    change = (beside[..., :-2] - beside[..., 2:]) / 2
    return np.asarray(change - shares * change.sum(axis=-1, keepdims=True), dtype=np.float64)


def day_shape(hours: FloatArray, shares: FloatArray) -> DayShape:
    """Return how the hours of past days differed from their usual shares, beyond the chance of counts.

    A few days say little: usual variances are added to them, as if seen on seven days.

    Args:
        hours: Tickets by hour of past days, shape (days, 24).
        shares: Usual share of each hour on those days, of the same shape.
    """
    totals, change = hours.sum(axis=1), _when_later(shares)
    told = change / np.maximum(shares, _LEAST_SHARE)
    scale = totals * (change * told).sum(axis=1)
    off = hours - totals[:, None] * shares
    late = _drawn((told * off).sum(axis=1) ** 2 - scale, scale**2, _PRIOR_LATE)
    mean = totals[:, None] * shares
    alone = off**2 - mean * (1 - shares) - late * (totals[:, None] * change) ** 2
    own = mean**2 * (1 - 2 * shares + (shares**2).sum(axis=1, keepdims=True))
    return DayShape(late, _drawn(alone.sum(axis=1), own.sum(axis=1), _PRIOR_UNEVEN))


def _drawn(excess: FloatArray, weight: FloatArray, usual: float) -> float:
    """Return the variance that days show, drawn towards a usual one."""
    prior = _PRIOR_DAYS * float(weight.mean()) if weight.size else 0.0
    total = float(weight.sum()) + prior
    return max((float(excess.sum()) + prior * usual) / total, 0.0) if total > 0 else usual


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

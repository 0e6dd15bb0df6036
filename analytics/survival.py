"""How long tickets take when some are still open: the Kaplan-Meier estimate.

The median over closed tickets alone is too short, because the long ones are still open. Here an open ticket counts as
taking at least as long as it has been open.

Sources: Kaplan and Meier (1958, doi:10.1080/01621459.1958.10501452); interval of the median by inverting Greenwood's
pointwise intervals on the log-log scale, Brookmeyer and Crowley (1982, doi:10.2307/2530286), as R's ``survfit`` does
with ``conf.type = "log-log"``.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log, sqrt
from statistics import NormalDist
from typing import Final

_HALF: Final = 0.5
_TOLERANCE: Final = 1e-9


@dataclass(frozen=True, slots=True)
class SurvivalStep:
    """The curve just after a duration at which at least one ticket was closed.

    Attributes:
        duration: In the unit of the input.
        at_risk: Tickets still open just before it.
        closed: Tickets closed at that duration.
        survival: Estimated share of tickets that take longer, 0..1.
        lower: Lower bound of the pointwise interval; None where it is not defined.
        upper: Upper bound; None where it is not defined.
    """

    duration: float
    at_risk: int
    closed: int
    survival: float
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class SurvivalMedian:
    """The median duration over closed and open tickets.

    Attributes:
        median: In the unit of the input; None while the curve has not come down to one half.
        lower: Lower bound of its interval; None when there is none.
        upper: Upper bound; None when the data does not bound it yet.
        count: Tickets.
        closed_count: How many of them are closed.
    """

    median: float | None
    lower: float | None
    upper: float | None
    count: int
    closed_count: int


def survival_curve(counts: Iterable[tuple[float, bool, int]], confidence: float = 0.95) -> tuple[SurvivalStep, ...]:
    """Return the Kaplan-Meier estimate with Greenwood's interval on the log-log scale.

    Args:
        counts: (duration, is closed, tickets), in any order. An open ticket's duration is its age. An open ticket whose
            age equals the duration of a closed one counts as still at risk at that duration.
        confidence: Confidence of the pointwise intervals, 0..1.
    """
    closed, leaving = _by_duration(counts)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    at_risk = sum(leaving.values())
    survival, variance = 1.0, 0.0
    steps = []
    for duration in sorted(leaving):
        if deaths := closed.get(duration, 0):
            remaining = at_risk - deaths
            survival *= remaining / at_risk
            variance += deaths / (at_risk * remaining) if remaining else 0.0
            lower, upper = _log_log_interval(survival, variance, z)
            steps.append(SurvivalStep(duration, at_risk, deaths, survival, lower, upper))
        at_risk -= leaving[duration]
    return tuple(steps)


def survival_median(counts: Iterable[tuple[float, bool, int]], confidence: float = 0.95) -> SurvivalMedian:
    """Return the Kaplan-Meier median with its interval.

    Where the curve is exactly one half over a stretch, the median is the middle of that stretch. So it equals the
    ordinary median when every ticket is closed.

    Args:
        counts: (duration, is closed, tickets) as in `survival_curve`.
        confidence: Confidence of the interval, 0..1.
    """
    given = tuple(counts)
    curve = survival_curve(given, confidence)
    return SurvivalMedian(
        median=_crossing(curve, lambda step: step.survival),
        lower=_crossing(curve, lambda step: step.lower),
        upper=_crossing(curve, lambda step: step.upper),
        count=sum(number for _, _, number in given),
        closed_count=sum(number for _, is_closed, number in given if is_closed),
    )


def _by_duration(counts: Iterable[tuple[float, bool, int]]) -> tuple[dict[float, int], dict[float, int]]:
    closed: dict[float, int] = {}
    leaving: dict[float, int] = {}
    for duration, is_closed, count in counts:
        leaving[duration] = leaving.get(duration, 0) + count
        if is_closed:
            closed[duration] = closed.get(duration, 0) + count
    return closed, leaving


def _log_log_interval(survival: float, variance: float, z: float) -> tuple[float | None, float | None]:
    """Return the pointwise interval; (None, None) where it is not defined."""
    if not 0 < survival < 1:
        return None, None
    spread = z * sqrt(variance) / abs(log(survival))
    return _powered(survival, spread), _powered(survival, -spread)


def _powered(survival: float, spread: float) -> float:
    """Return survival to the power of e^spread, without overflow for a large spread."""
    return exp(log(survival) * exp(min(spread, 700.0)))


def _crossing(curve: tuple[SurvivalStep, ...], height: Callable[[SurvivalStep], float | None]) -> float | None:
    """Return the duration at which a step curve passes through one half; None when it never does."""
    known = [(step.duration, value) for step in curve if (value := height(step)) is not None]
    if known and abs(known[-1][1] - _HALF) <= _TOLERANCE:
        return known[-1][0]
    for (duration, value), (following, _) in pairwise([*known, (float("inf"), 0.0)]):
        if abs(value - _HALF) <= _TOLERANCE:
            return (duration + following) / 2
        if value < _HALF:
            return duration
    return None

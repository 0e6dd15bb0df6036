"""Every forecasting model that takes part, by name."""

import warnings
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

import numpy as np

from analytics.forecast_quantiles import FloatArray
from analytics.forecasting.adjusted_members import (
    calendar_regression,
    recent_level,
    recent_level_by_events,
    settled_by_events,
    theta_by_events,
)
from analytics.forecasting.baselines import same_weekday_mean, seasonal_naive
from analytics.forecasting.history import weekdays_of
from analytics.forecasting.learnt import Learnt
from analytics.forecasting.prophet_member import prophet_default, prophet_with_events

Member: TypeAlias = Callable[[Learnt], FloatArray]

COMBINATION: Final = "combination"
NAIVE: Final = "seasonal_naive"
MEMBERS: Final[Mapping[str, Member]] = MappingProxyType(
    {
        "prophet": prophet_with_events,
        "calendar_regression": calendar_regression,
        "recent_level": recent_level,
        "recent_level_by_events": recent_level_by_events,
        "settled_by_events": settled_by_events,
        "theta_by_events": theta_by_events,
    }
)
"""Models that take part in the combination. All know the named days; the blind would outvote them there."""
SIMPLE: Final[Mapping[str, Member]] = MappingProxyType({"same_weekday_mean": same_weekday_mean, NAIVE: seasonal_naive})
"""What the combination has to beat; cheap, and shown beside it."""
BASELINES: Final[Mapping[str, Member]] = MappingProxyType({"prophet_default": prophet_default})
"""Models that are measured only for comparison, when asked for."""


def member_forecasts(learnt: Learnt, *, with_baselines: bool = False) -> dict[str, FloatArray]:
    """Return each member's mean of the days ahead: finite, never negative, zero on closed weekdays.

    A member that fails (an optimiser that finds no solution) is left out; the simple ones cannot fail.

    Args:
        learnt: What is known at the cutoff.
        with_baselines: Whether to ask the baselines too.
    """
    asked = {**MEMBERS, **SIMPLE, **(BASELINES if with_baselines else {})}
    is_closed = np.isin(weekdays_of(learnt.history.ahead(learnt.horizon)), learnt.history.closed_weekdays)
    found: dict[str, FloatArray] = {}
    for name, member in asked.items():
        ahead = _attempt(member, learnt)
        if ahead is not None and np.isfinite(ahead).all():
            found[name] = np.where(is_closed, 0.0, np.maximum(ahead, 0.0))
    return found


def _attempt(member: Member, learnt: Learnt) -> FloatArray | None:
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            return member(learnt)
    except (RuntimeError, ValueError, ArithmeticError, np.linalg.LinAlgError):
        return None

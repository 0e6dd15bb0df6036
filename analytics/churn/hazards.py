"""How much more often customers leave after a bad experience: a hazard model with exposures that change over time."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from math import exp, inf
from typing import Final

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy.optimize import brentq
from scipy.stats import chi2
from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

from analytics.churn.history import LATE, LOW, STUCK, CustomerHistory, Floats
from analytics.churn.person_time import ACTIVITY, person_time
from analytics.intervals import Estimate

DRIVERS: Final = (LATE, LOW, STUCK)
LEAST_DEPARTURES: Final = 20
_DROP_95: Final = float(chi2.ppf(0.95, 1))
_FARTHEST: Final = 12.0
"""The search for an interval's end stops here: no real ratio of hazards is larger than e^12."""
_STEP: Final = 0.5
_HELD: Final = ("customer_type", ACTIVITY)


@dataclass(frozen=True, slots=True)
class HazardRatio:
    """How many times as often customers leave in the 180 days after an experience.

    Attributes:
        driver: One of `DRIVERS`.
        ratio: 1 is no difference.
        departures: Departures in those 180 days.
        customer_years: Customers' time in those 180 days.
    """

    driver: str
    ratio: Estimate
    departures: int
    customer_years: float


def hazard_ratios(history: CustomerHistory) -> list[HazardRatio]:
    """Return the hazard ratio of late answers, low ratings and unresolved tickets, each with the others held equal.

    This is a Poisson regression of departures on customer type, activity (tickets in the last 180 days) and the three
    exposures, with the logarithm of time as offset. It equals the hazard model with exposures that change over time
    (Laird and Olivier, 1981). Intervals are those of the profile likelihood, which hold for few departures too.

    Returns:
        [] with fewer than 20 departures. A driver that nobody experienced, or everybody all the time, is left out.
    """
    experiences = history.experiences()
    if history.churn_count < LEAST_DEPARTURES:
        return []
    table = _with_departures(person_time(history, {name: experiences[name] for name in DRIVERS}))
    present = [name for name in DRIVERS if 0 < table[name].mean() < 1]
    columns = [table[name].to_numpy(dtype=float) for name in present]
    others = _controls(table)
    found = []
    for name in present:
        rest = np.column_stack([others, *(each for other, each in zip(present, columns, strict=True) if other != name)])
        exposed = table[table[name] > 0]
        found.append(
            HazardRatio(
                name,
                profile_ratio(table, table[name].to_numpy(dtype=float), rest),
                int(exposed["departures"].sum()),
                float(exposed["days"].sum() / 365.25),
            )
        )
    return found


def _with_departures(table: pd.DataFrame) -> pd.DataFrame:
    """Leave out types and activities without a departure: each has its own rate, which would be zero."""
    for name in _HELD:
        left = table.groupby(name)["departures"].transform("sum")
        table = table[left > 0]
    return table


def _controls(table: pd.DataFrame) -> Floats:
    """Return a column of ones, and a 0-1 column for each type and activity except the first of each."""
    columns = [np.ones(len(table))]
    for name in _HELD:
        columns += [(table[name] == level).to_numpy(dtype=float) for level in sorted(table[name].unique())[1:]]
    return np.column_stack(columns)


def profile_ratio(table: pd.DataFrame, column: Floats, others: Floats) -> Estimate:
    """Return a 0-1 column's ratio of hazards with its profile-likelihood interval and likelihood-ratio p-value.

    Args:
        table: Days and departures.
        column: 1 where exposed.
        others: Columns held equal, a column of ones among them.
    """
    departures = table["departures"].to_numpy(dtype=float)
    log_days = np.log(table["days"].to_numpy(dtype=float))

    def deviance(log_ratio: float) -> float:
        return _fit(departures, others, log_days + log_ratio * column).deviance  # type: ignore[no-any-return]

    full = _fit(departures, np.column_stack([others, column]), log_days)
    value = float(np.clip(full.params[-1], -_FARTHEST, _FARTHEST))
    least = min(deviance(value), float(full.deviance))
    low = _end(deviance, value, least + _DROP_95, -_STEP)
    high = _end(deviance, value, least + _DROP_95, _STEP)
    p_value = float(chi2.sf(max(deviance(0.0) - least, 0.0), 1))
    return Estimate(exp(value), 0.0 if low == -inf else exp(low), inf if high == inf else exp(high), p_value)


def _fit(departures: Floats, columns: Floats, offset: Floats) -> sm.GLM:
    with warnings.catch_warnings():
        # Where nobody left the fit is perfect, and the warning adds nothing: the interval is wide.
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        return sm.GLM(departures, columns, family=sm.families.Poisson(), offset=offset).fit(tol=1e-10, maxiter=60)


def _end(deviance: Callable[[float], float], value: float, wanted: float, step: float) -> float:
    """Return the point on one side where the deviance reaches a value; infinite where it never does."""
    near, far = value, value + step
    while deviance(far) < wanted:
        if abs(far) > _FARTHEST:
            return inf if step > 0 else -inf
        near, far, step = far, far + 2 * step, 2 * step
    return float(brentq(lambda point: deviance(point) - wanted, near, far, xtol=1e-4))

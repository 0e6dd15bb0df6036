"""Prediction intervals from the past errors of the same way of forecasting.

This is split conformal prediction (Vovk, Gammerman and Shafer, *Algorithmic Learning in a Random World*, 2005). The
errors are standardised first: each is divided by the usual deviation of a count of that size, on such a day, so far
ahead. The quantiles of the standardised errors hold for days to come, as far as these are like the past, whatever the
errors' distribution.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.forecast_quantiles import LEVELS, FloatArray
from analytics.time_units import WEEK_DAYS

_PRIOR_DAYS: Final = 14.0
_PRIOR_NAMED: Final = 1.5
_PRIOR_DISPERSION: Final = 0.1**2
_LARGEST_GROWTH: Final = 1.0
_LEAST_POOLED: Final = 280
_FEW_CUTOFFS: Final = 0.25
_PRIOR_CUTOFFS: Final = 6.0
USUAL: Final = np.array([-1.75, -1.08, -0.55, 0.0, 0.57, 1.22, 2.2])
"""Quantiles of errors made alike, where no other series is at hand: measured over many series, whose odd days make the
middle narrower and the ends wider than the normal distribution's."""


@dataclass(frozen=True, slots=True, eq=False)
class Errors:
    """Forecasts of past days by one way of forecasting, and what came.

    Attributes:
        forecast: Shape (days,).
        actual: What came; never NaN.
        weekday: 0 is Monday.
        step: How many days ahead the forecast was.
        is_named: Whether the day has a name in the calendar.
        cutoff_count: How many cutoffs these days belong to.
    """

    forecast: FloatArray
    actual: FloatArray
    weekday: NDArray[np.int64]
    step: NDArray[np.int64]
    is_named: NDArray[np.bool_]
    cutoff_count: int


@dataclass(frozen=True, slots=True, eq=False)
class Calibration:
    """How wide intervals have to be.

    Attributes:
        dispersion: a of the variance f + a f² of a day with forecast f.
        weekday_factors: Shape (7,): how many times wider each weekday is.
        named_factor: How many times wider named days are.
        growth: How much wider intervals get over 28 days ahead, as a share.
        quantiles: Quantiles of the standardised errors, in the order of `LEVELS`.
    """

    dispersion: float
    weekday_factors: FloatArray
    named_factor: float
    growth: float
    quantiles: FloatArray

    def deviation(
        self, forecast: FloatArray, weekday: NDArray[np.int64], step: NDArray[np.int64], is_named: NDArray[np.bool_]
    ) -> FloatArray:
        """Return the usual deviation of each day."""
        factor = self.weekday_factors[weekday] * np.where(is_named, self.named_factor, 1.0)
        growth = np.maximum(1 + self.growth * (step - 14) / 28, 0.5)
        return np.asarray(_spread(forecast, self.dispersion) * factor * growth, dtype=np.float64)


def _spread(forecast: FloatArray, dispersion: float) -> FloatArray:
    return np.sqrt(forecast + dispersion * forecast**2)


def quantiles_ahead(
    calibration: Calibration, forecast: FloatArray, weekday: NDArray[np.int64], is_named: NDArray[np.bool_]
) -> FloatArray:
    """Return the seven quantiles of each day ahead: shape (days, 7), rising, never negative."""
    step = np.arange(1, len(forecast) + 1)
    deviation = calibration.deviation(forecast, weekday, step, is_named)
    values = forecast[:, None] + deviation[:, None] * calibration.quantiles
    return np.maximum.accumulate(np.maximum(values, 0.0), axis=1)


def calibrate(errors: Errors, pooled: FloatArray = USUAL) -> Calibration:
    """Return how wide intervals have to be.

    Args:
        errors: At least one day.
        pooled: Quantiles of errors made alike over many series; those of a single one are drawn towards them.
    """
    shape, alike = made_alike(errors)
    return replace(shape, quantiles=_quantiles(alike, errors.cutoff_count, pooled))


def made_alike(errors: Errors) -> tuple[Calibration, FloatArray]:
    """Return what a series' errors depend on, and the errors divided by it, so that they compare with other series'."""
    dispersion = _dispersion(errors)
    alike = (errors.actual - errors.forecast) / np.maximum(_spread(errors.forecast, dispersion), 0.5)
    named_factor = _named_factor(alike, errors)
    alike = alike / np.where(errors.is_named, named_factor, 1.0)
    weekday_factors = _weekday_factors(alike, errors)
    alike = alike / weekday_factors[errors.weekday]
    growth = _growth(alike, errors)
    alike = alike / np.maximum(1 + growth * (errors.step - 14) / 28, 0.5)
    return Calibration(dispersion, weekday_factors, named_factor, growth, USUAL), alike


def pooled_quantiles(alike: Sequence[FloatArray]) -> FloatArray:
    """Return the quantiles of many series' errors made alike; the usual ones where there are none."""
    joined = np.concatenate([*alike, np.array([])])
    return np.quantile(joined, np.array(LEVELS)) if joined.size >= _LEAST_POOLED else USUAL


def uncalibrated() -> Calibration:
    """Return a guess where no day can be checked: the normal interval of chance and a fifth of the count, times 1.2."""
    normal = np.array([-1.96, -1.282, -0.674, 0.0, 0.674, 1.282, 1.96])
    return Calibration(0.2**2, np.ones(WEEK_DAYS), _PRIOR_NAMED, 0.3, 1.2 * normal)


def _dispersion(errors: Errors) -> float:
    excess = (errors.actual - errors.forecast) ** 2 - errors.forecast
    weight = float((errors.forecast**2).sum())
    prior = 7 * float(np.mean(errors.forecast**2))
    return max((float(excess.sum()) + prior * _PRIOR_DISPERSION) / max(weight + prior, 1e-9), 1e-4)


def _mean_square(alike: FloatArray) -> float:
    """Return the mean square with the largest deviations capped."""
    limit = 3.0 * float(np.median(np.abs(alike))) / 0.6745 + 1e-9
    return float(np.mean(np.minimum(np.abs(alike), limit) ** 2))


def _named_factor(alike: FloatArray, errors: Errors) -> float:
    count = int(errors.is_named.sum())
    if count == len(alike):
        return 1.0
    usual = max(_mean_square(alike[~errors.is_named]), 1e-9)
    seen = _mean_square(alike[errors.is_named]) / usual if count else 0.0
    return float(np.sqrt((count * seen + _PRIOR_DAYS * _PRIOR_NAMED**2) / (count + _PRIOR_DAYS)).clip(1.0, 4.0))


def _weekday_factors(alike: FloatArray, errors: Errors) -> FloatArray:
    overall = max(_mean_square(alike), 1e-9)
    factors = np.ones(WEEK_DAYS)
    for weekday in range(WEEK_DAYS):
        own = alike[errors.weekday == weekday]
        square = _mean_square(own) / overall if own.size else 0.0
        factors[weekday] = np.sqrt((own.size * square + _PRIOR_DAYS) / (own.size + _PRIOR_DAYS))
    return factors


def _growth(alike: FloatArray, errors: Errors) -> float:
    """Return how much wider errors get over 28 days, halved because there are few cutoffs to judge by."""
    near, far = errors.step <= 14, errors.step > 14  # noqa: PLR2004 - the halves of 28 days
    if near.sum() < WEEK_DAYS or far.sum() < WEEK_DAYS:
        return 0.3
    ratio = np.sqrt(max(_mean_square(alike[far]), 1e-9) / max(_mean_square(alike[near]), 1e-9))
    return float(np.clip(ratio - 1, 0.0, _LARGEST_GROWTH))


def _quantiles(alike: FloatArray, cutoff_count: int, pooled: FloatArray) -> FloatArray:
    """Return the errors' own quantiles, drawn towards the pooled ones as if by six cutoffs with those.

    Days of one cutoff err together, so that the number of cutoffs counts, not that of days. What is left of chance
    widens the variance by a share that falls with the cutoffs.
    """
    own = np.quantile(alike, np.array(LEVELS))
    trust = cutoff_count / (cutoff_count + _PRIOR_CUTOFFS)
    widened = (trust * own + (1 - trust) * pooled) * np.sqrt(1 + _FEW_CUTOFFS / max(cutoff_count, 1))
    return np.asarray(np.maximum.accumulate(widened), dtype=np.float64)


def errors_of(parts: Sequence[tuple[FloatArray, FloatArray, NDArray[np.int64], NDArray[np.bool_]]]) -> Errors | None:
    """Join the days of several cutoffs, leaving out days without a known count; None when no day is left.

    Args:
        parts: Forecast, actual count, weekday and whether named, for each cutoff, starting one day ahead.
    """
    if not parts:
        return None
    forecast, actual, weekday, named = (np.concatenate([part[place] for part in parts]) for place in range(4))
    step = np.concatenate([np.arange(1, len(part[0]) + 1) for part in parts])
    known = ~np.isnan(actual)
    if not known.any():
        return None
    return Errors(
        np.asarray(forecast[known], dtype=np.float64),
        np.asarray(actual[known], dtype=np.float64),
        np.asarray(weekday[known], dtype=np.int64),
        step[known],
        np.asarray(named[known], dtype=np.bool_),
        len(parts),
    )

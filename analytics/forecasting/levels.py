"""The level of a series and the shape of its week, read off its latest weeks without being moved by odd days."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

from analytics.forecast_quantiles import FloatArray
from analytics.forecasting.baselines import repeated
from analytics.time_units import WEEK_DAYS

_PRIOR_SHARE: Final = 0.25
_CLOSED: Final = 0.05
_MIDDLE: Final = (0.25, 0.75)
_HALF_LIVES: Final = (4.0, 8.0, 14.0, 25.0, 45.0, 90.0)
_TRIED_DAYS: Final = 546
_FIRST_TRIED_DAYS: Final = 56
_AHEAD: Final = 28
_FORGETTING_WEEKS: Final = 26
_SHARPNESS: Final = 12
_ODD_WEEKS: Final = 3
_ODD: Final = 2.5
_LEAST_TRIALS: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class _Flat:
    """A series without its week.

    Attributes:
        values: Each day divided by its weekday's share.
        weights: What each day says about the level; 0 for days that are not known and weekdays that hardly count.
        week: Share of each weekday, starting with the weekday after the last day; 1 on average.
    """

    values: FloatArray
    weights: FloatArray
    week: FloatArray


def middle_level(
    values: FloatArray, is_known: NDArray[np.bool_], half_life: float, weeks: int, ahead: int
) -> FloatArray:
    """Return the days ahead from the mean of the middle half of the latest weeks; later days weigh more.

    Args:
        values: Counts without holidays, at least a week of them.
        is_known: Which are known.
        half_life: After so many days a day weighs half.
        weeks: How many weeks are used.
        ahead: Days ahead.
    """
    flat = _flat(values, is_known, weeks, weeks)
    weights = flat.weights * 0.5 ** (np.arange(len(flat.values) - 1, -1, -1) / half_life)
    if not weights.any():
        return repeated(flat.week * float(np.mean(values)), ahead)
    order = np.argsort(flat.values, kind="stable")
    shares = weights[order] / weights.sum()
    upto = np.cumsum(shares)
    low, high = _MIDDLE
    kept = np.clip(np.minimum(upto, high) - np.maximum(upto - shares, low), 0, None)
    return repeated(flat.week * float((flat.values[order] * kept).sum() / kept.sum()), ahead)


def settled_level(values: FloatArray, is_known: NDArray[np.bool_], ahead: int) -> FloatArray:
    """Return the days ahead from several smoothed levels, weighted by how well each has foretold four weeks.

    Slow smoothing suits a quiet desk, fast smoothing one that moves. Each speed is tried from every week of the latest
    year and a half.

    Args:
        values: Counts without holidays, at least a week of them.
        is_known: Which are known.
        ahead: Days ahead.
    """
    flat = _flat(values, is_known, _TRIED_DAYS // WEEK_DAYS, _FORGETTING_WEEKS)
    steady = _without_odd(flat.values)
    levels = np.array([_smoothed(steady, flat.weights, half_life) for half_life in _HALF_LIVES])
    errors = _tried(levels, steady, flat.weights)
    trust = (errors / errors.min()) ** -_SHARPNESS
    return repeated(flat.week * float((levels[:, -1] * trust).sum() / trust.sum()), ahead)


def _flat(values: FloatArray, is_known: NDArray[np.bool_], weeks: int, profile_weeks: int) -> _Flat:
    """Divide the latest weeks by the usual share of each weekday: the median over the weeks of its share."""
    count = min(weeks, len(values) // WEEK_DAYS)
    latest = values[-count * WEEK_DAYS :].reshape(count, WEEK_DAYS)
    mean = latest.mean(axis=1, keepdims=True)
    week = np.median(((latest + _PRIOR_SHARE) / (mean + _PRIOR_SHARE))[-profile_weeks:], axis=0)
    week = np.asarray(week / week.mean(), dtype=np.float64)
    shares = np.tile(week, count)
    weights = np.where(shares < _CLOSED, 0.0, shares) * is_known[-count * WEEK_DAYS :]
    return _Flat(values[-count * WEEK_DAYS :] / np.maximum(shares, _CLOSED), weights, week)


def _without_odd(values: FloatArray) -> FloatArray:
    """Return the values, none further from the median of the weeks around it than two and a half times."""
    reach = _ODD_WEEKS * WEEK_DAYS
    padded = np.pad(values, reach, mode="reflect") if len(values) > reach else np.pad(values, reach, mode="edge")
    around = np.median(np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1), axis=1)
    return np.asarray(np.clip(values, around / _ODD, around * _ODD + 1), dtype=np.float64)


def _smoothed(values: FloatArray, weights: FloatArray, half_life: float) -> FloatArray:
    """Return the weighted mean of the days until each day; a day weighs half after the half-life."""
    kept = [1.0, -(0.5 ** (1 / half_life))]
    above = np.asarray(lfilter([1.0], kept, values * weights), dtype=np.float64)
    below = np.asarray(lfilter([1.0], kept, weights), dtype=np.float64)
    return np.asarray(above / np.maximum(below, 1e-9), dtype=np.float64)


def _tried(levels: FloatArray, values: FloatArray, weights: FloatArray) -> FloatArray:
    """Return each level's mean absolute error over the four weeks after each tried week; later weeks count more."""
    starts = np.arange(min(_FIRST_TRIED_DAYS, max(WEEK_DAYS, len(values) - 63)), len(values) - _AHEAD + 1, WEEK_DAYS)
    if len(starts) < _LEAST_TRIALS:
        return np.ones(len(levels))
    windows: Sequence[FloatArray] = [
        np.array([each[start : start + _AHEAD] for start in starts]) for each in (values, weights)
    ]
    after, weight = windows
    recent = 0.5 ** (np.arange(len(starts) - 1, -1, -1) / _FORGETTING_WEEKS)
    misses = np.abs(levels[:, starts - 1, None] - after[None]) * weight[None]
    each = misses.sum(axis=2) / np.maximum(weight.sum(axis=1), 1e-9)
    return np.asarray(np.maximum((each * recent).sum(axis=1) / recent.sum(), 1e-9), dtype=np.float64)

"""Days on which far more tickets were entered than any model of days explains: an import, a pile of old letters.

One such day would make a season, or hide one. So they are found before anything is fitted, from the days around alone:
a day is compared with the same weekdays of the eight weeks before and after, and with the busiest days of the four.
Medians and quantiles are not moved by the day itself, nor by a second one like it.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import ndimage, stats

from analytics.calendar_design import Flags
from analytics.quasi_poisson import Floats
from analytics.time_units import WEEK_DAYS

_WEEKS: Final = 8
_REACH: Final = 28
_BUSY: Final = 0.9
"""Quantile of the days around: what a busy day brings."""
_QUIET: Final = 0.1
_TIMES_A_BUSY_DAY: Final = 6.0
_TIMES_THE_THIRD: Final = 2.0
"""A day has to stand out from the third busiest of the days around, or many days are as it is."""
_LEAST: Final = 30
_LEAST_DAYS: Final = 2 * WEEK_DAYS


@dataclass(frozen=True, slots=True)
class BulkDay:
    """A day with far more tickets than usual.

    Attributes:
        place: Which of the days it is.
        observed: Its tickets.
        usual: Median of the same weekdays around.
        low: Fewest that a quiet one of them brings.
        high: Most that a busy day around brings.
        p_value: Chance of so many on the busiest kind of day around, all days looked at allowed for.
    """

    place: int
    observed: int
    usual: float
    low: float
    high: float
    p_value: float


def bulk_days(counts: Floats) -> tuple[BulkDay, ...]:
    """Return the days with far more tickets than the days around explain, in order; none in less than two weeks.

    Args:
        counts: Tickets of consecutive days.

    >>> [(day.place, day.usual) for day in bulk_days(np.where(np.arange(100) == 40, 500.0, 9.0))]
    [(40, 9.0)]
    """
    if counts.size < _LEAST_DAYS or counts.max() < _LEAST:
        return ()
    low, usual, busy, third = _around(counts)
    high = np.maximum(np.maximum(usual, busy), 1.0)
    stands_out = (counts >= _LEAST) & (counts >= _TIMES_A_BUSY_DAY * high) & (counts >= _TIMES_THE_THIRD * third)
    spread = _dispersion(counts, usual)
    return tuple(
        BulkDay(
            int(place),
            int(counts[place]),
            float(usual[place]),
            float(low[place]),
            float(high[place]),
            min(1.0, counts.size * _chance(int(counts[place]), float(high[place]), spread)),
        )
        for place in np.flatnonzero(stands_out)
    )


def without_bulk(counts: Floats, found: tuple[BulkDay, ...]) -> Floats:
    """Return the counts with what is usual in the place of the bulk days'."""
    cleaned = counts.copy()
    for day in found:
        cleaned[day.place] = round(day.usual)
    return cleaned


def is_bulk(length: int, found: tuple[BulkDay, ...]) -> Flags:
    """Say which of so many days are bulk days."""
    flags = np.zeros(length, dtype=np.bool_)
    flags[[day.place for day in found]] = True
    return flags


def _around(counts: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Return of the days around each: a quiet and the median one of its weekday, a busy and the third busiest."""
    weeks = np.concatenate([np.arange(-_WEEKS, 0), np.arange(1, _WEEKS + 1)]) * WEEK_DAYS
    days = np.concatenate([np.arange(-_REACH, 0), np.arange(1, _REACH + 1)])
    same, near = (_moved(counts, each) for each in (weeks, days))
    busiest = np.sort(np.nan_to_num(near, nan=0.0), axis=0)
    quiet, middle = np.nanquantile(same, [_QUIET, 0.5], axis=0)
    return quiet, middle, np.nanquantile(near, _BUSY, axis=0), busiest[-3]


def _moved(counts: Floats, steps: "np.ndarray[tuple[int], np.dtype[np.int64]]") -> Floats:
    """Return the counts so many days away from each day, steps × days; not a number beyond the ends."""
    places = np.arange(counts.size) + steps[:, None]
    is_there = (places >= 0) & (places < counts.size)
    moved: Floats = np.where(is_there, counts[np.clip(places, 0, counts.size - 1)], np.nan)
    return moved


def _dispersion(counts: Floats, usual: Floats) -> float:
    """Return the variance over the mean of ordinary days, from the middle half of their deviations; at least 1."""
    level = np.maximum(ndimage.median_filter(usual, size=WEEK_DAYS, mode="nearest"), 1.0)
    pearson = (counts - usual) / np.sqrt(level)
    middle = np.subtract(*np.quantile(pearson, [0.75, 0.25])) / (2 * stats.norm.ppf(0.75))
    return max(float(middle) ** 2, 1.0)


def _chance(observed: int, mean: float, dispersion: float) -> float:
    variance = max(dispersion, 1.0 + 1e-9) * mean
    size = mean**2 / (variance - mean)
    return float(stats.nbinom(size, size / (size + mean)).sf(observed - 1))

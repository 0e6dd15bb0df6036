"""The series that members learn from: gaps filled, giant outliers taken out, closed weekdays found."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.forecast_quantiles import FloatArray
from analytics.forecasting.series import DailySeries, DayArray
from analytics.time_units import WEEK_DAYS

_LONGEST_HISTORY: Final = 6 * 366
"""Longest history: a desk changes so much that older days no longer describe it."""
_CERTAIN_SILENCE: Final = 14.0
"""Days in a row without a ticket are a gap when this many tickets were expected: chance does that once in a million."""
_SHORTEST_GAP: Final = 7
_GIANT: Final = 5.0
_GIANT_AROUND: Final = 28
_CLOSED_WEEKS: Final = 8
_NEIGHBOURS: Final = 4


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """A cleaned series.

    Attributes:
        first_date: The day of the first value.
        counts: Tickets a day; never NaN, never negative.
        is_known: False where the value was filled in for a gap or a giant outlier; nothing is learnt from those.
        closed_weekdays: Weekdays (0 is Monday) without tickets for eight weeks, while other weekdays had some.
        gap_days: How many days had no known count.
        giant_days: How many days were too large to be believed.
    """

    first_date: date
    counts: FloatArray
    is_known: NDArray[np.bool_]
    closed_weekdays: tuple[int, ...]
    gap_days: int
    giant_days: int

    @property
    def days(self) -> DayArray:
        """The day of each value."""
        days: DayArray = np.datetime64(self.first_date, "D") + np.arange(len(self.counts))
        return days

    def ahead(self, horizon: int) -> DayArray:
        """Return the days after the last value."""
        days: DayArray = self.days[-1] + np.arange(1, horizon + 1)
        return days


def weekdays_of(days: DayArray) -> NDArray[np.int64]:
    """Return the weekday of each day; 0 is Monday.

    >>> weekdays_of(np.array(["2026-03-02", "2026-03-08"], dtype="datetime64[D]")).tolist()
    [0, 6]
    """
    return np.asarray((days.astype("datetime64[D]").astype(np.int64) + 3) % WEEK_DAYS, dtype=np.int64)


def clean(series: DailySeries) -> History:
    """Return the cleaned history of a series, which needs at least a week and one ticket."""
    counts = _since_begun(series.counts)[-_LONGEST_HISTORY:]
    skipped = len(series.counts) - len(counts)
    days = series.days[skipped:]
    known = ~np.isnan(counts) & ~_silences(counts)
    gap_days = int((~known).sum())
    giants = _giants(np.where(known, counts, np.nan))
    known &= ~giants
    values = _bridged(np.where(known, counts, np.nan))
    closed = _closed_weekdays(np.where(known, counts, np.nan), weekdays_of(days))
    return History(days[0].astype(object), values, known, closed, gap_days, int(giants.sum()))


def believable(series: DailySeries) -> DailySeries:
    """Return the series with unbelievable days made unknown: silences too long for chance, giant days."""
    known = ~np.isnan(series.counts) & ~_silences(series.counts)
    counts = np.where(known, series.counts, np.nan)
    return DailySeries(series.first_date, np.where(_giants(counts), np.nan, counts))


def _since_begun(counts: FloatArray) -> FloatArray:
    """Leave out the days before the first ticket: the desk did not exist yet."""
    places = np.flatnonzero(np.nan_to_num(counts) > 0)
    return counts[places[0] :] if places.size else counts


def _silences(counts: FloatArray) -> NDArray[np.bool_]:
    """Return the days of runs without any ticket that are too long to be chance."""
    mean = float(np.nanmean(counts)) if not np.isnan(counts).all() else 0.0
    is_silent = np.nan_to_num(counts, nan=0.0) == 0
    shortest = max(_SHORTEST_GAP, _CERTAIN_SILENCE / mean if mean > 0 else np.inf)
    silent = np.zeros(len(counts), dtype=bool)
    for start, end in _runs(is_silent):
        if end - start >= shortest:
            silent[start:end] = True
    return silent


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _giants(counts: FloatArray) -> NDArray[np.bool_]:
    """Return the days with more than five times the largest count of the eight weeks around them."""
    giants = np.zeros(len(counts), dtype=bool)
    filled = np.nan_to_num(counts)
    for place in np.argsort(filled)[::-1][:_NEIGHBOURS]:
        around = np.delete(filled[max(0, place - _GIANT_AROUND) : place + _GIANT_AROUND + 1], min(place, _GIANT_AROUND))
        if around.size < WEEK_DAYS or filled[place] <= _GIANT * max(float(around.max()), 1.0):
            break
        giants[place] = True
        filled[place] = np.median(around)
    return giants


def _bridged(counts: FloatArray) -> FloatArray:
    """Fill each unknown day with the median of the nearest known days of the same weekday."""
    values = counts.copy()
    overall = float(np.nanmedian(counts)) if not np.isnan(counts).all() else 0.0
    for place in np.flatnonzero(np.isnan(counts)):
        same = np.arange(place % WEEK_DAYS, len(counts), WEEK_DAYS)
        known = same[~np.isnan(counts[same])]
        nearest = known[np.argsort(np.abs(known - place), kind="stable")[:_NEIGHBOURS]]
        values[place] = float(np.median(counts[nearest])) if nearest.size else overall
    return values


def _closed_weekdays(counts: FloatArray, weekdays: NDArray[np.int64]) -> tuple[int, ...]:
    recent = slice(-_CLOSED_WEEKS * WEEK_DAYS, None)
    closed = []
    for weekday in range(WEEK_DAYS):
        seen = counts[recent][weekdays[recent] == weekday]
        seen = seen[~np.isnan(seen)]
        if seen.size >= _NEIGHBOURS and not seen.any():
            closed.append(weekday)
    return tuple(closed) if len(closed) < WEEK_DAYS else ()

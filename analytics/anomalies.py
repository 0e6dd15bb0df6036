"""Days that brought clearly more or fewer tickets than expected, with a stated budget of false alarms.

The expectation of a day comes from the past up to a week before it: weekday, trend, public holidays, the times of the
year found so far, and the level of the latest eight weeks. Past days that were odd themselves count less.

A day is odd when a count so high (or so low) is unlikely under the negative binomial distribution. Its mean is the
expectation. Its variance is that of the past, plus the uncertainty of the expectation. In the last half year the
expectations may have missed by more than this variance (a season that moves, weeks that are alike). The variance is
then widened to match.

Sources: Farrington et al. (1996, doi:10.2307/2983331); the reweighting of past outliers and the negative binomial
threshold, Noufaily et al. (2013, doi:10.1002/sim.5595). Public holidays and the day after are expected to be unusual,
so that they are never called odd.
"""

from collections import deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
from scipy import ndimage, stats

from analytics import quasi_poisson
from analytics.calendar_design import Days, Flags, is_among, usual_days, window_columns
from analytics.case_mix import Codes
from analytics.quasi_poisson import Fit, Floats
from analytics.season_search import Search, strongest_windows
from analytics.unusual_counts import judged, usual_range

LEAST_HISTORY: Final = 91
"""Days of history before a day can be judged."""
LONGEST_HISTORY: Final = 3 * 366
_GUARD: Final = 7
"""Days just before the judged ones that the expectation leaves out: a change that has just begun is not yet usual."""
_LEVEL_DAYS: Final = 56
_STEP: Final = 7
"""Days judged by one fit of the model."""
LEAST_FOR_SEASONS: Final = 365
SEARCH: Final = Search(most=4, least_score=4.0)
_APART: Final = 2
_TRIAL_DAYS: Final = 182
"""Days before the judged ones that the expectations are tried on, each as if the day were still ahead."""
_LEAST_TRIALS: Final = 28
"""With fewer days tried, the variance is not widened."""
MOST_MISS: Final = 9.0
"""The most squared standard deviations that one day counts for: an outbreak does not make the expectations bad."""
_TAMED_DAYS: Final = 91
_MOST_TIMES: Final = 6
_ODD: Final = 2.58
ALARMS_PER_YEAR: Final = 12.0
"""The budget: at most this many false alarms a year for the whole desk, one a month."""


@dataclass(frozen=True, slots=True)
class Anomaly:
    """One or more odd days of one series, one after another, all in the same direction.

    Attributes:
        series: Name of the series, such as a category.
        first: First odd day.
        last: Last odd day.
        observed: Tickets on these days.
        expected: Tickets expected on them.
        low: Fewest that would not have been called odd.
        high: Most that would not have been called odd.
        p_value: Chance of the oddest of the days, two-sided.
        q_value: The p-value adjusted for the number of days and series checked (Bonferroni), at most 1.
    """

    series: str
    first: date
    last: date
    observed: int
    expected: float
    low: float
    high: float
    p_value: float
    q_value: float


@dataclass(frozen=True, slots=True)
class DayCheck:
    """How one day compares with what was expected of it.

    Attributes:
        day: The day.
        observed: Tickets.
        expected: Mean.
        low: Fewest that are not odd.
        high: Most that are not odd.
        p_value: Two-sided chance.
        is_odd: Whether the count is outside the range, and large enough to say so.
    """

    day: date
    observed: int
    expected: float
    low: float
    high: float
    p_value: float
    is_odd: bool


def find_anomalies(
    days: Days,
    series: Mapping[str, Floats],
    holidays: Collection[date],
    judged: int,
    left_out: Mapping[str, Flags] | None = None,
) -> tuple[Anomaly, ...]:
    """Return the odd days among the last ones, the latest first.

    Args:
        days: Consecutive days, the last one complete.
        series: Name -> tickets of each day. The budget of false alarms is shared out over the series.
        holidays: Public holidays and other days the desk is closed.
        judged: How many of the last days to judge.
        left_out: Name -> which days are not judged, since they are told of by themselves.
    """
    chance = ALARMS_PER_YEAR / 365.25 / max(len(series), 1)
    found = []
    for name, counts in series.items():
        checks = check_days(days, counts, holidays, judged, chance, (left_out or {}).get(name))
        tried = judged * len(series)
        found += [_episode(name, run, tried) for run in _runs(checks)]
    return tuple(sorted(found, key=lambda each: (each.last, -each.p_value), reverse=True))


def check_days(
    days: Days,
    counts: Floats,
    holidays: Collection[date],
    judged: int,
    chance: float,
    left_out: Flags | None = None,
) -> tuple[DayCheck, ...]:
    """Compare the last days of one series with what was expected of them.

    Public holidays and the days after them are not judged; nor are days with less than a quarter of a year before.

    Args:
        days: Consecutive days.
        counts: Tickets of each day.
        holidays: Public holidays and other days the desk is closed.
        judged: How many of the last days to judge.
        chance: Chance of a false alarm a day, both directions together.
        left_out: Which days are not judged besides; None for none.
    """
    cut = tamed(counts)
    skipped = is_among(days, [*holidays, *(day + timedelta(days=1) for day in holidays)])
    skipped = skipped if left_out is None else skipped | left_out
    checks: list[DayCheck] = []
    misses: deque[float] = deque(maxlen=_TRIAL_DAYS)
    first = max(counts.size - judged, LEAST_HISTORY + _GUARD)
    trials = min(_TRIAL_DAYS, first - LEAST_HISTORY - _GUARD) // _STEP
    for start in range(first - trials * _STEP, counts.size, _STEP):
        places = np.arange(start, min(start + _STEP, counts.size))
        places = places[~skipped[places]]
        if not places.size or counts[: start - _GUARD].sum() <= 0:
            continue
        means, variances = _predicted(days, cut, start, places, holidays)
        if start >= first:
            checks += _judged(days[places], counts[places], means, variances * _widened(misses), chance)
        misses.extend(np.minimum((counts[places] - means) ** 2 / variances, MOST_MISS).tolist())
    return tuple(checks)


def _widened(misses: Collection[float]) -> float:
    """Return the factor to widen the variance by, from squared misses: at least 1; 1 while too few are known."""
    return max(sum(misses) / len(misses), 1.0) if len(misses) >= _LEAST_TRIALS else 1.0


def tamed(counts: Floats) -> Floats:
    """Return the counts with extreme days cut down, which would otherwise dominate the fit.

    A day is cut to about six times the median of the thirteen weeks around it.
    """
    middle = ndimage.median_filter(counts, size=_TAMED_DAYS, mode="nearest")
    cut: Floats = np.minimum(counts, _MOST_TIMES * (middle + 2))
    return cut


def _predicted(
    days: Days, tamed: Floats, start: int, places: Codes, holidays: Collection[date]
) -> tuple[Floats, Floats]:
    """Return the mean and variance of the days at `places`, from the past that ends a guard before `start`."""
    known = np.arange(max(start - _GUARD - LONGEST_HISTORY, 0), start - _GUARD)
    usual = _usual_rows(days, known, places, holidays)
    fitted, design = _fitted(days, tamed, known, places, usual)
    rows = design[known.size :]
    means = fitted.mean_of(rows)
    return means, fitted.dispersion * (means + means**2 * fitted.log_variance_of(rows))


def _judged(days: Days, counts: Floats, means: Floats, variances: Floats, chance: float) -> list[DayCheck]:
    return [
        _judge(date.fromisoformat(str(day)), int(count), float(mean), float(variance), chance)
        for day, count, mean, variance in zip(days, counts, means, variances, strict=True)
    ]


def _usual_rows(days: Days, known: Codes, places: Codes, holidays: Collection[date]) -> Floats:
    """Return the design's rows of the past, then of the judged days; the latest eight weeks have their own level."""
    both = np.concatenate([known, places])
    is_recent = (both >= known[-1] + 1 - _LEVEL_DAYS).astype(np.float64)
    return np.column_stack([usual_days(days[both], holidays), is_recent])


def _fitted(days: Days, counts: Floats, known: Codes, places: Codes, usual: Floats) -> tuple[Fit, Floats]:
    """Return the fit of the past and all rows of its design, which includes the times of the year found in the past."""
    design, past = usual, known.size
    if past >= LEAST_FOR_SEASONS:
        found, fitted = strongest_windows(days[known], counts[known], usual[:past], SEARCH)
        design = np.column_stack([usual, window_columns(days[np.concatenate([known, places])], found)])
    else:
        fitted = quasi_poisson.fit(design[:past], counts[known])
    weights = weights_of(design[:past], fitted, counts[known])
    return quasi_poisson.fit(design[:past], counts[known], weights, fitted.means), design


def weights_of(design: Floats, fitted: Fit, counts: Floats) -> Floats:
    """Return the weight of each past day: odd days weigh less, falling with the square of how odd (Noufaily 2013)."""
    means = fitted.means
    residuals = 1.5 * (counts ** (2 / 3) * means ** (-1 / 6) - means**0.5)
    leverage = np.clip(means * fitted.log_variance_of(design), 0.0, 0.99)
    standard = np.abs(residuals) / np.sqrt(fitted.dispersion * (1 - leverage))
    weights: Floats = np.where(standard > _ODD, (_ODD / np.maximum(standard, _ODD)) ** 2, 1.0)
    return weights


def _judge(day: date, observed: int, mean: float, variance: float, chance: float) -> DayCheck:
    """Compare a count with the negative binomial of a mean and variance (near Poisson where these are equal)."""
    size = mean**2 / max(variance - mean, 1e-9 * mean + 1e-12)
    share = size / (size + mean)
    low, high = usual_range(mean, variance, chance)
    p_value = 2 * float(min(stats.nbinom.sf(observed - 1, size, share), stats.nbinom.cdf(observed, size, share), 0.5))
    is_odd = judged(observed, mean, (low, high)) is not None
    return DayCheck(day, observed, mean, low, high, p_value, is_odd)


def _runs(checks: tuple[DayCheck, ...]) -> list[list[DayCheck]]:
    """Return the odd days in runs of the same direction; one day between two odd days does not break a run."""
    runs: list[list[DayCheck]] = []
    for check in checks:
        if not check.is_odd:
            continue
        last = runs[-1][-1] if runs else None
        if last is not None and (check.day - last.day).days <= _APART and _is_more(check) == _is_more(last):
            runs[-1].append(check)
        else:
            runs.append([check])
    return runs


def _is_more(check: DayCheck) -> bool:
    return check.observed > check.expected


def _episode(series: str, run: list[DayCheck], tried: int) -> Anomaly:
    p_value = min(check.p_value for check in run)
    return Anomaly(
        series,
        run[0].day,
        run[-1].day,
        sum(check.observed for check in run),
        sum(check.expected for check in run),
        sum(check.low for check in run),
        sum(check.high for check in run),
        p_value,
        min(1.0, p_value * tried),
    )

"""A member of our own, fast to fit: counts regressed on level, weekday, time of year and named days.

Counts have mean exp(X b) and variance mu + a mu² (negative binomial). The coefficients have normal priors, so that a
holiday seen once has little effect. The level wanders: every two months it takes a step of its own, so that a rise that
came and stayed is not taken for a time of year. Older days weigh less. The fit is by iteratively reweighted least
squares (McCullagh and Nelder, *Generalized Linear Models*, 1989) with Huber weights, so that single odd days hardly
matter. The latest weeks' deviation from the fit is carried on into the days ahead, fading.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.forecast_quantiles import FloatArray
from analytics.forecasting.calendar import EventCalendar
from analytics.forecasting.history import History, weekdays_of
from analytics.forecasting.series import DayArray
from analytics.time_units import MEAN_YEAR_DAYS, WEEK_DAYS

_STEP_DAYS: Final = 60
_HALF_LIFE_DAYS: Final = 3 * MEAN_YEAR_DAYS
_ROUNDS: Final = 8
_HUBER: Final = 1.345
_RECENT_HALF_LIFE: Final = 14.0
_PRIOR_WEEKDAY: Final = 1.0
_PRIOR_STEP: Final = 0.03
_PRIOR_YEAR: Final = 0.15
_PRIOR_NAMED: Final = 0.4
_PRIOR_NEIGHBOUR: Final = 0.05
_PRIOR_SHARED: Final = 1.0
_PRIOR_BESIDE: Final = 0.2
_SATURDAY: Final = 5
_LEAST: Final = 1e-3
_GREATEST_LOG: Final = 25.0


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """The columns that describe each day.

    Attributes:
        columns: Shape (days, coefficients).
        spreads: Standard deviation of each coefficient's prior, on the log scale.
        parts: Which part each coefficient belongs to: "level", "trend", "week", "year" or "events".
    """

    columns: FloatArray
    spreads: FloatArray
    parts: NDArray[np.str_]


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """A fitted regression over the history and the days ahead.

    Attributes:
        log_mean: Log of the mean of every day, history first.
        parts: Part -> what it adds to `log_mean`; every part except "level" is centred over the history.
        residual: Relative deviation of each day of the history from its mean; 0 where the count is unknown.
        level_shift: How far the latest weeks were above (or below) the fit, on the log scale.
        spread: a of the variance mu + a mu².
    """

    log_mean: FloatArray
    parts: dict[str, FloatArray]
    residual: FloatArray
    level_shift: float


def fit(history: History, calendar: EventCalendar, horizon: int) -> Fit:
    """Fit the regression to a history.

    Args:
        history: What to learn from.
        calendar: Named days, of the days ahead too.
        horizon: Days ahead.
    """
    known_days = len(history.counts)
    days = np.concatenate([history.days, history.ahead(horizon)])
    design = _design(days, known_days, calendar)
    age = np.arange(known_days - 1, -1, -1)
    weights = history.is_known * 0.5 ** (age / _HALF_LIFE_DAYS)
    coefficients, residual = _solve(design.columns[:known_days], history.counts, weights, design.spreads)
    log_mean = np.clip(design.columns @ coefficients, -_GREATEST_LOG, _GREATEST_LOG)
    parts = {
        part: design.columns[:, design.parts == part] @ coefficients[design.parts == part]
        for part in ("level", "trend", "week", "year", "events")
    }
    expected = _expected_of_unseen(days, known_days, calendar)
    parts["events"] = parts["events"] + expected
    return Fit(log_mean + expected, parts, residual, _level_shift(residual, history.is_known))


def _design(days: DayArray, known_days: int, calendar: EventCalendar) -> Design:
    columns: list[FloatArray] = [np.ones(len(days))]
    spreads, parts = [10.0], ["level"]
    place = np.arange(len(days), dtype=np.float64)
    for end in range(known_days - 1, 0, -_STEP_DAYS):
        columns.append(np.asarray(np.clip((place - end) / _STEP_DAYS, -1.0, 0.0), dtype=np.float64))
        spreads.append(_PRIOR_STEP)
        parts.append("trend")
    weekdays = weekdays_of(days)
    for weekday in range(WEEK_DAYS):
        columns.append((weekdays == weekday).astype(np.float64))
        spreads.append(_PRIOR_WEEKDAY)
        parts.append("week")
    angle = 2 * np.pi * days.astype("datetime64[D]").astype(np.float64) / MEAN_YEAR_DAYS
    for wave in range(1, _waves(known_days) + 1):
        columns += [np.sin(wave * angle), np.cos(wave * angle)]
        spreads += [_year_spread(known_days, wave)] * 2
        parts += ["year"] * 2
    for named, spread in _named_columns(days, known_days, calendar):
        columns.append(named)
        spreads.append(spread)
        parts.append("events")
    return Design(np.column_stack(columns), np.array(spreads), np.array(parts))


def _waves(known_days: int) -> int:
    """Return the number of yearly waves: none before there is most of a year."""
    if known_days < 300:  # noqa: PLR2004 - less than ten months say nothing of a year
        return 0
    return 3 if known_days < 1.9 * MEAN_YEAR_DAYS else 12


def _year_spread(known_days: int, wave: int) -> float:
    """Return the prior's spread of a yearly wave: small for quick waves, and while few years have been seen.

    In a single year, a slow rise or a busy month is as likely chance as season.
    """
    years = known_days / MEAN_YEAR_DAYS
    return float(_PRIOR_YEAR * np.clip((years - 0.5) / 2, 0.2, 1.0) / np.sqrt(wave))


def _named_columns(days: DayArray, known_days: int, calendar: EventCalendar) -> list[tuple[FloatArray, float]]:
    """Return a column for each name and its neighbours, and columns that all public holidays share.

    Most desks treat their holidays alike: one that was seen once, or never, takes what the others have in common.
    """
    found = list(_shared_columns(days, calendar))
    for named in calendar.days_by_name.values():
        is_short = not (np.diff(named).astype(np.int64) == 1).any()
        for offset in (-1, 0, 1) if is_short else (0,):
            column = np.isin(days, named + offset).astype(np.float64)
            found.append((column, _PRIOR_NAMED if offset == 0 else _PRIOR_NEIGHBOUR))
    return [(column, spread) for column, spread in found if column[:known_days].any()]


def _shared_columns(days: DayArray, calendar: EventCalendar) -> Iterator[tuple[FloatArray, float]]:
    holidays = calendar.holidays
    is_holiday = np.isin(days, holidays)
    is_weekend = weekdays_of(days) >= _SATURDAY
    yield (is_holiday & ~is_weekend).astype(np.float64), _PRIOR_SHARED
    yield (is_holiday & is_weekend).astype(np.float64), _PRIOR_NAMED
    for offset in (-1, 1):
        yield (np.isin(days, holidays + offset) & ~is_holiday & ~is_weekend).astype(np.float64), _PRIOR_BESIDE
    christmas = holidays[[str(day)[5:] == "12-25" for day in holidays]]
    for offsets in ((-1,), range(1, 7), (8,)):
        near = np.concatenate([christmas + offset for offset in offsets])
        yield (np.isin(days, near) & ~is_holiday).astype(np.float64), _PRIOR_NAMED


def _expected_of_unseen(days: DayArray, known_days: int, calendar: EventCalendar) -> FloatArray:
    """Return the changes managers expect of events that are not in the history, on the log scale."""
    total = np.zeros(len(days))
    for name, change in calendar.expected_changes.items():
        is_there = np.isin(days, calendar.days_by_name[name])
        if not is_there[:known_days].any():
            total += is_there * np.log(max(1 + change, _LEAST))
    return total


def _solve(
    columns: FloatArray, counts: FloatArray, weights: FloatArray, spreads: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return coefficients and relative residuals."""
    penalty = np.diag(1 / spreads**2)
    # The first round is a plain regression of logarithms: a starting point that no single day can upset.
    response: FloatArray = np.log(counts + 0.5)
    work: FloatArray = weights / 0.1
    coefficients: FloatArray = np.zeros(columns.shape[1], dtype=np.float64)
    centre = float(np.average(response, weights=weights + 1e-9))
    residual: FloatArray = np.zeros(len(counts))
    for _ in range(_ROUNDS):
        weighted = columns * work[:, None]
        solved = np.linalg.solve(weighted.T @ columns + penalty, weighted.T @ (response - centre))
        coefficients = np.asarray(solved, dtype=np.float64)
        log_mean = np.clip(centre + columns @ coefficients, -_GREATEST_LOG, _GREATEST_LOG)
        mean = np.exp(log_mean)
        residual = np.clip((counts - mean) / np.maximum(mean, _LEAST), -1, 5)
        spread = _overdispersion(counts, mean, weights)
        deviation = np.abs(counts - mean) / np.sqrt(mean + spread * mean**2)
        huber = np.minimum(1, _HUBER / np.maximum(deviation, 1e-9))
        response = log_mean + residual
        work = weights * huber * mean / (1 + spread * mean)
    coefficients[0] += centre
    return coefficients, residual * (weights > 0)


def _overdispersion(counts: FloatArray, mean: FloatArray, weights: FloatArray) -> float:
    """Return a of the variance mu + a mu², by moments without the largest twentieth of deviations."""
    excess = ((counts - mean) ** 2 - mean) / np.maximum(mean, _LEAST) ** 2
    used = np.sort(excess[(weights > 0) & (mean > 0.5)])  # noqa: PLR2004 - days of under half a ticket tell nothing
    if not used.size:
        return 0.1
    return float(np.clip(used[: max(1, int(0.95 * used.size))].mean(), 1e-3, 1.0))


def _level_shift(residual: FloatArray, is_known: NDArray[np.bool_]) -> float:
    """Return the weighted mean of the latest residuals, drawn towards zero as if by two days without deviation."""
    weights = is_known * 0.5 ** (np.arange(len(residual) - 1, -1, -1) / _RECENT_HALF_LIFE)
    clipped = np.clip(residual, -0.6, 0.6)
    return float(np.log1p((weights * clipped).sum() / (weights.sum() + 2)))

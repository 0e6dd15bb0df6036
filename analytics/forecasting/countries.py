"""Which country's holidays a series follows, found in the series itself."""

from datetime import date
from typing import Final

import numpy as np

from analytics.forecast_quantiles import FloatArray
from analytics.forecasting.calendar import country_calendar
from analytics.forecasting.history import History
from analytics.time_units import WEEK_DAYS

CANDIDATES: Final = (
    *("ZA", "BW", "NA", "LS", "SZ", "ZW", "MZ", "ZM", "KE", "NG", "GH", "EG"),
    *("US", "CA", "MX", "BR", "AR", "CL", "CO", "GB", "IE", "FR", "DE", "NL", "BE", "ES", "PT", "IT", "CH", "AT"),
    *("SE", "NO", "DK", "FI", "PL", "CZ", "GR", "TR", "IN", "SG", "JP", "KR", "AU", "NZ", "AE"),
)
_LEAST_GAIN: Final = 30.0
_LEAST_DAYS: Final = 360
_TWO_YEARS: Final = 700
_LEAST_GAIN_EARLY: Final = 60.0
_CLEARLY: Final = 1.2
"""Before two years have passed, holidays can only be predicted from one another."""
_MOST_DEVIATION: Final = 6.0
_WEEKS_BEFORE: Final = 4


def country_followed(history: History) -> str | None:
    """Return the country whose holidays best explain a history; None where no country's explain enough.

    Each holiday's deviation from the weeks around it is predicted from the same holiday in other years. The gain is the
    sum of squared deviations, in standard deviations, that this explains; by chance alone it is below zero.

    Args:
        history: At least a year long; a shorter one gives None. Before two years each holiday was seen only once,
            and is predicted from the others: most desks treat theirs alike.
    """
    if len(history.counts) < _LEAST_DAYS:
        return None
    deviations = _deviations(history)
    first, last = _years(history)
    gains = {country: _gains(country, history, deviations, (first, last)) for country in CANDIDATES}
    if len(history.counts) >= _TWO_YEARS:
        best = max(gains, key=lambda country: gains[country][0])
        if gains[best][0] > _LEAST_GAIN:
            return best
    best, second = sorted(gains, key=lambda country: gains[country][1], reverse=True)[:2]
    is_sure = gains[best][1] > max(_LEAST_GAIN_EARLY, _CLEARLY * gains[second][1])
    return best if is_sure else None


def _years(history: History) -> tuple[int, int]:
    last: date = history.days[-1].astype(object)
    return history.first_date.year, last.year


def _deviations(history: History) -> FloatArray:
    """Return each day's log ratio to the median of its weekday in the four weeks around, in robust deviations."""
    logs = np.log1p(history.counts)
    shifted = [np.roll(logs, WEEK_DAYS * weeks) for weeks in range(-_WEEKS_BEFORE, _WEEKS_BEFORE + 1) if weeks]
    deviations = logs - np.median(shifted, axis=0)
    deviations[: WEEK_DAYS * _WEEKS_BEFORE] = deviations[-WEEK_DAYS * _WEEKS_BEFORE :] = 0
    scale = 1.4826 * float(np.median(np.abs(deviations - np.median(deviations))))
    return np.asarray(np.clip(deviations / max(scale, 1e-6), -_MOST_DEVIATION, _MOST_DEVIATION) * history.is_known)


def _gains(country: str, history: History, deviations: FloatArray, years: tuple[int, int]) -> tuple[float, float]:
    """Return what a country's holidays explain: each predicted from its own other years, and from all the others."""
    by_name, every = 0.0, []
    start = np.datetime64(history.first_date, "D")
    for days in country_calendar(country, *years).days_by_name.values():
        places = (days - start).astype(np.int64)
        seen = deviations[places[(places >= 0) & (places < len(deviations))]]
        every.append(seen)
        by_name += _explained(seen)
    return by_name, _explained(np.concatenate(every)) if every else 0.0


def _explained(seen: FloatArray) -> float:
    """Return the sum of squares that the mean of the others explains; nothing for a single value."""
    if seen.size < 2:  # noqa: PLR2004 - one has no other to be predicted from
        return 0.0
    others = (seen.sum() - seen) / seen.size
    return float((seen**2 - (seen - others) ** 2).sum())

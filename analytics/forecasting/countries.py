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
_LEAST_DAYS: Final = 700
_MOST_DEVIATION: Final = 6.0
_WEEKS_BEFORE: Final = 4


def country_followed(history: History) -> str | None:
    """Return the country whose holidays best explain a history; None where no country's explain enough.

    Each holiday's deviation from the weeks around it is predicted from the same holiday in other years. The gain is the
    sum of squared deviations, in standard deviations, that this explains; by chance alone it is below zero.

    Args:
        history: At least two years long; a shorter one gives None, because each holiday was seen only once.
    """
    if len(history.counts) < _LEAST_DAYS:
        return None
    deviations = _deviations(history)
    first, last = _years(history)
    gains = {country: _gain(country, history, deviations, (first, last)) for country in CANDIDATES}
    best = max(gains, key=lambda country: gains[country])
    return best if gains[best] > _LEAST_GAIN else None


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


def _gain(country: str, history: History, deviations: FloatArray, years: tuple[int, int]) -> float:
    gain = 0.0
    start = np.datetime64(history.first_date, "D")
    for days in country_calendar(country, *years).days_by_name.values():
        places = (days - start).astype(np.int64)
        seen = deviations[places[(places >= 0) & (places < len(deviations))]]
        if seen.size < 2:  # noqa: PLR2004 - a holiday seen once has no other year to be predicted from
            continue
        others = (seen.sum() - seen) / seen.size
        gain += float((seen**2 - (seen - others) ** 2).sum())
    return gain

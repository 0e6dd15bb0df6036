"""Parts of the demand with too few tickets for a forecast of their own take the shape of the whole."""

from typing import Final

import numpy as np

from analytics.forecasting.forecast import LEAST_DAYS, Ahead
from analytics.forecasting.history import clean
from analytics.forecasting.hours import counted_quantiles, excess_variance
from analytics.forecasting.series import DailySeries

RECENT_DAYS: Final = 91
_LEAST_A_DAY: Final = 1.0


def is_thin(part: DailySeries) -> bool:
    """Say whether a part has had less than a ticket a day recently, or has less than eight weeks of history."""
    recent = part.counts[-RECENT_DAYS:]
    if np.isnan(recent).all() or not (np.nan_to_num(part.counts) > 0).any():
        return True
    return float(np.nanmean(recent)) < _LEAST_A_DAY or len(clean(part).counts) < LEAST_DAYS


def borrowed(part: DailySeries, whole: DailySeries, ahead: Ahead) -> Ahead | None:
    """Return the whole's forecast times the part's share in the latest quarter; None where the part had no tickets.

    The share is uncertain, as a proportion of a number of tickets is. One ticket inside and one outside the part are
    added, so that a share of none or all is never certain.

    Args:
        part: Days of the part.
        whole: The same days of the whole.
        ahead: The forecast of the whole.
    """
    own = float(np.nansum(part.counts[-RECENT_DAYS:]))
    every = float(np.nansum(whole.counts[-RECENT_DAYS:]))
    if own <= 0 or every <= 0:
        return None
    share = min(own / every, 1.0)
    rounded = (own + 1) / (every + 2)
    doubt = rounded * (1 - rounded) / (every + 3)
    expected = ahead.expected * share
    excess = excess_variance(ahead.expected, ahead.quantiles) * share**2 + doubt * ahead.expected**2
    return Ahead(expected, counted_quantiles(expected, excess))

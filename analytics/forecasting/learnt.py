"""What every member is given: a cleaned history, named days, and the calendar regression, fitted once."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from analytics.forecast_quantiles import FloatArray
from analytics.forecasting import calendar_regression
from analytics.forecasting.calendar import EventCalendar
from analytics.forecasting.history import History

_FADING_DAYS: Final = 60.0


@dataclass(frozen=True, slots=True, eq=False)
class Learnt:
    """What is known at a cutoff.

    Attributes:
        history: Up to the cutoff.
        calendar: Named days, those of the days ahead included, because they are known in advance.
        horizon: Days ahead.
        fit: The calendar regression.
    """

    history: History
    calendar: EventCalendar
    horizon: int
    fit: calendar_regression.Fit

    @property
    def season(self) -> FloatArray:
        """The factor by which time of year and named days multiply each day's count, history first."""
        return np.asarray(np.exp(self.fit.parts["year"] + self.fit.parts["events"]), dtype=np.float64)


def fading(horizon: int) -> FloatArray:
    """Return the share of the latest weeks' deviation that is expected to remain, for each day ahead."""
    return np.asarray(np.exp(-np.arange(1, horizon + 1) / _FADING_DAYS), dtype=np.float64)


def learn(history: History, calendar: EventCalendar, horizon: int) -> Learnt:
    """Fit the calendar regression that the members share."""
    return Learnt(history, calendar, horizon, calendar_regression.fit(history, calendar, horizon))

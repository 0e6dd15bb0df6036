"""A series is looked ahead of, or a plain outcome says why not; nothing odd leads to an error or a negative count."""

from datetime import date

import numpy as np
import pytest

from analytics.forecasting.calendar import NO_EVENTS, DeskEvent, country_calendar, region_calendar
from analytics.forecasting.errors import ForecastInputError
from analytics.forecasting.forecast import Outcome, forecast_series
from analytics.forecasting.series import DailySeries

FIRST = date(2024, 1, 1)


def _desk(days: int) -> np.ndarray:
    week = np.array([30.0, 28, 26, 24, 22, 10, 6])
    return np.random.default_rng(7).poisson(np.resize(week, days)).astype(float)


@pytest.mark.parametrize(
    ("counts", "outcome"),
    [
        (np.array([5.0, 7, 9]), Outcome.TOO_SHORT),
        (np.zeros(400), Outcome.ALL_ZERO),
        (np.full(100, np.nan), Outcome.ALL_ZERO),
        (np.full(100, 5.0), Outcome.CONSTANT),
    ],
)
def test_what_cannot_be_forecast_is_named(counts: np.ndarray, outcome: Outcome) -> None:
    """Three days, nothing, unknown, always the same."""
    made = forecast_series(DailySeries(FIRST, counts), NO_EVENTS, 28)
    assert made.outcome is outcome
    assert made.model_name != "combination"


def test_gaps_and_giants_leave_a_sensible_forecast() -> None:
    """Two months missing and one day of a thousand times the usual move no day ahead by much; kept work is used."""
    counts = _desk(300)
    counts[100:160] = 0
    counts[290] = 20_000
    made = forecast_series(DailySeries(FIRST, counts), NO_EVENTS, 28, cutoff_count=2)
    ahead = made.models[made.model_name]
    assert made.history is not None
    assert (made.history.gap_days, made.history.giant_days) == (60, 1)
    assert 10 < ahead.expected.mean() < 35
    assert (ahead.quantiles >= 0).all()
    assert (np.diff(ahead.quantiles, axis=1) >= 0).all()


def test_calendars_name_their_days() -> None:
    """Holidays come by country, events by their days, and an event that cannot be is refused."""
    calendar = country_calendar("ZA", 2026, 2026).with_events((DeskEvent("Sale", FIRST, date(2024, 1, 3), 0.2),))
    assert np.datetime64("2026-04-27") in calendar.days_by_name["Freedom Day"]
    assert np.datetime64("2024-01-02") in calendar.days_by_name["Sale"]
    with pytest.raises(ForecastInputError, match="ends before"):
        calendar.with_events((DeskEvent("Sale", date(2024, 1, 3), FIRST),))
    with pytest.raises(ForecastInputError, match="holidays of that country"):
        country_calendar("XX", 2026, 2026)


def test_a_subdivision_adds_its_holidays_to_those_of_its_country() -> None:
    """Easter Monday is a holiday in England, and not in the whole of the United Kingdom."""
    whole, england = region_calendar("GB", 2026, 2026), region_calendar("GB-ENG", 2026, 2026)
    assert whole.days_by_name.keys() < england.days_by_name.keys()
    assert "Easter Monday" in england.days_by_name.keys() - whole.days_by_name.keys()


@pytest.mark.parametrize("region", ["GB-XXX", "XX-ENG", "GB-", "DE-Augsburg", "XX"])
def test_an_unknown_region_is_refused(region: str) -> None:
    """What the library knows under a name that is no ISO code counts as unknown."""
    with pytest.raises(ForecastInputError, match="Nothing is known"):
        region_calendar(region, 2026, 2026)

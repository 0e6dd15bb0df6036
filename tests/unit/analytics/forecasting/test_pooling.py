"""Many series together say how errors are spread, and a single one is drawn towards them."""

from datetime import date

import numpy as np

from analytics.forecast_accuracy import coverage
from analytics.forecasting.calendar import NO_EVENTS
from analytics.forecasting.forecast import SeriesForecast, forecast_series
from analytics.forecasting.intervals import USUAL, pooled_quantiles
from analytics.forecasting.pooling import with_pooled_intervals
from analytics.forecasting.series import DailySeries

FIRST = date(2024, 1, 1)


def test_few_errors_are_not_pooled() -> None:
    """Then the usual spread stands in for them."""
    assert pooled_quantiles([np.array([5.0, -5.0])]) is USUAL
    assert pooled_quantiles([]) is USUAL


def test_bands_of_parts_hold_what_comes() -> None:
    """Eight parts whose days differ by a quarter: about eight in ten of the days to come lie within the 80 % band."""
    rng = np.random.default_rng(11)
    counts = rng.poisson(40 * np.exp(rng.normal(0, 0.25, (8, 328)))).astype(float)
    made = [forecast_series(DailySeries(FIRST, each[:300]), NO_EVENTS, 28, cutoff_count=2) for each in counts]
    pooled = with_pooled_intervals(made)
    held = [
        coverage(each[300:], forecast.models["combination"].quantiles, 80)
        for each, forecast in zip(counts, pooled, strict=True)
    ]
    assert 0.72 < np.mean(held) < 0.88
    assert all(
        (forecast.models["combination"].expected == before.models["combination"].expected).all()
        for forecast, before in zip(pooled, made, strict=True)
    )


def test_what_has_no_forecast_stays_so() -> None:
    """A series without tickets among others."""
    nothing = forecast_series(DailySeries(FIRST, np.zeros(100)), NO_EVENTS, 28)
    assert isinstance(nothing, SeriesForecast)
    assert with_pooled_intervals([nothing]) == (nothing,)

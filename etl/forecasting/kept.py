"""Compares earlier forecasts with the tickets that came since."""

from datetime import date, timedelta
from typing import Final

import numpy as np
import sqlalchemy as sa

from analytics.forecast_accuracy import seasonal_scale
from analytics.forecast_quantiles import COLUMNS, FloatArray
from analytics.forecasting.backtest import Origin
from analytics.forecasting.forecast import BACKTEST_HORIZON, SHOWN
from analytics.forecasting.history import believable
from analytics.forecasting.past import Past
from analytics.forecasting.series import DailySeries
from warehouse.tables.forecasts import demand_forecasts

_LATEST_DAYS: Final = 182


def kept_past(connection: sa.Connection, key: str, series: DailySeries) -> Past:
    """Return the forecasts of the latest half year whose first 28 days have passed, with the actual tickets.

    Args:
        connection: The database.
        key: Key of the series.
        series: Tickets that came each day.
    """
    columns = demand_forecasts.c
    last = series.last_date - timedelta(days=BACKTEST_HORIZON)
    asked = (
        sa.select(demand_forecasts)
        .where(
            columns.series_key == key,
            columns.model_name.in_(SHOWN),
            columns.cutoff_date.between(last - timedelta(days=_LATEST_DAYS), last),
            columns.ds <= columns.cutoff_date + BACKTEST_HORIZON,
        )
        .order_by(columns.cutoff_date, columns.model_name, columns.ds)
    )
    made: dict[date, dict[str, list[list[float]]]] = {}
    for row in connection.execute(asked):
        figures = [row.expected, *(getattr(row, name) for name in COLUMNS)]
        made.setdefault(row.cutoff_date, {}).setdefault(row.model_name, []).append(figures)
    return _past({cutoff: _arrays(models) for cutoff, models in made.items()}, believable(series))


def _arrays(models: dict[str, list[list[float]]]) -> dict[str, FloatArray]:
    return {name: np.array(rows) for name, rows in models.items() if len(rows) == BACKTEST_HORIZON}


def _past(made: dict[date, dict[str, FloatArray]], came: DailySeries) -> Past:
    whole = {cutoff: models for cutoff, models in made.items() if set(models) == set(SHOWN)}
    origins = tuple(
        Origin(
            cutoff,
            {name: rows[:, 0] for name, rows in models.items()},
            np.zeros(BACKTEST_HORIZON, dtype=bool),
            came.after(cutoff, BACKTEST_HORIZON),
            seasonal_scale(came.until(cutoff).counts),
        )
        for cutoff, models in sorted(whole.items())
    )
    forecasts = {name: tuple(whole[origin.cutoff][name][:, 0] for origin in origins) for name in SHOWN}
    quantiles = {name: tuple(whole[origin.cutoff][name][:, 1:] for origin in origins) for name in SHOWN}
    return Past(origins, forecasts, quantiles)

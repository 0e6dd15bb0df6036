"""A demand forecast as the job leaves it, without making one."""

from collections.abc import Mapping
from datetime import date, timedelta

import sqlalchemy as sa

from warehouse.tables.forecasts import demand_forecasts

_QUANTILES = {"q025": 0.6, "q10": 0.75, "q25": 0.88, "q50": 1.0, "q75": 1.12, "q90": 1.25, "q975": 1.4}
"""How many times what is expected each quantile is."""
_WEEK = (1.2, 1.1, 1.05, 1.0, 0.95, 0.5, 0.2)
_NIGHT, _DAY = 0.01, 0.092
"""Share of a day's tickets in an hour before 8 and after 17, and between."""


def add_forecast(
    connection: sa.Connection, first: date, per_day: Mapping[str, float], days: int = 14, cutoff: date | None = None
) -> None:
    """Insert the newest forecast.

    Args:
        connection: To a migrated database.
        first: First day forecast.
        per_day: Series, such as `channel=call` -> tickets of an average day.
        days: How many days.
        cutoff: Last day known; the day before the first unless given.
    """
    known = cutoff or first - timedelta(days=1)
    for series, expected in per_day.items():
        _add_series(connection, series, known, days)
        for day in (first + timedelta(days=number) for number in range(days)):
            tickets = expected * _WEEK[day.weekday()]
            figures = _figures(tickets)
            forecast = {"series_key": series, "cutoff_date": known, "model_name": "seasonal_naive", "ds": day} | figures
            _insert(connection, "demand_forecasts", forecast)
            for hour in range(24):
                share = _DAY if 8 <= hour < 17 else _NIGHT
                moment: dict[str, object] = {"series_key": series, "ds": day, "hour": hour}
                _insert(connection, "demand_forecast_hours", moment | _figures(tickets * share))


def add_earlier_forecast(
    connection: sa.Connection, series: str, cutoff: date, expected: float, model: str = "combination", days: int = 28
) -> None:
    """Insert a forecast that was made before the newest.

    Args:
        connection: To a migrated database.
        series: Such as `total`.
        cutoff: Last day known then.
        expected: Tickets of each day.
        model: Whose it is.
        days: How many days ahead.
    """
    fixed = {"series_key": series, "cutoff_date": cutoff, "model_name": model} | _figures(expected)
    rows = [fixed | {"ds": cutoff + timedelta(days=number)} for number in range(1, days + 1)]
    connection.execute(sa.insert(demand_forecasts), rows)


def _figures(expected: float) -> dict[str, object]:
    return {"expected": expected, **{name: expected * factor for name, factor in _QUANTILES.items()}}


def _add_series(connection: sa.Connection, series: str, cutoff: date, days: int) -> None:
    dimension, _, value = series.partition("=")
    row = {
        "series_key": series,
        "dimension": dimension if value else "",
        "value": None if value in {"", "~"} else value,
        "first_date": cutoff - timedelta(days=days),
        "cutoff_date": cutoff,
        "day_count": 365,
        "ticket_count": 10_000,
        "outcome": "forecast",
        "model_name": "seasonal_naive",
        "weights": "{}",
        "gap_days": 0,
        "giant_days": 0,
        "data_hash": "",
    }
    _insert(connection, "demand_series", row)


def _insert(connection: sa.Connection, table: str, row: Mapping[str, object]) -> None:
    names = ", ".join(row)
    values = ", ".join(f":{name}" for name in row)
    connection.execute(sa.text(f"insert into marts.{table} ({names}) values ({values})"), dict(row))

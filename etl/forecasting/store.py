"""Stores forecasts of demand in the marts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from analytics.forecast_quantiles import COLUMNS, FloatArray
from analytics.forecasting.backtest import Stored
from analytics.forecasting.calendar import EventCalendar
from analytics.forecasting.forecast import SHOWN, Ahead
from analytics.forecasting.members import MEMBERS, SIMPLE
from analytics.forecasting.past import Past
from analytics.forecasting.series import DayArray
from etl.forecasting.work import Components
from warehouse.tables import forecasts as tables

_AT_ONCE: Final = 5_000
_LONGEST_NAME: Final = 200


def known_hashes(connection: sa.Connection) -> dict[str, str]:
    """Return, for each series, the hash of the data that its stored forecast was made from."""
    columns = tables.demand_series.c
    return dict(connection.execute(sa.select(columns.series_key, columns.data_hash)).all())


def stored_backtests(connection: sa.Connection, key: str, hashes: Mapping[date, str]) -> Stored:
    """Return the stored forecasts of each member at past cutoffs, as far as their history is still the same.

    Args:
        connection: The database.
        key: Key of the series.
        hashes: Cutoff -> hash of the history until then.
    """
    columns = tables.demand_backtests.c
    asked = sa.select(columns.cutoff_date, columns.model_name, columns.history_hash, columns.expected)
    found: dict[date, dict[str, FloatArray]] = {}
    for row in connection.execute(asked.where(columns.series_key == key, columns.model_name.in_([*MEMBERS, *SIMPLE]))):
        if hashes.get(row.cutoff_date) == row.history_hash:
            found.setdefault(row.cutoff_date, {})[row.model_name] = np.array(row.expected, dtype=np.float64)
    return found


def save_series(connection: sa.Connection, row: Mapping[str, Any]) -> None:
    """Store the outcome of a series."""
    statement = insert(tables.demand_series).values(row)
    changed = {name: statement.excluded[name] for name in row if name != "series_key"}
    connection.execute(statement.on_conflict_do_update(index_elements=["series_key"], set_=changed))


def forget_others(connection: sa.Connection, keys: Sequence[str]) -> None:
    """Delete the series that no longer have tickets; their past forecasts stay."""
    for table in (tables.demand_series, tables.demand_accuracy, tables.demand_components, tables.demand_forecast_hours):
        connection.execute(sa.delete(table).where(table.c.series_key.not_in(keys)))


def save_forecasts(connection: sa.Connection, key: str, cutoff: date, models: Mapping[str, Ahead]) -> int:
    """Store the daily forecasts of each model; forecasts with the same cutoff are replaced."""
    table = tables.demand_forecasts
    connection.execute(sa.delete(table).where(table.c.series_key == key, table.c.cutoff_date == cutoff))
    rows = [
        {
            "series_key": key,
            "cutoff_date": cutoff,
            "model_name": name,
            "ds": cutoff + timedelta(days=place + 1),
            "expected": float(ahead.expected[place]),
            **_quantiles(ahead.quantiles[place]),
        }
        for name, ahead in models.items()
        for place in range(len(ahead.expected))
    ]
    return _insert(connection, table, rows)


def save_backtest(connection: sa.Connection, key: str, past: Past, hashes: Mapping[date, str]) -> int:
    """Replace the stored backtest of a series."""
    table = tables.demand_backtests
    connection.execute(sa.delete(table).where(table.c.series_key == key))
    rows = []
    for place, origin in enumerate(past.origins):
        by_model = {**origin.members, **{name: past.forecasts[name][place] for name in past.forecasts}}
        for name, expected in by_model.items():
            bounds = past.quantiles[name][place].ravel().tolist() if name in past.quantiles else None
            own = {"model_name": name, "history_hash": hashes[origin.cutoff], "expected": expected.tolist()}
            rows.append({"series_key": key, "cutoff_date": origin.cutoff, "quantiles": bounds, **own})
    return _insert(connection, table, rows)


def save_accuracy(connection: sa.Connection, key: str, source: str, past: Past) -> None:
    """Replace the stored accuracy of each model that is shown."""
    table = tables.demand_accuracy
    connection.execute(sa.delete(table).where(table.c.series_key == key, table.c.source == source))
    fixed = {"series_key": key, "source": source, "cutoff_count": len(past.origins)}
    rows = [{**fixed, "model_name": name, **asdict(past.accuracy(name))} for name in SHOWN if past.forecasts.get(name)]
    _insert(connection, table, rows)


def save_components(connection: sa.Connection, key: str, components: Components | None) -> int:
    """Replace the stored components of a series; return the number of rows written."""
    table = tables.demand_components
    connection.execute(sa.delete(table).where(table.c.series_key == key))
    if components is None:
        return 0
    days = components.days.astype(object).tolist()
    rows = [
        {"series_key": key, "ds": day, **{name: float(part[place]) for name, part in components.parts.items()}}
        for place, day in enumerate(days)
    ]
    return _insert(connection, table, rows)


def save_hours(connection: sa.Connection, key: str, days: DayArray, means: FloatArray, quantiles: FloatArray) -> int:
    """Replace the stored hourly forecast of a series; return the number of rows written.

    Args:
        connection: The database.
        key: Key of the series.
        days: The days ahead.
        means: Shape (days, 24).
        quantiles: Shape (days, 24, 7).
    """
    forget_hours(connection, key)
    rows = [
        {
            "series_key": key,
            "ds": day,
            "hour": hour,
            "expected": float(means[place, hour]),
            **_quantiles(quantiles[place, hour]),
        }
        for place, day in enumerate(days.astype(object).tolist())
        for hour in range(means.shape[1])
    ]
    return _insert(connection, tables.demand_forecast_hours, rows)


def forget_hours(connection: sa.Connection, key: str) -> None:
    """Delete the hourly forecast of a series."""
    table = tables.demand_forecast_hours
    connection.execute(sa.delete(table).where(table.c.series_key == key))


def save_holidays(connection: sa.Connection, calendar: EventCalendar) -> None:
    """Store the public holidays that were used, so that pages can show them."""
    connection.execute(sa.delete(tables.demand_holidays))
    named = {
        (day, name[:_LONGEST_NAME])
        for name, days in calendar.days_by_name.items()
        for day in days.astype("datetime64[D]").astype(object).tolist()
    }
    _insert(connection, tables.demand_holidays, [{"on_date": day, "name": name} for day, name in sorted(named)])


def _quantiles(values: FloatArray) -> dict[str, float]:
    return dict(zip(COLUMNS, values.tolist(), strict=True))


def _insert(connection: sa.Connection, table: sa.Table, rows: Iterable[Mapping[str, Any]]) -> int:
    listed = list(rows)
    for start in range(0, len(listed), _AT_ONCE):
        connection.execute(sa.insert(table), listed[start : start + _AT_ONCE])
    return len(listed)

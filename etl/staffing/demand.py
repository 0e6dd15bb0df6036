"""The contacts forecast for each hour and channel, at any quantile."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import sqlalchemy as sa

from analytics.forecast_quantiles import COLUMNS, quantile_at
from analytics.staffing.erlang import Floats
from analytics.staffing.plan import ChannelDemand
from etl.staffing.handle_times import HandleTime, HandleTimes
from etl.staffing.plan_hours import PlanHours
from warehouse.tables.forecasts import demand_today, demand_today_hours

_LONGEST: Final = timedelta(days=56)
_FOLLOW_UP: Final = "follow-up of "

Key = tuple[str, date]


@dataclass(frozen=True, slots=True)
class Forecast:
    """The newest forecast of every series.

    Attributes:
        cutoff_date: Last day of the history that the forecast was made from; None if that is not known.
        hours: Series -> (day, hour) -> expected tickets.
        days: (series, day) -> expected tickets and the seven quantiles.
    """

    cutoff_date: date | None
    hours: Mapping[str, Mapping[tuple[date, int], float]]
    days: Mapping[Key, tuple[float, tuple[float, ...]]]

    @property
    def span(self) -> tuple[date, date]:
        """First and last day to plan for. The forecast goes further, but nobody plans by the hour so far ahead."""
        found = [day for hours in self.hours.values() for day, _ in hours]
        return min(found), min(max(found), min(found) + _LONGEST - timedelta(days=1))

    def factor(self, series: str, day: date, quantile: float) -> float:
        """Return a quantile of a day's tickets, divided by the day's expected tickets.

        The quantile is that of the day, not of the hour, because the queue models already allow for chance within an
        hour.
        """
        expected, quantiles = self.days.get((series, day), (0.0, ()))
        if expected <= 0 or not quantiles:
            return 1.0
        return quantile_at(quantiles, quantile) / expected


def read_forecast(connection: sa.Connection) -> Forecast | None:
    """Return the newest forecast; None when there is none yet."""
    hours: dict[str, dict[tuple[date, int], float]] = {}
    series = "series_key = 'total' or series_key like 'channel=%' or series_key like 'category=%'"
    for row in connection.execute(
        sa.text(f"select series_key, ds, hour, expected from marts.demand_forecast_hours where {series}")
    ):
        hours.setdefault(row.series_key, {})[row.ds, row.hour] = row.expected
    if not hours:
        return None
    columns = ", ".join(COLUMNS)
    days = connection.execute(
        sa.text(f"select series_key, ds, expected, {columns} from marts.demand_forecast_days where {series}")
    )
    cutoff = connection.scalar(sa.text("select max(cutoff_date) from marts.demand_series"))
    found = {(row.series_key, row.ds): (row.expected, tuple(row[3:])) for row in days}
    return Forecast(cutoff, hours, found | _rest_of_today(connection, hours))


def _rest_of_today(
    connection: sa.Connection, hours: dict[str, dict[tuple[date, int], float]]
) -> dict[Key, tuple[float, tuple[float, ...]]]:
    """Put what is left of today, as its count so far has it, in the place of the morning's forecast.

    Args:
        connection: The database.
        hours: Series -> (day, hour) -> expected tickets; changed here.

    Returns:
        (series, today) -> expected tickets of the hours left and their quantiles.
    """
    columns = demand_today.c
    sums = connection.execute(
        sa.select(columns.series_key, columns.ds, columns.expected, *(columns[name] for name in COLUMNS)).where(
            columns.series_key.in_(list(hours))
        )
    ).all()
    today = {row.series_key: row.ds for row in sums}
    left = sa.select(demand_today_hours.c.series_key, demand_today_hours.c.hour, demand_today_hours.c.expected)
    for row in connection.execute(left):
        place = (today.get(row.series_key), row.hour)
        if place in hours.get(row.series_key, {}):
            hours[row.series_key][place] = row.expected
    return {(row.series_key, row.ds): (row.expected, tuple(row[3:])) for row in sums}


def desk_demand(
    forecast: Forecast, times: HandleTimes, hours: PlanHours, live: frozenset[str], quantile: float | None
) -> Mapping[str, ChannelDemand]:
    """Return the demand by channel: the contacts, and the follow-up work after live contacts.

    Args:
        forecast: The desk's forecast.
        times: Handle times.
        hours: The hours of the plan.
        live: The live channels.
        quantile: Quantile of the demand; None means the expected demand.
    """
    categories = {key.removeprefix("category="): each for key, each in forecast.hours.items() if "category=" in key}
    found: dict[str, ChannelDemand] = {}
    for channel, share in _channels(forecast, times).items():
        series = f"channel={channel}" if f"channel={channel}" in forecast.hours else "total"
        contacts = share * _contacts(forecast, series, hours, quantile)
        time = times.channels.get(channel) or _usual(times)
        handle = np.array(
            [time.seconds(hour, _mix(categories, (day, hour))) for day, hour in hours.local], dtype=np.float64
        )
        found[channel] = ChannelDemand(contacts, handle)
        if channel in live and time.follow_up_minutes > 0:
            seconds = np.full(contacts.size, 60.0 * time.follow_up_minutes)
            found[f"{_FOLLOW_UP}{channel}"] = ChannelDemand(contacts, seconds)
    return found


def _channels(forecast: Forecast, times: HandleTimes) -> dict[str, float]:
    """Return the channels, each with its share of the forecast series that it is read from."""
    own = [key.removeprefix("channel=") for key in forecast.hours if key.startswith("channel=")]
    if own:
        return dict.fromkeys(own, 1.0)
    total = sum(time.ticket_count for time in times.channels.values())
    return {name: time.ticket_count / total for name, time in times.channels.items()}


def _usual(times: HandleTimes) -> HandleTime:
    """Return the handle time for a channel without one of its own: that of the slowest channel, to be safe."""
    return max(times.channels.values(), key=lambda time: time.mean_minutes)


def _contacts(forecast: Forecast, series: str, hours: PlanHours, quantile: float | None) -> Floats:
    expected = forecast.hours[series]
    factors = {
        day: 1.0 if quantile is None else forecast.factor(series, day, quantile)
        for day in {day for day, _ in hours.local}
    }
    found = [max(expected.get((day, hour), 0.0), 0.0) * factors[day] for day, hour in hours.local]
    return np.array(found, dtype=np.float64)


def _mix(categories: Mapping[str, Mapping[tuple[date, int], float]], moment: tuple[date, int]) -> Mapping[str, float]:
    return {name: expected.get(moment, 0.0) for name, expected in categories.items()}

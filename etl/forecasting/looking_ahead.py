"""The work of `forecast_demand`: tickets by day and hour, in total and by category, channel and customer type."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import sqlalchemy as sa

from analytics.forecasting.backtest import Stored, regular_cutoffs
from analytics.forecasting.calendar import EventCalendar
from analytics.forecasting.forecast import BACKTEST_HORIZON, Ahead, Outcome, SeriesForecast
from analytics.forecasting.history import weekdays_of
from analytics.forecasting.hours import hour_shares, hours_ahead, shares_of_days
from analytics.forecasting.pooling import with_pooled_intervals
from analytics.forecasting.segments import borrowed, is_thin
from analytics.vocabulary import TOTAL_SERIES
from etl.forecasting import store
from etl.forecasting.demand import Demand, read_demand, read_events
from etl.forecasting.kept import kept_past
from etl.forecasting.work import LookedAhead, calendar_hash, history_hash, look_ahead
from etl.marts.holidays import desk_holidays, followed_countries
from etl.running.data_version import tell_new_results
from etl.running.job import JobContext, JobResult
from etl.running.workers import mapped

HORIZON: Final = 90
_CUTOFFS_OF_TOTAL: Final = 6
_CUTOFFS_OF_PARTS: Final = 4
_ONE_PROCESS_UNTIL: Final = 24
"""With fewer fits than this, starting other processes takes longer than it saves."""
_BORROWED: Final = "borrowed"


@dataclass(frozen=True, slots=True, eq=False)
class _Task:
    """One series whose history has changed since its last forecast."""

    demand: Demand
    data_hash: str
    hashes: dict[date, str]
    stored: Stored
    cutoff_count: int


def look_ahead_everywhere(context: JobContext) -> JobResult:
    """Forecast every series whose history has changed, and store the results."""
    today = context.now.astimezone(ZoneInfo(context.time_zone)).date()
    with context.engine.connect() as connection:
        demands = read_demand(connection, today)
        events = read_events(connection)
        known = store.known_hashes(connection)
        if not demands:
            return JobResult(0, {"series": 0})
        holidays, country = desk_holidays(connection), ",".join(followed_countries(connection) or ()) or None
        calendar = holidays.with_events(events)
        tasks = _tasks(connection, demands, calendar, known)
    if not tasks and set(known) == {demand.key for demand in demands}:
        return JobResult(0, {"series": len(demands)})
    looked = _looked_ahead(tasks, demands[0], calendar, context)
    with context.engine.begin() as connection:
        rows = sum(_save(connection, task, done, demands[0], country) for task, done in looked)
        store.forget_others(connection, [demand.key for demand in demands])
        store.save_holidays(connection, holidays)
        tell_new_results(connection)
    return JobResult(rows, {"series": len(demands), "moved": len(tasks)})


def _tasks(
    connection: sa.Connection, demands: Sequence[Demand], calendar: EventCalendar, known: dict[str, str]
) -> list[_Task]:
    """Return the series whose history has changed. A series too thin for a forecast of its own follows the total."""
    named = calendar_hash(calendar)
    of_total = history_hash(demands[0].series, named)
    tasks = []
    for demand in demands:
        own = history_hash(demand.series, named)
        data_hash = (
            own
            if demand.key == TOTAL_SERIES or not is_thin(demand.series)
            else history_hash(demand.series, named + of_total.encode())
        )
        if known.get(demand.key) == data_hash:
            continue
        count = _CUTOFFS_OF_TOTAL if demand.key == TOTAL_SERIES else _CUTOFFS_OF_PARTS
        cutoffs = regular_cutoffs(demand.series, BACKTEST_HORIZON, count)
        hashes = {cutoff: history_hash(demand.series, named, cutoff) for cutoff in cutoffs}
        stored = store.stored_backtests(connection, demand.key, hashes)
        tasks.append(_Task(demand, data_hash, hashes, stored, count))
    return tasks


def _looked_ahead(
    tasks: Sequence[_Task], total: Demand, calendar: EventCalendar, context: JobContext
) -> list[tuple[_Task, LookedAhead]]:
    """Forecast the series; uses all processors when there is much to compute."""
    alone = [task for task in tasks if task.demand.key == TOTAL_SERIES or not is_thin(task.demand.series)]
    arguments = [(each.demand.series, calendar, HORIZON, each.cutoff_count, each.stored) for each in alone]
    fits = sum(1 + len(each.hashes) - len(each.stored) for each in alone)
    workers = 1 if fits < _ONE_PROCESS_UNTIL else (os.cpu_count() or 1)
    made = []
    for done in mapped(look_ahead, arguments, workers):
        made.append(done)
        context.say(f"{len(made)} of {len(tasks)} series")
    pooled = with_pooled_intervals([done.forecast for done in made])
    looked = [
        (task, replace(done, forecast=forecast)) for task, done, forecast in zip(alone, made, pooled, strict=True)
    ]
    thin = [task for task in tasks if task not in alone]
    if not thin:
        return looked
    whole = next((done for task, done in looked if task.demand.key == TOTAL_SERIES), None)
    whole = whole or look_ahead(total.series, calendar, HORIZON, _CUTOFFS_OF_PARTS, {})
    return looked + [(task, _borrowed(task.demand, total, whole.forecast)) for task in thin]


def _borrowed(part: Demand, total: Demand, whole: SeriesForecast) -> LookedAhead:
    if not whole.models:
        return LookedAhead(SeriesForecast(whole.outcome), None)
    ahead = borrowed(part.series, total.series, whole.models[whole.model_name])
    if ahead is None:
        return LookedAhead(SeriesForecast(Outcome.ALL_ZERO), None)
    return LookedAhead(SeriesForecast(Outcome.BORROWED, _BORROWED, {_BORROWED: ahead}), None)


def _save(connection: sa.Connection, task: _Task, done: LookedAhead, total: Demand, country: str | None) -> int:
    """Store the results of one series; return the number of rows written."""
    demand, made = task.demand, done.forecast
    key, cutoff = demand.key, demand.series.last_date
    store.save_series(connection, _described(task, made, country))
    rows = 1 + store.save_forecasts(connection, key, cutoff, made.models)
    if made.past is not None:
        rows += store.save_backtest(connection, key, made.past, task.hashes)
        store.save_accuracy(connection, key, "backtest", made.past)
    store.save_accuracy(connection, key, "kept", kept_past(connection, key, demand.series))
    rows += store.save_components(connection, key, done.components)
    shown = made.models.get(made.model_name)
    if shown is None or not total.hours.any():
        store.forget_hours(connection, key)
        return rows
    return rows + _save_hours(connection, demand, total, shown)


def _save_hours(connection: sa.Connection, demand: Demand, total: Demand, ahead: Ahead) -> int:
    days = np.datetime64(demand.series.last_date, "D") + np.arange(1, HORIZON + 1)
    shares = shares_of_days(hour_shares(demand.hours, total.hours), weekdays_of(days))
    means, quantiles = hours_ahead(ahead.expected, ahead.quantiles, shares)
    return store.save_hours(connection, demand.key, days, means, quantiles)


def _described(task: _Task, made: SeriesForecast, country: str | None) -> dict[str, object]:
    demand, history = task.demand, made.history
    return {
        "series_key": demand.key,
        "dimension": demand.dimension,
        "value": demand.value,
        "first_date": demand.series.first_date,
        "cutoff_date": demand.series.last_date,
        "day_count": len(demand.series.counts),
        "ticket_count": int(demand.series.counts.sum()),
        "outcome": made.outcome.value,
        "model_name": made.model_name,
        "weights": dict(made.weights),
        "gap_days": history.gap_days if history else 0,
        "giant_days": history.giant_days if history else 0,
        "country": country,
        "data_hash": task.data_hash,
        "updated_at": sa.func.now(),
    }

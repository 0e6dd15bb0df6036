"""The work of `find_anomalies`."""

from typing import Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from analytics.anomalies import find_anomalies
from analytics.named_times import moving_times
from analytics.vocabulary import InsightJob
from etl.insights.bulk_days import bulk_anomalies, flags_of, same_minute, without_bulk_days
from etl.insights.saving import record_look, replace_rows
from etl.insights.surges import surge_rows
from etl.insights.tickets import closed_days, daily_tickets, last_complete_day, last_year
from etl.insights.volume import anomaly_row, season_row, seasons, spans_of, what_changed
from etl.running.job import JobContext, JobResult
from warehouse.tables.forecasts import desk_events
from warehouse.tables.insights import seasonal_lifts, volume_anomalies, volume_surges

JUDGED_DAYS: Final = 91
_YEARS_AHEAD: Final = 3


def find_odd_days(context: JobContext) -> JobResult:
    """Find bulk days first, then odd days, seasons and surges without them, and store all of it."""
    with context.engine.begin() as connection:
        today = context.now.astimezone(ZoneInfo(context.time_zone)).date()
        last = last_complete_day(connection, today)
        daily = None if last is None else daily_tickets(connection, last)
        if last is None or daily is None:
            changed = replace_rows(connection, {volume_anomalies: [], seasonal_lifts: [], volume_surges: []})
            return JobResult(changed)
        closed = closed_days(connection)
        series, told = without_bulk_days(daily)
        found = find_anomalies(daily.days, series, closed, JUDGED_DAYS, flags_of(told, series))
        anomalies = [anomaly_row(each, what_changed(connection, each)) for each in found]
        anomalies += [
            anomaly_row(
                each, what_changed(connection, each), is_bulk_day=True, same_minute=same_minute(connection, each)
            )
            for each in bulk_anomalies(told, daily.days, len(series))
        ]
        events = [(row.name, row.first_date, row.last_date) for row in connection.execute(sa.select(desk_events))]
        years = range(daily.days[0].item().year - 1, today.year + _YEARS_AHEAD)
        lifts = [
            season_row(each, spans_of(each.season, years, events))
            for each in seasons(daily.days, series, closed, moving_times(daily.days, events))
        ]
        surges = surge_rows(connection, daily, series, closed, lifts)
        rows = {volume_anomalies: anomalies, seasonal_lifts: lifts, volume_surges: surges}
        changed = replace_rows(connection, rows)
        record_look(connection, InsightJob.FIND_ANOMALIES, context.now, last_year(last), JUDGED_DAYS * len(series))
    return JobResult(changed, {"anomalies": len(anomalies), "seasons": len(lifts), "surges": len(surges)})

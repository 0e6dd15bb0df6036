"""The work of `find_anomalies`."""

from typing import Final
from zoneinfo import ZoneInfo

from analytics.anomalies import find_anomalies
from analytics.vocabulary import InsightJob
from etl.insights.saving import record_look, replace_rows
from etl.insights.tickets import closed_days, daily_tickets, last_complete_day, last_year
from etl.insights.volume import anomaly_row, season_row, seasons, series_of, what_changed
from etl.running.job import JobContext, JobResult
from warehouse.tables.insights import seasonal_lifts, volume_anomalies

JUDGED_DAYS: Final = 91


def find_odd_days(context: JobContext) -> JobResult:
    """Find odd days and seasons, and store them."""
    with context.engine.begin() as connection:
        today = context.now.astimezone(ZoneInfo(context.time_zone)).date()
        last = last_complete_day(connection, today)
        daily = None if last is None else daily_tickets(connection, last)
        if last is None or daily is None:
            changed = replace_rows(connection, {volume_anomalies: [], seasonal_lifts: []})
            return JobResult(changed)
        closed, series = closed_days(connection), series_of(daily)
        found = find_anomalies(daily.days, series, closed, JUDGED_DAYS)
        anomalies = [anomaly_row(each, what_changed(connection, each)) for each in found]
        lifts = [season_row(each) for each in seasons(daily, closed)]
        changed = replace_rows(connection, {volume_anomalies: anomalies, seasonal_lifts: lifts})
        record_look(connection, InsightJob.FIND_ANOMALIES, context.now, last_year(last), JUDGED_DAYS * len(series))
    return JobResult(changed, {"anomalies": len(anomalies), "seasons": len(lifts)})

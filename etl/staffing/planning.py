"""The work of `plan_staffing`."""

import sqlalchemy as sa

from etl.running.data_version import tell_new_results
from etl.running.job import JobContext, JobResult
from etl.staffing.backlog import unanswered
from etl.staffing.demand import Forecast, read_forecast
from etl.staffing.desk_plan import desk_plan
from etl.staffing.handle_times import HandleTimes, handle_times
from etl.staffing.plan_hours import PlanHours
from etl.staffing.rules import DeskRules, desk_rules
from etl.staffing.saving import plan_summary, save_plan


def plan_staffing(context: JobContext) -> JobResult:
    """Plan the coming weeks, and store the plan."""
    with context.engine.begin() as connection:
        rules = desk_rules(connection)
        forecast = read_forecast(connection)
        times = handle_times(connection, context, frozenset(rules.staffing.live))
        rows, outcome = _plan(connection, context, rules, forecast, times)
        tell_new_results(connection)
    return JobResult(rows, {"outcome": outcome, "handled_tickets": times.ticket_count})


def _plan(
    connection: sa.Connection, context: JobContext, rules: DeskRules, forecast: Forecast | None, times: HandleTimes
) -> tuple[int, str]:
    """Make and store the plan; return the number of rows written, and the outcome."""
    known = {"cutoff_date": forecast.cutoff_date if forecast else None, "handled_count": times.ticket_count}

    def missing(outcome: str) -> tuple[int, str]:
        return save_plan(connection, None, plan_summary(context.now, rules, outcome=outcome) | known), outcome

    if forecast is None:
        return missing("no_forecast")
    if not times.channels:
        return missing("no_handle_time")
    hours = PlanHours.between(context.now, *forecast.span, context.time_zone)
    if not hours.starts:
        return missing("no_forecast")
    calendar = rules.calendar
    open_share = None if calendar is None else hours.open_share(calendar)
    if calendar is None or open_share is None or not open_share.any():
        return missing("no_opening_hours")
    waiting = unanswered(connection, hours.starts[0], calendar, rules.staffing.due_hours)
    context.say(f"{len(hours.starts):,} hours")
    plan = desk_plan(forecast, times, hours, open_share, waiting, rules)
    summary = plan_summary(context.now, rules, outcome="planned", plan=plan, waiting=waiting)
    return save_plan(connection, plan, summary | known), "planned"

"""Stores the plan; the plan before is replaced in the same transaction."""

import math
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import numpy as np
import sqlalchemy as sa

from analytics.time_units import HOUR_MINUTES
from etl.staffing.backlog import Unanswered
from etl.staffing.desk_plan import DeskPlan
from etl.staffing.plan_hours import HOUR
from etl.staffing.rules import DeskRules
from warehouse.tables.staffing import staffing_channel_hours, staffing_hours, staffing_plan, staffing_shifts

_TABLES: Final = (staffing_hours, staffing_channel_hours, staffing_shifts, staffing_plan)
Row = dict[str, Any]


def save_plan(connection: sa.Connection, plan: DeskPlan | None, summary: Mapping[str, Any]) -> int:
    """Replace the plan. Without a plan only the summary is stored, which says what is missing.

    Args:
        connection: In a transaction.
        plan: The plan; None if it could not be made.

        summary: The row of `marts.staffing_plan`.

    Returns:
        Number of rows written.
    """
    for table in _TABLES:
        connection.execute(sa.delete(table))
    rows: dict[sa.Table, list[Row]] = {staffing_plan: [dict(summary)]}
    if plan is not None:
        rows |= {
            staffing_hours: list(_hours(plan)),
            staffing_channel_hours: list(_channel_hours(plan)),
            staffing_shifts: list(_shifts(plan)),
        }
    for table, kept in rows.items():
        if kept:
            connection.execute(sa.insert(table), kept)
    return sum(len(kept) for kept in rows.values())


def plan_summary(
    now: datetime, rules: DeskRules, *, outcome: str, plan: DeskPlan | None = None, waiting: Unanswered | None = None
) -> Row:
    """Return the row of `marts.staffing_plan`, without the columns about the forecast and the handle times."""
    levels = {name: None if plan is None else plan.written_level(change) for change, name in _LEVELS.items()}
    staffing = rules.staffing
    return {
        "planned_at": now,
        "outcome": outcome,
        "quantile": rules.quantile,
        "shrinkage": staffing.shrinkage,
        "cost_per_hour": staffing.cost_per_hour,
        "currency": rules.currency,
        "written_due_minutes": round(staffing.due_hours * HOUR_MINUTES),
        "opening_count": 0 if waiting is None else waiting.planned.count,
        "forgotten_count": 0 if waiting is None else waiting.forgotten_count,
        **levels,
    }


_LEVELS: Final = {0: "written_level", -1: "written_level_fewer", 1: "written_level_more"}


def _hours(plan: DeskPlan) -> Iterable[Row]:
    written, queue = plan.written[0], plan.written[0].queue
    # Written work is spread evenly over the day, so in a single hour a lower demand may need more people than a higher
    # one. The range is widened to include the plan.
    low = np.minimum(plan.low.on_roster, plan.staff.on_roster)
    high = np.maximum(plan.high.on_roster, plan.staff.on_roster)
    for place, (start, (day, hour)) in enumerate(zip(plan.hours.starts, plan.hours.local, strict=True)):
        level = float(queue.in_time[place])
        yield {
            "starts_at": start,
            "local_date": day,
            "local_hour": hour,
            "open_share": float(plan.desk.open_share[place]),
            "people": int(plan.staff.total[place]),
            "roster_people": int(plan.staff.on_roster[place]),
            "roster_people_low": int(low[place]),
            "roster_people_high": int(high[place]),
            "written_people": int(plan.staff.written[place]),
            "written_contacts": float(written.arrivals[place]),
            "written_level": None if math.isnan(level) else level,
            "backlog": float(queue.backlog[place]),
            "oldest_age_hours": float(queue.oldest_age_hours[place]),
        }


def _channel_hours(plan: DeskPlan) -> Iterable[Row]:
    for channel, outcome in plan.live[0].items():
        fewer, more = (plan.live[change][channel].service_level for change in (-1, 1))
        for place in np.flatnonzero(plan.desk.open_share > 0):
            yield {
                "starts_at": plan.hours.starts[place],
                "channel": channel,
                "contacts": float(plan.expected[channel].contacts[place]),
                "planned_contacts": float(plan.planned[channel].contacts[place]),
                "handle_seconds": float(plan.expected[channel].handle_seconds[place]),
                "people": int(outcome.agents[place]),
                "level": float(outcome.service_level[place]),
                "level_fewer": float(fewer[place]),
                "level_more": float(more[place]),
                "abandon_rate": float(outcome.abandon_rate[place]),
            }


def _shifts(plan: DeskPlan) -> Iterable[Row]:
    for shift in plan.shifts:
        length: timedelta = (shift.end_hour - shift.first_hour) * HOUR
        begins = plan.hours.starts[shift.first_hour]
        yield {"starts_at": begins, "ends_at": begins + length, "people": shift.people}

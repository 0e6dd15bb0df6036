"""What the job that plans the staffing keeps, without working anything out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from warehouse.tables.staffing import staffing_hours, staffing_plan, staffing_shifts

PLAN: Final = {
    "outcome": "planned",
    "quantile": 0.8,
    "shrinkage": 0.3,
    "cost_per_hour": 100,
    "currency": "ZAR",
    "written_due_minutes": 240,
    "handled_count": 10,
    "opening_count": 0,
    "forgotten_count": 0,
}
"""What a plan was made with, but for when."""


def add_plan(connection: sa.Connection, hours: Sequence[datetime], zone: str) -> None:
    """Insert a plan of some open hours, and a shift from the first to the last.

    Args:
        connection: To a migrated database.
        hours: When they begin, in UTC.
        zone: Of the desk's clock.
    """
    connection.execute(staffing_plan.insert().values(planned_at=hours[0], **PLAN))
    shift = {"starts_at": hours[0], "ends_at": hours[-1], "people": 2}
    connection.execute(staffing_shifts.insert().values(shift))
    for starts_at in hours:
        local = starts_at.astimezone(ZoneInfo(zone))
        hour = {
            "starts_at": starts_at,
            "local_date": local.date(),
            "local_hour": local.hour,
            "open_share": 1.0,
            "people": 2,
            "roster_people": 3,
            "roster_people_low": 2,
            "roster_people_high": 4,
            "written_people": 1,
            "written_contacts": 5.0,
            "backlog": 1.0,
            "oldest_age_hours": 0.5,
        }
        connection.execute(staffing_hours.insert().values(hour))

"""Reads the tickets that are unanswered when a plan begins."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import numpy as np
import sqlalchemy as sa

from analytics.business_time import BusinessCalendar
from analytics.staffing.backlog_queue import OpeningBacklog
from analytics.time_units import HOUR_SECONDS
from etl.running.sql import read_sql

FORGOTTEN_AFTER: Final = timedelta(days=28)
"""Tickets unanswered for longer than this are shown as a number, and no people are planned for them."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Open tickets without a reply.

    Attributes:
        planned: Tickets that people are planned for.
        forgotten_count: Number of tickets unanswered for longer than `FORGOTTEN_AFTER`.
    """

    planned: OpeningBacklog
    forgotten_count: int


def unanswered(connection: sa.Connection, begin: datetime, calendar: BusinessCalendar, due_hours: float) -> Unanswered:
    """Return the unanswered tickets at the first moment of a plan, with their ages and when each is due.

    Args:
        connection: The database.
        begin: First moment of the plan.
        calendar: When the desk is open; the clock runs only then.
        due_hours: Opening hours within which a ticket is answered.
    """
    rows = connection.execute(sa.text(read_sql("staffing/sql/unanswered.sql")), {"now": begin})
    created = [row.created_at for row in rows]
    planned = [at for at in created if begin - at <= FORGOTTEN_AFTER]
    hours = calendar.hours(begin - FORGOTTEN_AFTER, begin)
    ages = np.array([(begin - at).total_seconds() / HOUR_SECONDS for at in planned], dtype=np.float64)
    passed = np.array([hours.seconds_between(at, begin) / HOUR_SECONDS for at in planned], dtype=np.float64)
    return Unanswered(OpeningBacklog(ages, due_hours - passed), len(created) - len(planned))

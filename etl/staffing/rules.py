"""Reads the managers' staffing settings: targets, shrinkage, cost, and opening hours."""

from dataclasses import dataclass

import sqlalchemy as sa

from analytics.business_time import BusinessCalendar
from analytics.staffing.live_queue import LiveTarget
from analytics.staffing.plan import StaffingRules
from analytics.time_units import HOUR_MINUTES
from etl.marts.business_days import load_calendars
from warehouse.tables.desk import business_calendars
from warehouse.tables.staffing import staffing_settings, staffing_targets


@dataclass(frozen=True, slots=True)
class DeskRules:
    """The staffing settings of the desk.

    Attributes:
        staffing: Targets, shrinkage and occupancy.
        quantile: Quantile of the forecast that the plan is made for.
        currency: Currency of the cost.
        shift_hours: Length of the longest shift, in hours.
        calendar: When the desk is open; None when there is no calendar.
    """

    staffing: StaffingRules
    quantile: float
    currency: str
    shift_hours: int
    calendar: BusinessCalendar | None


def desk_rules(connection: sa.Connection) -> DeskRules:
    """Return the present settings."""
    settings = connection.execute(sa.select(staffing_settings)).one()
    targets = connection.execute(sa.select(staffing_targets).order_by(staffing_targets.c.channel))
    live = {
        row.channel: LiveTarget(
            row.service_level, row.within_seconds, settings.occupancy_cap, patience_seconds=row.patience_seconds
        )
        for row in targets
    }
    rules = StaffingRules(
        live,
        settings.written_due_minutes / HOUR_MINUTES,
        settings.shrinkage,
        settings.occupancy_cap,
        settings.minimum_people,
        settings.cost_per_hour,
        settings.is_blended,
    )
    return DeskRules(rules, settings.quantile, settings.currency, settings.shift_hours, _calendar(connection))


def _calendar(connection: sa.Connection) -> BusinessCalendar | None:
    default = connection.scalar(sa.select(business_calendars.c.id).where(business_calendars.c.is_default))
    return None if default is None else load_calendars(connection)[default]

"""The desk's calendars and SLA policies as plain values."""

import sqlalchemy as sa

from analytics.business_time import BusinessCalendar
from etl.marts.business_days import load_calendars
from tests.reference.sla import SlaPolicy, SlaTarget
from warehouse.tables.desk import business_calendars, sla_policies, teams


def load_default_calendar(connection: sa.Connection) -> BusinessCalendar:
    """Return the desk's own calendar."""
    number = connection.execute(sa.select(business_calendars.c.id).where(business_calendars.c.is_default)).scalar_one()
    return load_calendars(connection)[number]


def load_team_calendars(connection: sa.Connection) -> dict[str, BusinessCalendar]:
    """Return the calendar of each team that has one of its own."""
    calendars = load_calendars(connection)
    return {row.team: calendars[row.calendar_id] for row in connection.execute(sa.select(teams))}


def load_policies(connection: sa.Connection) -> list[SlaPolicy]:
    """Return every policy."""
    calendars = load_calendars(connection)
    policies = []
    for row in connection.execute(sa.select(sla_policies).order_by(sla_policies.c.position, sla_policies.c.id)):
        minutes = {target: getattr(row, f"{target}_minutes") for target in SlaTarget}
        targets = tuple((target, value) for target, value in minutes.items() if value is not None)
        policies.append(
            SlaPolicy(
                row.name,
                row.position,
                targets,
                row.priority,
                row.customer_type,
                row.channel,
                calendars[row.calendar_id] if row.calendar_id else None,
                row.valid_from_at,
                row.valid_until_at,
                tuple((target, tuple(getattr(row, f"{target}_pauses"))) for target in SlaTarget),
            )
        )
    return policies

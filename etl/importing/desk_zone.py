"""Tells a new desk whose file comes from another time zone than the one in which the desk counts."""

from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from analytics.notices import Notice
from etl.importing.kinds.fields import TICKETS
from etl.importing.transforms.import_profile import ImportProfile
from warehouse.tables.tickets import support_tickets

_SEASONS: Final = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC))


def zone_notices(engine: sa.Engine, profile: ImportProfile, reporting_zone: ZoneInfo) -> tuple[Notice, ...]:
    """Return what to say where the desk's first file of tickets names a place whose clocks the desk does not go by.

    UTC and the like are no place: exports are often in it, wherever the desk is.

    Args:
        engine: Database.
        profile: The settled mapping.
        reporting_zone: The zone in which the desk counts days and hours.
    """
    zone = profile.time_zone
    if profile.kind != TICKETS or "/" not in zone or zone.startswith("Etc/"):
        return ()
    if all(at.astimezone(ZoneInfo(zone)).utcoffset() == at.astimezone(reporting_zone).utcoffset() for at in _SEASONS):
        return ()
    with engine.connect() as connection:
        has_tickets = connection.scalar(sa.select(sa.exists().select_from(support_tickets)))
    facts = {"zone": zone, "reporting_zone": reporting_zone.key}
    return () if has_tickets else (Notice("other_zone", facts),)

"""The reporting time zone: whose days the marts count, and by whose clock commands print and read instants."""

import sqlalchemy as sa

from warehouse.settings import DEFAULT_TIME_ZONE
from warehouse.tables.ops import data_version


def zone_of_desk(engine: sa.Engine, chosen: str | None) -> str:
    """Return the reporting time zone.

    A command that is run beside `up` often lacks the variable that `up` was started with. It must not make the desk
    anew in another zone.

    Args:
        engine: In a role that reads the version.
        chosen: The zone that the environment names; None when it names none.
    """
    if chosen is not None:
        return chosen
    columns = data_version.c
    with engine.connect() as connection:
        row = connection.execute(sa.select(columns.version, columns.time_zone)).one()
    return str(row.time_zone) if row.version else DEFAULT_TIME_ZONE

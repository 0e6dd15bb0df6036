"""Which version of the data the marts hold, and over which days."""

from datetime import date

import sqlalchemy as sa

from warehouse.metric_query.model import DataVersion
from warehouse.tables.marts import COUNTER_TABLES
from warehouse.tables.ops import data_version as table


def data_version(connection: sa.Connection) -> DataVersion:
    """Return the present version; cheap enough to ask on every request."""
    row = connection.execute(sa.select(table.c.version, table.c.refreshed_at, table.c.time_zone)).one()
    day = next(each for (name, _), each in COUNTER_TABLES.items() if name == "total").c.start_date
    span = connection.execute(sa.select(sa.func.min(day).label("first"), sa.func.max(day).label("last"))).one()
    first: date | None = span.first
    last: date | None = span.last
    return DataVersion(row.version, row.refreshed_at, row.time_zone, first, last)

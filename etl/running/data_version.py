"""The version of the data that the marts hold."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import sqlalchemy as sa

from warehouse.rollups.declaration import fingerprint
from warehouse.tables.ops import data_version

VERSION_CHANNEL: Final = "support_data_version"


@dataclass(frozen=True, slots=True)
class MartsState:
    """How the marts were made.

    Attributes:
        version: Version of the data; 0 before the first refresh.
        time_zone: Reporting time zone of the days in the marts.
        fingerprint: Hash of the rollups' declaration; None before the first refresh.
        age: How long ago they were made; None before the first refresh.
    """

    version: int
    time_zone: str
    fingerprint: str | None
    age: timedelta | None = None

    def is_older_than(self, age: timedelta) -> bool:
        """Say whether they were made at least so long ago."""
        return self.age is not None and self.age >= age

    def fits(self, time_zone: str) -> bool:
        """Say whether deltas can be added: time zone and rollups have to be the same."""
        return self.version > 0 and self.time_zone == time_zone and self.fingerprint == fingerprint()


def marts_state(connection: sa.Connection) -> MartsState:
    """Return how the marts were made."""
    columns = data_version.c
    age = (sa.func.clock_timestamp() - columns.refreshed_at).label("age")
    row = connection.execute(sa.select(columns.version, columns.time_zone, columns.fingerprint, age)).one()
    return MartsState(row.version, row.time_zone, row.fingerprint, row.age)


def raise_version(connection: sa.Connection, time_zone: str) -> None:
    """Raise the version in this transaction and tell the listeners when it commits."""
    version = connection.execute(
        sa.update(data_version)
        .values(
            version=data_version.c.version + 1,
            refreshed_at=sa.func.clock_timestamp(),
            time_zone=time_zone,
            fingerprint=fingerprint(),
        )
        .returning(data_version.c.version)
    ).scalar_one()
    connection.execute(sa.select(sa.func.pg_notify(VERSION_CHANNEL, str(version))))


def tell_new_results(connection: sa.Connection) -> None:
    """Raise the version for new results from the same tickets, so that pages are drawn anew.

    The time of the latest refresh stays as it was, because the tickets are the same.
    """
    version = connection.execute(
        sa.update(data_version).values(version=data_version.c.version + 1).returning(data_version.c.version)
    ).scalar_one()
    connection.execute(sa.select(sa.func.pg_notify(VERSION_CHANNEL, str(version))))

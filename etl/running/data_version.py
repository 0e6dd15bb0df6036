"""The version of the data that the marts hold."""

from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from warehouse.rollups.declaration import fingerprint
from warehouse.tables.ops import data_version

VERSION_CHANNEL: Final = "support_data_version"


@dataclass(frozen=True, slots=True)
class MartsState:
    """What the marts were made with.

    Attributes:
        version: 0 before the first refresh.
        time_zone: Reporting zone whose days they hold.
        fingerprint: Declaration of the rollups; None before the first refresh.
    """

    version: int
    time_zone: str
    fingerprint: str | None

    def fits(self, time_zone: str) -> bool:
        """Say whether deltas can be added: same days, same rollups."""
        return self.version > 0 and self.time_zone == time_zone and self.fingerprint == fingerprint()


def marts_state(connection: sa.Connection) -> MartsState:
    """Return what the marts were made with."""
    columns = data_version.c
    row = connection.execute(sa.select(columns.version, columns.time_zone, columns.fingerprint)).one()
    return MartsState(row.version, row.time_zone, row.fingerprint)


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
    """Raise the version for what was found out from the same tickets, so that pages are drawn anew.

    How fresh the tickets are stays as it was.
    """
    version = connection.execute(
        sa.update(data_version).values(version=data_version.c.version + 1).returning(data_version.c.version)
    ).scalar_one()
    connection.execute(sa.select(sa.func.pg_notify(VERSION_CHANNEL, str(version))))

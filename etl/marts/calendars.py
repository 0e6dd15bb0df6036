"""The desk's calendars by their names."""

from typing import Any

import sqlalchemy as sa

from analytics.errors import ErrorKind, SupportAnalyticsError
from warehouse.tables.desk import business_calendars


class UnknownCalendarError(SupportAnalyticsError):
    """A calendar that the desk does not have."""

    kind = ErrorKind.INVALID

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        """Quote the name, and list the known ones."""
        super().__init__(f"There is no calendar {name!r}.", f"Choose from: {', '.join(known)}.")


def calendar_named(connection: sa.Connection, name: str | None) -> sa.Row[Any]:
    """Return the row of a calendar.

    Args:
        connection: In a role that reads calendars.
        name: Its name; None for the desk's own.

    Raises:
        UnknownCalendarError: If there is none.
    """
    known = {row.name: row for row in connection.execute(sa.select(business_calendars))}
    found = next((row for row in known.values() if row.is_default), None) if name is None else known.get(name)
    if found is None:
        raise UnknownCalendarError(name or "default", tuple(known))
    return found

"""Desks for worked situations: tickets under names, each with a calendar and a policy of its own.

The desk is open Monday to Friday from 09:00 to 17:00 in London, unless a situation says otherwise.
"""

from dataclasses import dataclass, field
from typing import Any, Final, Self

import sqlalchemy as sa

from tests.factories.desk import add_message, add_status, add_ticket, instant
from warehouse.tables.desk import business_calendars, business_windows, sla_policies

LONDON: Final = "Europe/London"
WORKDAYS: Final = tuple((weekday, 9 * 60, 17 * 60) for weekday in range(5))


@dataclass(slots=True)
class Situations:
    """Makes tickets, each under a name and with a policy of its own.

    Attributes:
        connection: The desk.
        calendars: Name -> id.
    """

    connection: sa.Connection
    calendars: dict[str, int] = field(default_factory=dict)

    @classmethod
    def begin(cls, connection: sa.Connection) -> Self:
        """Return a desk without policies, whose own calendar is the one in London."""
        connection.execute(sla_policies.delete())
        connection.execute(business_calendars.update().values(is_default=False))
        desk = cls(connection)
        desk.calendar("London", WORKDAYS)
        desk.be_default("London")
        return desk

    def be_default(self, name: str) -> None:
        """Make a calendar the desk's own."""
        connection, number = self.connection, self.calendars[name]
        connection.execute(business_calendars.update().values(is_default=business_calendars.c.id == number))

    def calendar(self, name: str, windows: tuple[tuple[int, int, int], ...], zone: str = LONDON) -> int:
        """Add a calendar of (weekday, opens, closes) in minutes."""
        made = business_calendars.insert().values(name=name, time_zone=zone).returning(business_calendars.c.id)
        number = int(self.connection.execute(made).scalar_one())
        rows = [
            {"calendar_id": number, "weekday": weekday, "opens_minute": opens, "closes_minute": closes}
            for weekday, opens, closes in windows
        ]
        if rows:
            self.connection.execute(business_windows.insert(), rows)
        self.calendars[name] = number
        return number

    def policy(self, name: str, calendar: str | None = "London", **columns: Any) -> None:
        """Add a policy for the customers of a type with the same name."""
        values = {"position": 0, "customer_type": name, "calendar_id": self.calendars.get(calendar or "")} | columns
        self.connection.execute(sla_policies.insert().values(name=name, **values))

    def ticket(self, name: str, created_at: str, **columns: Any) -> int:
        """Add a ticket whose customer's type is its name, so that the policy of that name applies."""
        values = {"customer_type": name, "subject": name, "priority": "medium"} | columns
        return add_ticket(self.connection, instant(created_at), **values)

    def walk(self, ticket: int, *steps: tuple[str, str]) -> None:
        """Add (status, instant) to a ticket's history."""
        for status, at in steps:
            add_status(self.connection, ticket, status, instant(at))

    def talk(self, ticket: int, *lines: tuple[str | None, str]) -> None:
        """Add (agent, instant) to a ticket's messages; None is the customer."""
        for agent, at in lines:
            add_message(self.connection, ticket, instant(at), agent)

"""The events of tickets, as rows in order of ticket and time."""

from dataclasses import dataclass, field
from typing import Self

import numpy as np

from standalone.bookshop.arrivals import Codes, Flags
from standalone.bookshop.opening_hours import Instants

NOBODY = -1
"""Agent code of events caused by a customer or a machine."""


@dataclass(frozen=True, slots=True)
class Events:
    """Rows of one kind of history; the arrays have one entry a row.

    Attributes:
        ticket: Place of the ticket in its batch.
        at: Instant of the event.
        code: What happened; the meaning depends on the kind of history.
        agent: The agent who did it, or NOBODY.
    """

    ticket: Codes
    at: Instants
    code: Codes
    agent: Codes

    @property
    def count(self) -> int:
        """Number of rows."""
        return self.ticket.size


@dataclass(slots=True)
class EventList:
    """Collects events in any order; events at the same instant keep the order in which they were added."""

    parts: list[Events] = field(default_factory=list)

    def add(self, where: Flags, at: Instants, code: int, agent: Codes | int) -> Self:
        """Add one event to each ticket that a flag is set for; the arrays have one entry a ticket."""
        ticket = np.flatnonzero(where)
        whose = np.full(ticket.size, agent) if isinstance(agent, int) else agent[ticket]
        self.parts.append(Events(ticket, at[ticket], np.full(ticket.size, code), whose))
        return self

    def in_order(self, last_at: Instants) -> Events:
        """Return the events by ticket and time, without those after each ticket's last instant."""
        ticket, at, code, agent = (
            np.concatenate([getattr(part, name) for part in self.parts]) for name in ("ticket", "at", "code", "agent")
        )
        kept = np.flatnonzero(at <= last_at[ticket])
        order = kept[np.lexsort((at[kept], ticket[kept]))]
        return Events(ticket[order], at[order], code[order], agent[order])

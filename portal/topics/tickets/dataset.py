"""Tickets as rows of a list."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from analytics.lateness import Lateness


@dataclass(frozen=True, slots=True)
class Elapsed:
    """How long something took.

    Attributes:
        value: In the unit.
        unit: "minutes", or "days" for a ticket known by date only.
    """

    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class SlaOutcome:
    """How a ticket stands with its SLA targets.

    Attributes:
        missed: Targets that were missed.
        met: Targets that were met.
        due_at: When the next running target falls due, in the reporting zone; None when none runs, or its clock stands
            still.
        running: Targets that run.
    """

    missed: int
    met: int
    due_at: datetime | None
    running: int = 0


@dataclass(frozen=True, slots=True)
class SourceNumber:
    """The number of an imported ticket that people know.

    Attributes:
        number: As the ticket's source has it; may hold letters.
        source: Name under which it was imported.
    """

    number: str
    source: str


@dataclass(frozen=True, slots=True)
class TicketRow:
    """One ticket of a list.

    Attributes:
        ticket_id: Its internal number.
        created: When it was created, in the reporting zone; a date when nothing else is known.
        resolved: As above, for its latest resolution; None while it is open.
        subject: What the customer called it; None when the ticket has been deleted since the last refresh.
        category: What a manager calls its category, and so on for the next ones; None is "not set".
        priority: As above.
        status: As above.
        channel: As above.
        customer_type: As above.
        agent: Who has the ticket.
        team: As above.
        first_reply: Time to the first reply by a person; None when there is none.
        resolution: Full resolution time; None while it is open.
        sla: How it stands with its targets.
        rating: 1 to 5; None when not rated.
        number: Its number in its source; None when it has none.
        organisation: Its own, or its customer's.
        brand: As its source has it.
        tags: As above.
        customs: Values of the fields that the desk has declared; in exports and on the ticket's page only.
    """

    ticket_id: int
    created: datetime | date
    resolved: datetime | date | None
    subject: str | None
    category: str | None
    priority: str | None
    status: str | None
    channel: str | None
    customer_type: str | None
    agent: str | None
    team: str | None
    first_reply: Elapsed | None
    resolution: Elapsed | None
    sla: SlaOutcome
    rating: int | None
    number: SourceNumber | None = None
    organisation: str | None = None
    brand: str | None = None
    tags: tuple[str, ...] = ()
    customs: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class PageEnd:
    """Place at one end of a page, where its neighbour begins.

    Attributes:
        key: What the list is sorted by, as text; None where the ticket has no such value.
        ticket_id: Breaks ties.
        position: Tickets of the list before the neighbour's first one.
    """

    key: str | None
    ticket_id: int
    position: int


@dataclass(frozen=True, slots=True)
class TicketPage:
    """One page of a list.

    Attributes:
        rows: Its tickets.
        position: Tickets of the list before the first row.
        total: Tickets of the whole list.
        previous: Where the page before ends; None on the first.
        next: Where the page after begins; None on the last.
    """

    rows: tuple[TicketRow, ...]
    position: int
    total: int
    previous: PageEnd | None
    next: PageEnd | None


@dataclass(frozen=True, slots=True)
class ListedTickets:
    """What is listed.

    Attributes:
        total: How many tickets.
        measured: The number that was clicked, where it is not the number of tickets: 230 missed targets on 212 tickets.
        unit: Of the number; "days" when every ticket behind a duration is known by date only.
        names: (dimension, what a manager calls the values it is filtered to), in the order of the filters.
        left_out: (how many, why, part that lists them) of what the number leaves out.
        late: Grade -> how many of the open tickets; {} where the list is not of open tickets.
    """

    total: int
    measured: int | None
    unit: str
    names: tuple[tuple[str, tuple[str, ...]], ...]
    left_out: tuple[tuple[int, str, str], ...] = ()
    late: Mapping[Lateness, int] = field(default_factory=dict)

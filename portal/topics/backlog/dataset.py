"""What the Backlog page shows."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A customer whose last message nobody answered.

    Attributes:
        ticket_id: The ticket it stands in.
        said_at: When it was said.
        text: The beginning of what was said; empty when it was not recorded.
        status: Of the ticket.
        href: The ticket's page.
        subject: Of the ticket.
    """

    ticket_id: int
    said_at: datetime
    text: str
    status: str
    href: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Customers whose last message nobody answered.

    Attributes:
        now: The instant of the data; None before the first refresh.
        zone: Of the desk.
        waiting: All of them, those of solved and closed tickets first, the latest first.
        thanked: How many last messages were left out as they only thank.
        is_complete: Whether the desk keeps every message; else some who wait may not be known.
        is_filtered: Whether only some of the tickets were looked at.
    """

    now: datetime | None
    zone: str
    waiting: tuple[Unanswered, ...]
    thanked: int
    is_complete: bool = True
    is_filtered: bool = False


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What was done for a customer whom nobody had answered.

    Attributes:
        how: "phone" or "dismissed".
        actor: Who marked it.
        marked_at: When.
    """

    how: str
    actor: str
    marked_at: datetime

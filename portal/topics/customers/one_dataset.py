"""One customer: the whole history of support."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class OneTicket:
    """A ticket of the customer.

    Attributes:
        number: Its internal number.
        created: When, in the reporting zone.
        channel: Slug; "" is not set.
        subject: In one line; "" for none.
        agent: Who has it; "" nobody.
        is_open: Whether it is open now.
        sentiment: "frustrated", "neutral", "pleased" or the like; "" is not known.
        rating: 1 to 5; None when not rated.
        first_reply: In minutes; None when there is none.
        href: Its page.
        due: When its next target falls due; None when none runs.
    """

    number: int
    created: datetime
    channel: str
    subject: str
    agent: str
    is_open: bool
    sentiment: str
    rating: int | None
    first_reply: float | None
    href: str
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the customer may leave.

    Attributes:
        slug: Of `analytics.churn.features`.
        ticket: The ticket behind it; None where no one ticket stands for it.
        href: That ticket; "" without one.
    """

    slug: str
    ticket: int | None
    href: str


@dataclass(frozen=True, slots=True)
class Leaving:
    """How likely the customer is to leave.

    Attributes:
        score: A chance 0 to 1, or points 0 to 100.
        is_chance: Whether it is a chance.
        horizon_days: What a chance is about.
        reasons: The strongest first.
    """

    score: float
    is_chance: bool
    horizon_days: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class OneCustomer:
    """All there is to show of one customer.

    Attributes:
        customer: Number, as the facts have it.
        name: Name; "" when that is not known.
        email: Address.
        kind: Customer type; "" is not set.
        organisation: "" when that is not known.
        since: Day of the first ticket.
        left: Day on which they left, as recorded; None while they have not.
        tickets: Newest first; of more than 2,000 the newest.
        total: How many tickets there are.
        recent: Created in the last 90 days with data.
        before: Created in the 90 days before those.
        as_of: Last day with data.
        leaving: None when nobody worked it out.
        tickets_href: All tickets.
    """

    customer: int
    name: str
    email: str
    kind: str
    organisation: str
    since: date
    left: date | None
    tickets: tuple[OneTicket, ...]
    total: int
    recent: int
    before: int
    as_of: date
    leaving: Leaving | None
    tickets_href: str

    @property
    def title(self) -> str:
        """Name, or how the customer is called without one."""
        return self.name or f"Customer of ticket {self.tickets[0].number}"

    @property
    def open(self) -> tuple[OneTicket, ...]:
        """The open tickets, oldest first."""
        return tuple(each for each in reversed(self.tickets) if each.is_open)

    @property
    def ratings(self) -> tuple[int, ...]:
        """The ratings, newest first."""
        return tuple(each.rating for each in self.tickets if each.rating is not None)

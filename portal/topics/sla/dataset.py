"""What the SLA page shows."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from analytics.metrics import Metric
from portal.numbers.reading import NOT_JUDGED, Judged, Reading, Series


@dataclass(frozen=True, slots=True)
class KeptCard:
    """One number of the period beside that of the comparison.

    Attributes:
        title: Name on the card.
        metric: Its definition and which direction is good.
        now: The number of the period.
        before: The number it is compared with; None when there is no comparison.
        compared_to: Words for what it is compared with.
        href: The tickets behind the number.
        aside: The part of it to look at: "545 missed", "9 by a week or more"; "" for none.
        aside_href: Exactly its tickets; "" for no link.
        trend: Values over the period, for the sparkline.
        is_running: Whether the last of them is not over yet.
        judged: Whether the change is more than chance, and what the mix of tickets did to it.
        empty: Why there is no number; "" when there is one.
    """

    title: str
    metric: Metric
    now: Reading
    before: Reading | None
    compared_to: str
    href: str
    aside: str = ""
    aside_href: str = ""
    trend: tuple[float | None, ...] = ()
    is_running: bool = False
    judged: Judged = NOT_JUDGED
    empty: str = ""


class When(StrEnum):
    """When the next target of a ticket falls due; also the part of the open tickets that lists them."""

    SOON = "due_within_hours"
    TODAY = "due_later_today"
    MORNING = "due_in_the_morning"


@dataclass(frozen=True, slots=True)
class DueRow:
    """A ticket about to miss a target.

    Attributes:
        ticket_id: Its number.
        subject: Of the ticket; "" without one.
        href: Its page.
        agent: Who it is assigned to; None for nobody.
        target: "first_reply", "next_reply" or "resolution".
        due_at: When it falls due, by the desk's clock.
        left_minutes: Open minutes left of the promise, at the last refresh.
        promised_minutes: What was promised.
        is_overdue: Whether another of its targets is overdue.
    """

    ticket_id: int
    subject: str
    href: str
    agent: str | None
    target: str
    due_at: datetime
    left_minutes: float
    promised_minutes: float
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class DueGroup:
    """The tickets whose next target falls due in one stretch of time.

    Attributes:
        when: The stretch.
        count: All of them.
        href: Their list.
        unassigned: Those that nobody is assigned to.
        rows: The soonest.
    """

    when: When
    count: int
    href: str
    unassigned: int
    rows: tuple[DueRow, ...]


@dataclass(frozen=True, slots=True)
class AboutToMiss:
    """The open tickets with a target that falls due before 10:00 of the next day.

    Attributes:
        now: When the numbers were last refreshed, by the desk's clock; None before that.
        groups: From the soonest.
        href: All of them as a list.
        unassigned_href: Those that nobody is assigned to.
    """

    now: datetime | None
    groups: tuple[DueGroup, ...]
    href: str
    unassigned_href: str

    @property
    def count(self) -> int:
        """All of them."""
        return sum(group.count for group in self.groups)

    @property
    def unassigned(self) -> int:
        """Those that nobody is assigned to."""
        return sum(group.unassigned for group in self.groups)


@dataclass(frozen=True, slots=True)
class KeptPart:
    """One policy, team, hour ..., and how well its targets were kept.

    Attributes:
        label: Its name.
        promise: What a policy promises, in minutes: first reply, next reply, resolution; None for what it does not.
        now: Share of tickets that met every target.
        before: The same in the comparison; None when there is none.
        judged: Whether the change is more than chance; not judged where that is not asked.
        href: The tickets.
        missed: Tickets with a target missed.
        missed_href: Exactly those.
        trend: The share over time.
        is_running: Whether its last stretch is not over yet.
    """

    label: str
    promise: tuple[float | None, float | None, float | None] | None
    now: Reading
    before: Reading | None
    judged: Judged
    href: str
    missed: int
    missed_href: str
    trend: tuple[float | None, ...]
    is_running: bool


@dataclass(frozen=True, slots=True)
class KeptSplit:
    """The kept targets by one thing.

    Attributes:
        by: Dimension or grain of time.
        parts: Policies in the order of their names, days and hours in theirs, others with most missed first.
        examples: Whether the targets of some policy are examples that nobody at the desk has set.
        compared_to: Words for the comparison; "" for none.
    """

    by: str
    parts: tuple[KeptPart, ...]
    examples: bool
    compared_to: str


@dataclass(frozen=True, slots=True)
class KeptTrend:
    """The kept targets over time.

    Attributes:
        grain: "week" or "month".
        tickets: Share of tickets that met every target.
        targets: Share of single targets met.
        missed: Tickets with a target missed, of each stretch.
        is_partial: Whether stretches cut by the ends of the period were left out.
    """

    grain: str
    tickets: Series
    targets: Series
    missed: tuple[int, ...]
    is_partial: bool

"""One ticket with its history."""

from dataclasses import dataclass
from datetime import date, datetime

from analytics.vocabulary import SlaState
from portal.topics.tickets.dataset import Elapsed, SourceNumber, TicketRow


@dataclass(frozen=True, slots=True)
class MovingDay:
    """A dated exception of a calendar, such as a public holiday."""

    on_date: date
    name: str


@dataclass(frozen=True, slots=True)
class SlaTarget:
    """One promise of a ticket's SLA policy.

    Attributes:
        name: "First reply", "Next reply" or "Resolution".
        minutes: What was promised.
        is_business: Whether only business hours count.
        state: How it stands; None when it has not begun to count, or nobody knows.
        due_at: When it fell or falls due, in the reporting zone; None when that is not known, as while its clock stands
            still.
        policy: Name of the policy that decides.
        worked_minutes: How long its clock ran; None when that is not known.
        paused_minutes: How long its clock stood still.
        moved_by: Days on which the desk was closed or open for other hours, and that moved the due time.
        lacks_open_hours: Whether it runs without a due time because its calendar has too few open hours. A target that
            runs without a due time otherwise is one whose clock stands still.
    """

    name: str
    minutes: float
    is_business: bool
    state: SlaState | None
    due_at: datetime | None
    policy: str
    worked_minutes: float | None = None
    paused_minutes: float = 0.0
    moved_by: tuple[MovingDay, ...] = ()
    lacks_open_hours: bool = False


@dataclass(frozen=True, slots=True)
class Times:
    """A ticket's durations; None for what has not happened or is not known.

    Attributes:
        first_reply: In calendar time.
        first_reply_business: In business hours.
        resolution: In calendar time.
        resolution_business: In business hours.
        requester_wait: How long the customer waited for the desk.
        agent_wait: How long the desk waited for the customer.
        on_hold: How long the ticket was on hold.
        handle: Recorded work on it.
    """

    first_reply: Elapsed | None
    first_reply_business: Elapsed | None
    resolution: Elapsed | None
    resolution_business: Elapsed | None
    requester_wait: Elapsed | None
    agent_wait: Elapsed | None
    on_hold: Elapsed | None
    handle: Elapsed | None


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened to a ticket.

    Attributes:
        happened: When, in the reporting zone; a date when nothing else is known.
        title: What, in a few words.
        who: By whom; None when nobody is named.
        text: What was said.
        is_shortened: Whether there is more text than is here.
        tone: "inbound", "outbound", "private" or "change".
    """

    happened: datetime | date
    title: str
    who: str | None
    text: str
    is_shortened: bool
    tone: str


@dataclass(frozen=True, slots=True)
class Likelihood:
    """A category and how likely it is.

    Attributes:
        category: What a manager calls it.
        share: 0 to 1.
        is_own: Whether the desk has it; otherwise a template suggests it.
    """

    category: str
    share: float
    is_own: bool = True


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the classifier said of a ticket.

    Attributes:
        model_version: Which model.
        predicted_at: When, in the reporting zone.
        category: What a manager calls the category; None when nothing was said.
        confidence: 0 to 1.
        decider: "rules", "model", "both" or "neither"; None when that is not known.
        needs_review: Whether nothing was sure enough, so that a person should look.
        alternatives: The likeliest categories, the likeliest first.
        priority: "low", "medium", "high" or "urgent"; None is not known.
        priority_reason: The desk's sentence of the rule that gave it; "": no rule matched; None: not known.
        urgency: "low", "normal", "high" or "urgent".
        sentiment: "frustrated", "neutral" or "pleased".
        language: Tag of the language.
        second_language: Tag of the other language of a text that mixes two; None where none is known.
        reasons: The strongest words and rules behind it, a line for each kind; empty until they have been asked for.
    """

    model_version: str
    predicted_at: datetime
    category: str | None
    confidence: float | None
    decider: str | None
    needs_review: bool
    alternatives: tuple[Likelihood, ...]
    priority: str | None
    priority_reason: str | None
    urgency: str | None
    sentiment: str | None
    language: str | None
    second_language: str | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """Whose word the category and the priority are: "imported", "person", "rules", "model" or "default"."""

    category: str
    priority: str


@dataclass(frozen=True, slots=True)
class TicketText:
    """What the customer wrote.

    Attributes:
        subject: Its first line.
        content: The rest.
        length: Characters of the whole content.
        customer_email: Who wrote; None when unknown.
        language: As detected; None when not.
    """

    subject: str
    content: str
    length: int
    customer_email: str | None
    language: str | None

    @property
    def is_shortened(self) -> bool:
        """Whether there is more content than is here."""
        return len(self.content) < self.length


@dataclass(frozen=True, slots=True)
class TicketDetail:
    """All there is to show of one ticket.

    Attributes:
        ticket_id: Its internal number.
        number: Its number in its source; None when it has none.
        text: What the customer wrote.
        status: Its status now.
        exclusion: Why it is in no number; None when it counts.
        row: Its facts; None until the next refresh derives them.
        customs: Each field that the desk has declared, with the ticket's value.
        times: As above.
        policy: Name of the SLA policy in force at its end, or now; None when none applies.
        is_example: Whether nobody at the desk has set the policy's targets.
        needs_no_answer: Whether its reply targets are left out.
        targets: The policy's promises.
        timeline: What happened, oldest first.
        hidden: Entries of the timeline that are not shown.
        prediction: The latest; None when there is none.
        sources: Whose word its category and priority are.
        is_whole: Whether long texts are shown whole.
        customer: Path of the customer's page; "" while that is not known.
        customer_name: Name of the customer; "" when that is not known.
    """

    ticket_id: int
    number: SourceNumber | None
    text: TicketText
    status: str
    exclusion: str | None
    row: TicketRow | None
    customs: tuple[tuple[str, str | None], ...]
    times: Times | None
    policy: str | None
    is_example: bool
    needs_no_answer: bool
    targets: tuple[SlaTarget, ...]
    timeline: tuple[TimelineEntry, ...]
    hidden: int
    prediction: Prediction | None
    sources: Sources
    is_whole: bool
    customer: str = ""
    customer_name: str = ""

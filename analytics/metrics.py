"""Every metric the product shows, defined once.

A metric is named by its slug. It is computed from additive *measures* (whole numbers summed over the rollups) or
from a duration histogram; `warehouse.rollups` says how each measure is counted. The definition is the sentence a
reader sees next to the number.
"""

from dataclasses import dataclass
from enum import StrEnum

from analytics.errors import SupportAnalyticsError


class Kind(StrEnum):
    """How a metric is computed from its measures."""

    COUNT = "count"
    """The numerator."""
    SHARE = "share"
    """Numerator ÷ denominator, in 0..1; n is the denominator."""
    MEAN = "mean"
    """Numerator ÷ denominator in the metric's unit; n is the denominator."""
    DURATION = "duration"
    """Median of a duration histogram, with p90 and mean; n is the number of durations."""
    LEVEL = "level"
    """Number of tickets at the end of each bucket: a running sum of openings minus closings."""
    DISTINCT = "distinct"
    """Number of different customers; not additive, so always counted from the facts."""


class Anchor(StrEnum):
    """Which date puts a ticket into a period."""

    CREATED = "created in the period"
    HAPPENED = "happened in the period"
    MOMENT = "at the end of the period"


class Clock(StrEnum):
    """Which minutes a duration counts."""

    NONE = ""
    CALENDAR = "calendar"
    BUSINESS = "business hours"


class Better(StrEnum):
    """Which direction is good news."""

    LOWER = "lower"
    HIGHER = "higher"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Need:
    """What has to be known of a ticket for a metric to count it. Sources that do not give it are left out.

    Attributes:
        known: Measure of the resolved tickets of which it is known.
        lacking: What a source without it gives, as in "it gives no messages".
    """

    known: str
    lacking: str


_HISTORY = Need("resolved_with_history", "no status history")
_REOPENS = Need("resolved_with_reopens", "neither a status history nor a number of reopenings")
_TOUCHES = Need("resolved_with_touches", "too little: replies, and a status history or a number of reopenings")
_MESSAGES = Need("resolved_with_messages", "no messages")
_REPLY = Need("resolved_with_reply", "neither messages nor the time of the first reply")
_MINUTES = Need("resolved_with_minutes", "no minutes of work")


@dataclass(frozen=True, slots=True)
class Metric:
    """One number the product can show.

    Attributes:
        slug: Name in URLs, queries and JSON.
        label: What a manager reads.
        unit: Unit of the value: tickets, customers, replies, minutes, share, rating, contacts ...
        kind: How it is computed.
        anchor: Which date puts a ticket into a period.
        definition: One or two plain sentences.
        numerator: Measure (or duration histogram) that the metric is computed from.
        denominator: Measure that the numerator is divided by, for shares and means.
        clock: Which minutes a duration counts.
        better: Which direction is good.
        pitfall: How the number is easily misread; may be empty.
        need: What has to be known of a ticket; None when every source tells it.
        is_dated: Whether it needs the instant at which a ticket was solved.
    """

    slug: str
    label: str
    unit: str
    kind: Kind
    anchor: Anchor
    definition: str
    numerator: str
    denominator: str = ""
    clock: Clock = Clock.NONE
    better: Better = Better.NEITHER
    pitfall: str = ""
    need: Need | None = None
    is_dated: bool = False

    @property
    def is_by_creation(self) -> bool:
        """Whether its creation puts a ticket into a period."""
        return self.anchor is Anchor.CREATED

    @property
    def is_sla(self) -> bool:
        """Whether the number is measured against the targets of SLA policies."""
        return self.slug.startswith("sla_") or self.slug == "ended_unanswered"


class UnknownMetricError(SupportAnalyticsError, LookupError):
    """Raised when a slug names no metric."""

    def __init__(self, slug: str) -> None:
        """Name the unknown slug and list the known ones."""
        super().__init__(f"There is no metric {slug!r}. Known: {', '.join(METRICS)}.")


def _count(  # noqa: PLR0913 - one argument for each attribute of a metric
    slug: str,
    label: str,
    unit: str,
    definition: str,
    *,
    anchor: Anchor = Anchor.HAPPENED,
    better: Better = Better.NEITHER,
    pitfall: str = "",
    need: Need | None = None,
    is_dated: bool = False,
) -> Metric:
    kind = Kind.COUNT
    return Metric(
        slug,
        label,
        unit,
        kind,
        anchor,
        definition,
        slug,
        better=better,
        pitfall=pitfall,
        need=need,
        is_dated=is_dated,
    )


def _duration(
    slug: str,
    label: str,
    definition: str,
    clock: Clock = Clock.CALENDAR,
    anchor: Anchor = Anchor.HAPPENED,
    *,
    need: Need | None = None,
) -> Metric:
    kind, better = Kind.DURATION, Better.LOWER
    is_dated = "resolution" in slug
    return Metric(
        slug,
        label,
        "minutes",
        kind,
        anchor,
        definition,
        slug,
        clock=clock,
        better=better,
        need=need,
        is_dated=is_dated,
    )


_SLA_TARGETS = (("first_reply", "first reply"), ("next_reply", "next reply"), ("resolution", "resolution"))

_OF_STARTED = "Of the SLA targets of the tickets created in the period"
_STARTED = (
    (
        "",
        "SLA targets started",
        f"{_OF_STARTED}, all whose clock has started: each is met, missed, running, overdue or ended unanswered.",
        Better.NEITHER,
    ),
    ("_met", "Started targets met", f"{_OF_STARTED}, those met by now.", Better.HIGHER),
    ("_missed", "Started targets missed", f"{_OF_STARTED}, those missed by now.", Better.LOWER),
    (
        "_running",
        "Started targets running",
        f"{_OF_STARTED}, those neither done nor due at the latest refresh; a clock that stands still is running.",
        Better.NEITHER,
    ),
    (
        "_overdue",
        "Started targets overdue",
        f"{_OF_STARTED}, those due and not done at the latest refresh.",
        Better.LOWER,
    ),
    (
        "_ended_unanswered",
        "Started targets ended unanswered",
        f"{_OF_STARTED}, next replies that ended before they were due, because the ticket was solved.",
        Better.NEITHER,
    ),
)

_ALL = (
    _count(
        "created", "Tickets created", "tickets", "Tickets whose creation falls in the period.", anchor=Anchor.CREATED
    ),
    _count(
        "resolution_events",
        "Resolutions",
        "resolutions",
        "Times a ticket was set to solved in the period. A ticket solved twice counts twice.",
        is_dated=True,
    ),
    _count(
        "resolved",
        "Tickets resolved",
        "tickets",
        "Tickets whose latest resolution falls in the period and that are still solved.",
        pitfall="Not the same as resolutions (every time) or customers helped (people).",
        is_dated=True,
    ),
    Metric(
        "customers_resolved",
        "Customers helped",
        "customers",
        Kind.DISTINCT,
        Anchor.HAPPENED,
        "Different customers with at least one ticket resolved in the period.",
        "resolved",
    ),
    Metric(
        "customers",
        "Customers who wrote",
        "customers",
        Kind.DISTINCT,
        Anchor.CREATED,
        "Different customers with at least one ticket created in the period.",
        "created",
    ),
    Metric(
        "backlog",
        "Open tickets",
        "tickets",
        Kind.LEVEL,
        Anchor.MOMENT,
        "Tickets created by then and not solved at that moment, from the status history. A ticket that was solved at a "
        "time nobody knows is not open.",
        "opened",
        "closed",
        better=Better.LOWER,
        pitfall="Created minus closed within a period is not a backlog.",
        is_dated=True,
    ),
    _duration(
        "first_reply_time",
        "First reply time",
        "From creation to the first public reply by a person. Bots, rules and private notes do not count. Without "
        "messages, the time that the source gives counts.",
        need=_REPLY,
    ),
    _duration(
        "first_reply_business_time",
        "First reply time, business hours",
        "From creation to the first public reply by a person, counting only business hours.",
        Clock.BUSINESS,
        need=_REPLY,
    ),
    _duration(
        "first_reply_after_handover_time",
        "First reply time after a bot",
        "From the moment a bot handed the ticket over to people, to the first public reply by a person. A hand-over is "
        "a message of the type handover; without one, the first time that an agent or a team was set after the bot's "
        "first public message.",
        need=_MESSAGES,
    ),
    _duration(
        "next_reply_time",
        "Next reply time",
        "For each run of unanswered customer messages after the first reply: from its first message to the next public "
        "reply.",
        need=_MESSAGES,
    ),
    _duration(
        "next_reply_business_time",
        "Next reply time, business hours",
        "As next reply time, counting only business hours.",
        Clock.BUSINESS,
        need=_MESSAGES,
    ),
    _duration(
        "first_resolution_time", "First resolution time", "From creation to the first time the ticket was solved."
    ),
    _duration(
        "resolution_time",
        "Full resolution time",
        "From creation to the latest time the ticket was solved. A reopened ticket has none until it is solved again.",
    ),
    _duration(
        "resolution_business_time",
        "Full resolution time, business hours",
        "From creation to the latest time the ticket was solved, counting only business hours.",
        Clock.BUSINESS,
    ),
    _duration(
        "net_resolution_time",
        "Net resolution time",
        "Full resolution time without the time in which the clock stood still: in the statuses that the ticket's SLA "
        "policy names for resolutions, and where no policy names any, pending and on hold. It needs a status history.",
        need=_HISTORY,
    ),
    _duration(
        "net_resolution_business_time",
        "Net resolution time, business hours",
        "As net resolution time, counting only business hours.",
        Clock.BUSINESS,
        need=_HISTORY,
    ),
    _duration(
        "resolution_time_by_creation",
        "Full resolution time, by creation date",
        "Full resolution time of the tickets created in the period and solved by now. Tickets still open are left out: "
        "read it with the censored view.",
        anchor=Anchor.CREATED,
    ),
    _duration(
        "requester_wait_time",
        "Requester wait time",
        "Time the ticket spent new, open or on hold until it was last solved: the customer was waiting for the desk.",
        need=_HISTORY,
    ),
    _duration(
        "agent_wait_time",
        "Agent wait time",
        "Time the ticket spent pending: the desk was waiting for the customer.",
        need=_HISTORY,
    ),
    _duration("on_hold_time", "On-hold time", "Time the ticket spent on hold until it was last solved.", need=_HISTORY),
    _duration(
        "handle_time",
        "Handle time",
        "Sum of the recorded durations of the ticket's interactions, at resolution, and of the tickets merged into it. "
        "Where no interaction has one, the minutes that the source gives count.",
        need=_MINUTES,
    ),
    _count(
        "reopens",
        "Reopens",
        "reopens",
        "Times a solved ticket went back to open. Merges and automatic changes do not count.",
        better=Better.LOWER,
        need=_HISTORY,
    ),
    Metric(
        "reopen_rate",
        "Reopen rate",
        "share",
        Kind.SHARE,
        Anchor.HAPPENED,
        "Tickets reopened at least once ÷ tickets resolved in the period. Where there is no status history, the number "
        "of reopenings that the source gives counts.",
        "resolved_after_reopen",
        "resolved_with_reopens",
        better=Better.LOWER,
        need=_REOPENS,
    ),
    Metric(
        "one_touch_rate",
        "One-touch rate",
        "share",
        Kind.SHARE,
        Anchor.HAPPENED,
        "Resolved tickets with at least one public reply, never pending or on hold and never reopened ÷ tickets "
        "resolved.",
        "one_touch",
        "resolved_with_touches",
        better=Better.HIGHER,
        pitfall="A source that gives a number of reopenings in place of a status history does not tell of waiting.",
        need=_TOUCHES,
    ),
    Metric(
        "sla_tickets_met",
        "SLA met",
        "share",
        Kind.SHARE,
        Anchor.HAPPENED,
        "Tickets with at least one SLA target met and none missed ÷ tickets with at least one met or missed. A ticket "
        "counts once, on the day its last target ended; a target that ends later, after a reopening, moves it.",
        "sla_tickets_met",
        "sla_tickets_judged",
        better=Better.HIGHER,
        pitfall="Lower than the share of targets met, as one missed target is enough. Tickets marked as needing no "
        "answer have no reply targets.",
    ),
    _count(
        "sla_tickets_missed",
        "Tickets with an SLA target missed",
        "tickets",
        "Tickets with at least one SLA target missed, on the day the ticket's last target ended.",
        better=Better.LOWER,
    ),
    Metric(
        "sla_attainment",
        "SLA targets met",
        "share",
        Kind.SHARE,
        Anchor.HAPPENED,
        "Targets met ÷ (met + missed), over first reply, next reply and resolution targets that ended in the period. A "
        "first reply that never came is missed, however early the ticket was solved; a next reply that never came is "
        "missed when the ticket was solved after it was due.",
        "sla_met",
        "sla_completed",
        better=Better.HIGHER,
        pitfall="Targets still running, overdue or ended unanswered are in neither, and are shown apart.",
    ),
    *(
        Metric(
            f"sla_{target}_attainment",
            f"SLA met, {label}",
            "share",
            Kind.SHARE,
            Anchor.HAPPENED,
            f"{label.capitalize()} targets met ÷ (met + missed), completed in the period.",
            f"sla_{target}_met",
            f"sla_{target}_completed",
            better=Better.HIGHER,
        )
        for target, label in _SLA_TARGETS
    ),
    _count(
        "sla_breaches",
        "SLA targets missed",
        "targets",
        "Targets that ended in the period and were missed: done late, or never.",
        better=Better.LOWER,
    ),
    _count(
        "ended_unanswered",
        "Ended unanswered",
        "targets",
        "Next replies that never came, because the ticket was solved before they were due. They are neither met nor "
        "missed.",
    ),
    *(
        _count(f"sla_started{suffix}", label, "targets", definition, anchor=Anchor.CREATED, better=better)
        for suffix, label, definition, better in _STARTED
    ),
    Metric(
        "sla_source_met",
        "SLA met, says the source",
        "share",
        Kind.SHARE,
        Anchor.CREATED,
        "Of the tickets created in the period: those whose source says that its own SLA was met ÷ those of which it "
        "says that it was met or missed.",
        "sla_source_met",
        "sla_source_judged",
        better=Better.HIGHER,
        pitfall="The source's targets, clocks and calendars are not this desk's: see where the two agree.",
    ),
    Metric(
        "sla_source_agreement",
        "SLA verdicts that agree",
        "share",
        Kind.SHARE,
        Anchor.HAPPENED,
        "Tickets of which the source and this desk's policies say the same, met or missed ÷ tickets that both have "
        "judged.",
        "sla_both_agree",
        "sla_both_judged",
    ),
    *(
        _count(slug, label, "tickets", f"Tickets that both have judged: {verdict}.")
        for slug, label, verdict in (
            ("sla_met_by_both", "SLA met by both readings", "met by the desk's policies, and by the source"),
            ("sla_missed_by_both", "SLA missed by both readings", "missed by the desk's policies, and by the source"),
            ("sla_missed_here_only", "SLA missed by ours alone", "missed by the desk's policies, met by the source"),
            ("sla_missed_there_only", "SLA missed by theirs alone", "met by the desk's policies, missed by the source"),
        )
    ),
    Metric(
        "csat",
        "CSAT",
        "share",
        Kind.SHARE,
        Anchor.HAPPENED,
        "Ratings of 4 or 5 ÷ ratings given in the period. A ticket may be rated several times; of the answers to one "
        "survey the latest counts, and so does the latest of a day without a reopening in between.",
        "ratings_good",
        "ratings",
        better=Better.HIGHER,
    ),
    Metric(
        "mean_rating",
        "Mean rating",
        "rating",
        Kind.MEAN,
        Anchor.HAPPENED,
        "Mean of the ratings (1 to 5) given in the period.",
        "rating_sum",
        "ratings",
        better=Better.HIGHER,
    ),
    Metric(
        "csat_response_rate",
        "CSAT response rate",
        "share",
        Kind.SHARE,
        Anchor.HAPPENED,
        "Surveys offered in the period that were answered ÷ surveys offered.",
        "surveys_answered",
        "surveys_offered",
        better=Better.HIGHER,
    ),
    Metric(
        "contacts",
        "Contacts per ticket",
        "contacts",
        Kind.MEAN,
        Anchor.HAPPENED,
        "Customer-facing interactions per ticket, over tickets resolved in the period.",
        "contacts_sum",
        "resolved_with_messages",
        better=Better.LOWER,
        need=_MESSAGES,
    ),
    Metric(
        "proactive_updates",
        "Proactive updates per ticket",
        "updates",
        Kind.MEAN,
        Anchor.HAPPENED,
        "Public messages from the desk that answered no customer message, before resolution, per ticket resolved.",
        "proactive_updates_sum",
        "resolved_with_messages",
        better=Better.HIGHER,
        need=_MESSAGES,
    ),
    Metric(
        "same_agent_share",
        "Same-agent share",
        "share",
        Kind.SHARE,
        Anchor.HAPPENED,
        "Resolved tickets whose agent contacts (two or more) were all by one agent ÷ resolved tickets with two or "
        "more.",
        "same_agent",
        "several_agent_contacts",
        better=Better.HIGHER,
        need=_MESSAGES,
    ),
    Metric(
        "escalation_rate",
        "Escalation rate",
        "share",
        Kind.SHARE,
        Anchor.HAPPENED,
        "Resolved tickets that changed team or were raised in priority by a person ÷ tickets resolved. A source that "
        "gives no status history is taken to give no other history either.",
        "escalated",
        "resolved_with_history",
        better=Better.LOWER,
        need=_HISTORY,
    ),
)

METRICS: dict[str, Metric] = {metric.slug: metric for metric in _ALL}


def metric_by_slug(slug: str) -> Metric:
    """Return the metric with a slug.

    Raises:
        UnknownMetricError: If no metric has the slug.
    """
    try:
        return METRICS[slug]
    except KeyError:
        raise UnknownMetricError(slug) from None

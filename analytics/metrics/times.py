"""How long tickets and replies take."""

from typing import Final

from analytics.metrics.model import Anchor, Better, Clock, Kind, Metric, Need
from analytics.metrics.needs import HISTORY, MESSAGES, MINUTES, REPLY


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


TIMES: Final[tuple[Metric, ...]] = (
    _duration(
        "first_reply_time",
        "First reply time",
        "From creation to the first public reply by a person. Bots, rules and private notes do not count. Without "
        "messages, the time that the source gives counts.",
        need=REPLY,
    ),
    _duration(
        "first_reply_business_time",
        "First reply time, business hours",
        "From creation to the first public reply by a person, counting only business hours.",
        Clock.BUSINESS,
        need=REPLY,
    ),
    _duration(
        "first_reply_after_handover_time",
        "First reply time after a bot",
        "From the moment a bot handed the ticket over to people, to the first public reply by a person. A hand-over is "
        "a message of the type handover; without one, the first time that an agent or a team was set after the bot's "
        "first public message.",
        need=MESSAGES,
    ),
    _duration(
        "next_reply_time",
        "Next reply time",
        "For each run of unanswered customer messages after the first reply: from its first message to the next public "
        "reply.",
        need=MESSAGES,
    ),
    _duration(
        "next_reply_business_time",
        "Next reply time, business hours",
        "As next reply time, counting only business hours.",
        Clock.BUSINESS,
        need=MESSAGES,
    ),
    _duration(
        "first_resolution_time", "First resolution time", "From creation to the first time the ticket was solved."
    ),
    _duration(
        "resolution_time",
        "Full resolution time",
        "From creation to the latest time the ticket was solved. A reopened ticket has none until it is solved again. "
        "The category that takes longest is the one with the longest median, all hours counted, among those with 20 "
        "tickets or more; medians within 2 % of it take as long.",
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
        need=HISTORY,
    ),
    _duration(
        "net_resolution_business_time",
        "Net resolution time, business hours",
        "As net resolution time, counting only business hours.",
        Clock.BUSINESS,
        need=HISTORY,
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
        need=HISTORY,
    ),
    _duration(
        "agent_wait_time",
        "Agent wait time",
        "Time the ticket spent pending: the desk was waiting for the customer.",
        need=HISTORY,
    ),
    _duration("on_hold_time", "On-hold time", "Time the ticket spent on hold until it was last solved.", need=HISTORY),
    _duration(
        "handle_time",
        "Handle time",
        "Sum of the recorded durations of the ticket's interactions, at resolution, and of the tickets merged into it. "
        "Where no interaction has one, the minutes that the source gives count.",
        need=MINUTES,
    ),
)

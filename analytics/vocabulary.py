"""The words and codes that tables, jobs and pages share, each declared once."""

from collections.abc import Mapping
from datetime import timedelta
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Final

STATUSES: Final = ("new", "open", "pending", "on_hold", "resolved", "closed")
SOLVED_STATUSES: Final = ("resolved", "closed")
PRIORITIES: Final = ("low", "medium", "high", "urgent")
"""The least urgent first."""
CHANNELS: Final = ("email", "call", "chat", "form", "social", "other")
DIMENSIONS: Final = ("category", "priority", "channel", "customer_type", "agent", "team", "sla_policy")
"""What tickets are told apart by."""
HANDOVER: Final = "handover"
"""Type of the interaction by which a bot hands a ticket over to people; it is no message."""
UNBOUNDED_DIMENSIONS: Final = ("customer", "organisation", "brand")
"""What tickets can also be told apart by, but what may have any number of values: the facts have it, rollups do not."""
CUSTOM_MARK: Final = "custom."
"""What the name of a dimension that the desk declared itself begins with, where it stands beside the others."""
NO_CUSTOMER: Final = "unknown@customer.invalid"
"""Stands for the customer of a source that has none; it is never counted as one."""

CALL_OUTCOMES: Final = ("reached", "no_answer", "call_back")
"""How a call to a customer ended."""
NOT_SET: Final = "~"
"""How "not set" is written where a value has to be some text."""
NOT_SET_ID: Final = 0
"""Id of a dimension that a ticket has no value of."""
UNKNOWN_HOUR: Final = -1
"""Hour of what is known by date only."""
TOTAL_SERIES: Final = "total"
"""Key of the forecast of all tickets together."""
LONGEST_EVENT_DAYS: Final = 366
"""Days that an event of the desk's calendar may last."""
LARGEST_EVENT_CHANGE: Final = 10
"""Share that an event may be expected to add: ten times the usual."""
SIGNIFICANCE: Final = 0.05
"""Of all that is said, at most this share may be expected to be chance."""
MIDDLE_95: Final = (2.5, 97.5)
"""Per cents between which the middle 95 % of resampled values lie."""
DUE_SOON: Final = timedelta(hours=2)
"""A target that falls due within this time is due soon."""
DUE_TOMORROW: Final = timedelta(days=1, hours=10)
"""A target that falls due within this time of the day's midnight, by tomorrow at 10:00, is for today."""
OLD: Final = timedelta(days=14)
"""A ticket that has been open for this time is old."""
REPEATED_CONTACTS: Final = 3
"""A customer who got in touch about a ticket so many times has had to ask again."""
FRUSTRATED: Final = "frustrated"
"""The classifier's word for a text that sounds negative."""
LARGEST_CLOCK_ERROR: Final = timedelta(minutes=5)
"""What ends before it began by this much or less comes from clocks that disagree, and took no time."""
EXAMPLE_TARGETS: Final[Mapping[str, tuple[int, int, int]]] = MappingProxyType(
    {"Urgent": (30, 60, 240), "High": (60, 120, 480), "Medium": (240, 240, 1080), "Low": (480, 480, 2700)}
)
"""SLA policies that a new desk starts with: minutes to the first reply, to a next reply and to the resolution."""
PAUSING_STATUSES: Final = ("pending", "on_hold")
"""In these the clock of a resolution stands still, unless a policy says otherwise."""


class Role(StrEnum):
    """What a user may do: a viewer reads, a manager also changes."""

    MANAGER = "manager"
    VIEWER = "viewer"


class InsightJob(StrEnum):
    """Jobs whose latest look at the data is kept in `marts.insight_runs`."""

    COMPARE_AGENTS = "compare_agents"
    FIND_ANOMALIES = "find_anomalies"
    WRITE_INSIGHTS = "write_insights"


class SlaState(IntEnum):
    """Where one target of a ticket stands; the marts store the number."""

    MET = 1
    MISSED = 2
    RUNNING = 3
    """Not done. The target may be past due."""
    ENDED_UNANSWERED = 4
    """A next reply that never came, because the ticket was solved before it was due."""


class SlaTarget(IntEnum):
    """What a policy promises; staged tables store the number."""

    FIRST_REPLY = 1
    NEXT_REPLY = 2
    RESOLUTION = 3


class EventKind(IntEnum):
    """What may happen to a ticket more than once; the marts store the number."""

    SOLVED = 1
    REOPENED = 2
    REOPENED_AUTOMATICALLY = 3
    NEXT_REPLY = 4
    NEXT_REPLY_ENDED = 5
    """The ticket was solved without the reply that the customer waited for."""
    RATED = 6
    SURVEYED = 7
    """A customer was asked for a rating."""


MOVING_TIMES: Final = ("easter", "ramadan", "black_friday")
"""Slugs of times that move through the year."""
EVENT_TIME: Final = "event:"
"""What the slug of a time begins with that the desk itself has named; its name follows."""

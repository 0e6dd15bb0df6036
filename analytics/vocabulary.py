"""The words and codes that tables, jobs and pages share, each declared once."""

from datetime import timedelta
from enum import IntEnum
from typing import Final

STATUSES: Final = ("new", "open", "pending", "on_hold", "resolved", "closed")
SOLVED_STATUSES: Final = ("resolved", "closed")
PRIORITIES: Final = ("low", "medium", "high", "urgent")
"""The least urgent first."""
CHANNELS: Final = ("email", "call", "chat", "form", "social", "other")
DIMENSIONS: Final = ("category", "priority", "channel", "customer_type", "agent", "team", "sla_policy")
"""What tickets are told apart by."""
NO_CUSTOMER: Final = "unknown@customer.invalid"
"""Stands for the customer of a source that has none; it is never counted as one."""

NOT_SET_ID: Final = 0
"""Id of a dimension that a ticket has no value of."""
UNKNOWN_HOUR: Final = -1
"""Hour of what is known by date only."""
DUE_SOON: Final = timedelta(hours=2)
"""A target that falls due within this time is due soon."""
OLD: Final = timedelta(days=14)
"""A ticket that has been open for this time is old."""


class SlaState(IntEnum):
    """Where one target of a ticket stands; the marts store the number."""

    MET = 1
    MISSED = 2
    RUNNING = 3
    """Not done. The target may be past due."""


class EventKind(IntEnum):
    """What may happen to a ticket more than once; the marts store the number."""

    SOLVED = 1
    REOPENED = 2
    REOPENED_AUTOMATICALLY = 3
    NEXT_REPLY = 4

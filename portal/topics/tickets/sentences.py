"""The sentences about a ticket's SLA targets, each with named parts. A second language is a second list of them."""

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, str]] = {
    "sla.none": "No target applies to this ticket.",
    "sla.policy": "Policy: {policy}",
    "sla.policy.example": "Policy: {policy}; measured against example targets",
    "sla.promise.business": "within {minutes}, business hours",
    "sla.promise.all": "within {minutes}, all hours",
    "sla.by_policy": "by the policy {policy}",
    "sla.due": "Due {when}",
    "sla.overdue": "{late}: was due {when}",
    "sla.met": "Met",
    "sla.missed": "Missed",
    "sla.paused": "The clock stands still",
    "sla.no_due_time": "No due time: the calendar of the policy has too few open hours",
    "sla.ended_unanswered": "Solved before it was due, without an answer",
    "sla.not_begun": "Not begun",
    "sla.not_needed": "No answer needed",
    "sla.was_due": "due {when}",
    "sla.worked": "worked {minutes}",
    "sla.stood_still": "paused {minutes}",
    "sla.moved": "Moved by {days}",
}

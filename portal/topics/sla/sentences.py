"""The sentences of the SLA page, each with named parts. A second language is a second list of them."""

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, str]] = {
    "due.one": "{tickets} misses a target before 10:00 of the next day unless something is done",
    "due.many": "{tickets} miss a target before 10:00 of the next day unless something is done",
    "due.none": "No target falls due before 10:00 of the next day",
    "due.unassigned.one": "Of the {count}, {unassigned} has nobody assigned.",
    "due.unassigned.many": "Of the {count}, {unassigned} have nobody assigned.",
    "due.one_unassigned": "Nobody is assigned to it.",
    "worse": "{name} got worse: {now} of tickets met every target, {before} in the comparison",
    "better": "{name} got better: {now} of tickets met every target, {before} in the comparison",
    "kept": "{now} of {tickets} met every target",
    "nothing_kept": "no ticket of the period has met or missed a target",
    "group.due_within_hours": "Within 2 hours",
    "group.due_later_today": "Later today",
    "group.due_in_the_morning": "Before 10:00 tomorrow",
    "target.first_reply": "First reply",
    "target.next_reply": "Next reply",
    "target.resolution": "Solve",
    "nobody": "Nobody assigned",
    "also_overdue": "another target is overdue",
    "promise.first": "reply {time}",
    "promise.next": "next reply {time}",
    "promise.solved": "solve {time}",
    "split.first": "{name} missed most: {missed} of {n}.",
    "split.none": "Every ticket met every target.",
    "split.worst": "{name} met fewest: {share} of {n}.",
    "examples": " Measured against example targets, as long as nobody at the desk has set its own.",
}

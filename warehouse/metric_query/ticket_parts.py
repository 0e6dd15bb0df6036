"""Parts of a number whose tickets can be listed: a range of a distribution, or the overdue among the open tickets."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from analytics.lateness import LATE_FROM, Lateness
from analytics.metrics import Kind, Metric
from analytics.vocabulary import DUE_SOON, DUE_TOMORROW, FRUSTRATED, NOT_SET_ID, OLD, REPEATED_CONTACTS
from warehouse.metric_query.model import UnanswerableQueryError

PARTS: Final = ("all", "denominator", "numerator")
LEFT_OUT_PARTS: Final = ("excluded", "merged", "unknown", "undated")
"""Tickets that a number leaves out: spam and tests, merged, of a source that says too little, solved without a date."""


def earliest_due(table: str = "") -> str:
    """Return the SQL of the instant at which the next running target of a ticket falls due.

    Args:
        table: Alias of `fct_tickets`; empty where no column needs one.
    """
    prefix = f"{table}." if table else ""
    return f"least({prefix}first_reply_due_at, {prefix}next_reply_due_at, {prefix}resolution_due_at)"


_NOW: Final = "(select refreshed_at from ops.data_version)"
_TARGETS: Final = ("first_reply", "next_reply", "resolution")


def _interval(length: timedelta) -> str:
    return f"interval '{length // timedelta(minutes=1)} minutes'"


TOMORROW: Final = (
    f"(select (date_trunc('day', refreshed_at at time zone time_zone) + {_interval(DUE_TOMORROW)})"
    " at time zone time_zone from ops.data_version)"
)
"""SQL of the instant that is tomorrow at 10:00 by the desk's clock, as of the last refresh."""


def due_tomorrow(target: str) -> str:
    """Return the SQL condition of a target that falls due from now until tomorrow at 10:00.

    Args:
        target: "first_reply", "next_reply" or "resolution".
    """
    return f"{target}_due_at >= {_NOW} and {target}_due_at < {TOMORROW}"


def next_due() -> str:
    """Return the SQL of the instant at which the next target of a ticket falls due that is not overdue yet."""
    return f"least({', '.join(f'case when {each}_due_at >= {_NOW} then {each}_due_at end' for each in _TARGETS)})"


_MIDNIGHT: Final = (
    "(select (date_trunc('day', refreshed_at at time zone time_zone) + interval '1 day') at time zone time_zone"
    " from ops.data_version)"
)
_SOON_UNTIL: Final = f"{_NOW} + {_interval(DUE_SOON)}"
DUE_PARTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "due_within_hours": f"{next_due()} < {_SOON_UNTIL}",
        "due_later_today": f"{next_due()} >= {_SOON_UNTIL} and {next_due()} < {_MIDNIGHT}",
        "due_in_the_morning": f"{next_due()} >= greatest({_SOON_UNTIL}, {_MIDNIGHT}) and {next_due()} < {TOMORROW}",
    }
)
"""The tickets of `due_tomorrow`, each once, by when the next of their targets falls due.

A ticket with another target that is overdue already is among them, unlike in `due_soon`.
"""


def _late(grade: Lateness) -> str:
    """Return the condition of being late by a grade: by so much, and by less than the next grade."""
    least, more = LATE_FROM[grade], [each for each in LATE_FROM.values() if each > LATE_FROM[grade]]
    latest = f" and {earliest_due()} > {_NOW} - {_interval(min(more))}" if more else ""
    bound = "<" if not least else "<="
    return f"{earliest_due()} {bound} {_NOW} - {_interval(least)}{latest}"


_SOUNDS_FRUSTRATED: Final = (
    # The columns are renamed, so that `ticket_id` is that of the ticket.
    "(select sentiment from (select ticket_id as said_of, id as said, predicted_at, sentiment"
    " from marts.ticket_predictions) as prediction where said_of = ticket_id"
    f" order by predicted_at desc, said desc limit 1) = '{FRUSTRATED}'"
)
OPEN_PARTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "overdue": f"{earliest_due()} < {_NOW}",
        "due_soon": f"{earliest_due()} >= {_NOW} and {earliest_due()} < {_NOW} + {_interval(DUE_SOON)}",
        "due_tomorrow": " or ".join(f"({due_tomorrow(target)})" for target in _TARGETS).join("()"),
        **DUE_PARTS,
        **{grade.value: _late(grade) for grade in LATE_FROM},
        "due_today": f"{earliest_due()} >= {_NOW} and {earliest_due()} < {_MIDNIGHT}",
        "missed": "sla_missed_count > 0",
        "unassigned": f"agent_id = {NOT_SET_ID}",
        "frustrated": f"({_SOUNDS_FRUSTRATED} or reopen_count > 0 or contact_count >= {REPEATED_CONTACTS})",
        "old": f"created_at <= {_NOW} - {_interval(OLD)}",
    }
)
"""Part of the open tickets -> its condition over `fct_tickets`, as of the last refresh."""

_RANGE: Final = re.compile(r"(\d{1,12})\.\.(\d{1,12})", re.ASCII)


@dataclass(frozen=True, slots=True)
class DurationRange:
    """Durations in [lower, upper), in whole seconds, or in days if only dates are known."""

    lower: int
    upper: int


def part_names(metric: Metric) -> tuple[str, ...]:
    """Return the names of a metric's parts."""
    named = (*PARTS, *OPEN_PARTS) if metric.kind is Kind.LEVEL else PARTS
    if metric.kind is Kind.DURATION:
        named = (*named, "<seconds>..<seconds>")
    is_missing = {"unknown": metric.need is None, "undated": not metric.is_dated}
    return (*named, *(part for part in LEFT_OUT_PARTS if not is_missing.get(part)))


def duration_range(metric: Metric, part: str) -> DurationRange | None:
    """Return the range of a part such as "3600..5400"; None if the part is not a range.

    Raises:
        UnanswerableQueryError: If the metric has no such part.
    """
    matched = _RANGE.fullmatch(part) if metric.kind is Kind.DURATION else None
    if matched is not None:
        return DurationRange(int(matched[1]), int(matched[2]))
    if part not in part_names(metric) or part.startswith("<"):
        message = f"{metric.label} has no part {part!r}."
        raise UnanswerableQueryError(message, f"Choose from: {', '.join(part_names(metric))}.")
    return None


def open_condition(part: str) -> str:
    """Return the condition of a part of the open tickets."""
    return OPEN_PARTS.get(part, "true")

"""Parts of a number whose tickets can be listed: a range of a distribution, or the overdue among the open tickets."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from analytics.metrics import Kind, Metric
from analytics.vocabulary import DUE_SOON, OLD
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


def _interval(length: timedelta) -> str:
    return f"interval '{length // timedelta(minutes=1)} minutes'"


OPEN_PARTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "overdue": f"{earliest_due()} < {_NOW}",
        "due_soon": f"{earliest_due()} >= {_NOW} and {earliest_due()} < {_NOW} + {_interval(DUE_SOON)}",
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

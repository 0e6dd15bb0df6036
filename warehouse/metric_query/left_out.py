"""What an answer leaves out, and why: each reason with its number of tickets or events."""

from collections.abc import Iterable, Mapping
from typing import Final

from analytics.metrics import Metric
from warehouse.metric_query.model import LeftOut
from warehouse.rollups.declaration import COUNTERS, Anchor

EXCLUDED_REASON: Final = "marked as spam or test"
MERGED_REASON: Final = "merged"
UNTIMED_REASON: Final = "known by date only, without a time of day"
DATES_ONLY_REASON: Final = "known by date only, in whole days"
UNDATED_REASON: Final = "solved, date not known"
NO_ANSWER_REASON: Final = "marked as needing no answer, which have no reply targets"
UNDATED: Final = "solved_undated"
RESOLVED: Final = "resolved"

Sums = Mapping[str, int]


def unknown_reason(metric: Metric) -> str:
    """Return why tickets of some sources are left out of a metric."""
    return f"not known from this source: of these it gives {metric.need.lacking}" if metric.need else ""


def counters_left_out(metric: Metric, anchors: Iterable[Anchor]) -> tuple[str, ...]:
    """Return the counters by which `left_out` tells what a metric leaves out.

    Args:
        metric: The metric.
        anchors: The anchors of the metric's own counters or duration.
    """
    named = [counter for anchor in anchors for counter in anchor.left_out_counters]
    named += [RESOLVED, metric.need.known] if metric.need else []
    named += [UNDATED] if metric.is_dated else []
    named += [_no_answer_counter(metric)] if metric.is_sla else []
    return tuple(dict.fromkeys(named))


def left_out(metric: Metric, anchors: Iterable[Anchor], sums: Sums) -> tuple[LeftOut, ...]:
    """Return what a metric leaves out, from the sums of the counters of `counters_left_out`."""
    listed = tuple(anchors)
    return present(
        (
            LeftOut(unknown_reason(metric), unknown_count(metric, sums), "unknown"),
            LeftOut(UNDATED_REASON, sums.get(UNDATED, 0) if metric.is_dated else 0, "undated"),
            LeftOut(NO_ANSWER_REASON, sums.get(_no_answer_counter(metric), 0) if metric.is_sla else 0),
            LeftOut(EXCLUDED_REASON, sum(sums.get(anchor.excluded_counter, 0) for anchor in listed), "excluded"),
            LeftOut(MERGED_REASON, sum(sums.get(anchor.merged_counter, 0) for anchor in listed), "merged"),
        )
    )


def _no_answer_counter(metric: Metric) -> str:
    """Return the counter of the tickets that have no reply targets, by the date that puts a ticket into the period."""
    return "no_answer_needed" if metric.is_by_creation else "no_answer_needed_resolved"


def unknown_count(metric: Metric, sums: Sums) -> int:
    """Return how many resolved tickets lack what the metric needs."""
    return sums.get(RESOLVED, 0) - sums.get(metric.need.known, 0) if metric.need else 0


def is_unknown(metric: Metric, sums: Sums) -> bool:
    """Say whether tickets were resolved, and none of them has what the metric needs."""
    return metric.need is not None and not sums.get(metric.need.known, 0) and unknown_count(metric, sums) > 0


def present(reasons: Iterable[LeftOut]) -> tuple[LeftOut, ...]:
    """Return the reasons that leave anything out."""
    return tuple(each for each in reasons if each.count)


def total(groups: Iterable[Sums]) -> dict[str, int]:
    """Return the sums of several groups added up."""
    added: dict[str, int] = {}
    for sums in groups:
        for counter, count in sums.items():
            added[counter] = added.get(counter, 0) + count
    return added


def openings(counter: str) -> int:
    """Return 1 for a counter of openings, and -1 for one of closings, so that the sum is what is still open."""
    return -1 if COUNTERS[counter] is COUNTERS["closed"] else 1

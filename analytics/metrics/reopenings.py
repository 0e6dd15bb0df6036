"""How often a solved ticket comes back."""

from typing import Final

from analytics.metrics.model import Anchor, Better, Kind, Metric, count
from analytics.metrics.needs import HISTORY, REOPENS, TOUCHES

REOPENINGS: Final[tuple[Metric, ...]] = (
    count(
        "reopens",
        "Reopens",
        "reopens",
        "Times a solved ticket went back to open. Merges and automatic changes do not count.",
        better=Better.LOWER,
        need=HISTORY,
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
        need=REOPENS,
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
        need=TOUCHES,
    ),
)

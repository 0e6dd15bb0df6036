"""What the Overview shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from analytics.metrics import Metric
from portal.numbers.phrasing import Tone
from portal.numbers.reading import NOT_JUDGED, Judged, Reading, Series
from portal.topics.resolution.dataset import SlaMet


@dataclass(frozen=True, slots=True)
class Kpi:
    """One of the six cards.

    Attributes:
        title: Name on the card.
        metric: Its definition and which direction is good.
        now: The number of the period.
        before: The number it is compared with; None when there is no comparison.
        compared_to: Words for what it is compared with, such as "vs last year".
        aside: Short words at the right, such as "n 2,760".
        trend: Values over the period, for the sparkline; None where nothing was measured.
        href: The tickets behind the number.
        empty: Why there is no number and what to do; "" when there is one.
        sla: What stands beside the share of tickets that met their SLA; None on other cards.
        judged: Whether the change is more than chance, and what the mix of tickets did to it.
        is_running: Whether the last stretch of the trend is not over yet.
    """

    title: str
    metric: Metric
    now: Reading
    before: Reading | None
    compared_to: str
    aside: str
    trend: tuple[float | None, ...]
    href: str
    empty: str = ""
    sla: SlaMet | None = None
    judged: Judged = NOT_JUDGED
    is_running: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """What came in and went out in each stretch, and how many tickets stood open at its end.

    Attributes:
        grain: "day", "week" or "month".
        inflow: Tickets created, and solved ones opened again.
        outflow: Times a ticket was solved. Inflow less outflow is the change of the open tickets.
        backlog: Open at the end of each stretch.
        open_before: Open when the period began.
        reopened: How much of the inflow are tickets opened again.
        undated: Tickets of the period that are solved, on a day nobody knows: in and out on the day they were created.
        merged: Tickets of the period that are in nothing of this, as they were merged into others.
        excluded: The same of spam and tests.
    """

    grain: str
    inflow: Series
    outflow: Series
    backlog: Series
    open_before: int
    reopened: int = 0
    undated: int = 0
    merged: int = 0
    excluded: int = 0


class Attention(StrEnum):
    """What may need somebody."""

    OVERDUE = "overdue"
    DUE_SOON = "due_soon"
    DUE_TOMORROW = "due_tomorrow"
    SURGE = "surge"
    OLD = "old"
    SLOWER = "slower"
    UNUSUAL_WEEK = "unusual_week"
    NEWS = "news"


@dataclass(frozen=True, slots=True)
class AttentionItem:
    """One thing that needs somebody.

    Attributes:
        kind: What it is.
        tone: How bad.
        href: The tickets.
        facts: What its sentences need; of news the insight.
    """

    kind: Attention
    tone: Tone
    href: str
    facts: Mapping[str, Any]

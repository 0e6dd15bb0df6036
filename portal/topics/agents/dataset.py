"""Agents held against what the kind of their tickets would have brought."""

from dataclasses import dataclass
from datetime import date

from analytics.metrics import Better, Metric


@dataclass(frozen=True, slots=True)
class AgentRow:
    """One agent.

    Attributes:
        agent: Name.
        n: Tickets, or ratings.
        observed: What was seen, in the metric's unit.
        expected: What tickets of that kind would have brought.
        ratio: Observed ÷ expected.
        low: Lower end of its 95 % interval.
        high: Upper end.
        pooled: The ratio drawn towards 1 as far as so few tickets demand.
        is_judged: Whether there are enough tickets to say anything.
        differs: Whether it is other than expected by more than chance.
        href: The tickets behind it.
    """

    agent: str
    n: int
    observed: float
    expected: float
    ratio: float
    low: float
    high: float
    pooled: float
    is_judged: bool
    differs: bool
    href: str


@dataclass(frozen=True, slots=True)
class AgentFigures:
    """All agents on one metric.

    Attributes:
        metric: What they are compared on.
        rows: By name.
        first: First day of the tickets; None when nothing was compared yet.
        last: Last day.
        clock: "calendar", "business", or "".
        ticket_count: Tickets, or ratings, of all agents.
        spread: Standard deviation between agents beyond chance, on the log scale.
        deviation: Of one ticket, on the log scale.
    """

    metric: Metric
    rows: tuple[AgentRow, ...]
    first: date | None
    last: date | None
    clock: str
    ticket_count: int
    spread: float
    deviation: float

    @property
    def better(self) -> Better:
        """Which direction is good news."""
        return self.metric.better

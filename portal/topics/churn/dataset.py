"""Who may leave, and what went before others left."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from analytics.notices import Notice


@dataclass(frozen=True, slots=True)
class RiskyCustomer:
    """A customer near the top of the list.

    Attributes:
        position: 1 is the highest.
        score: A chance 0..1, or points 0 to 100.
        reasons: Slugs of what raises the score, the strongest first.
        customer_type: What a manager calls it.
        tickets: In the last 365 days.
        ticket_id: Their latest ticket, which says who it is.
        href: The customer's page.
        customer: Number, as the facts have it.
        name: Name; "" when that is not known.
        behind: Reason -> link to the very ticket that shows it.
    """

    position: int
    score: float
    reasons: tuple[str, ...]
    customer_type: str
    tickets: int
    ticket_id: int
    href: str
    customer: int = 0
    name: str = ""
    behind: Mapping[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """Name, or the ticket that says who it is."""
        return self.name or f"Customer of ticket {self.ticket_id}"


@dataclass(frozen=True, slots=True)
class LeavingRatio:
    """How many times as often customers leave after something.

    Attributes:
        label: What a manager calls it.
        kind: "experience" or "category"; "" for hazards.
        ratio: 1 is no difference.
        low: Lower end of the 95 % interval.
        high: Upper end; None: no upper end.
        departures: Departures in the 180 days after it.
        excess: Of those, how many more than would have left anyway; None where not worked out.
        is_supported: Whether it differs from 1 by more than chance.
        href: Tickets of the category; "" for experiences.
    """

    label: str
    kind: str
    ratio: float
    low: float
    high: float | None
    departures: int
    excess: float | None
    is_supported: bool
    href: str = ""


@dataclass(frozen=True, slots=True)
class Tenth:
    """A tenth of the customers by predicted chance; shares 0..1."""

    predicted: float
    observed: float
    n: int


@dataclass(frozen=True, slots=True)
class ModelTest:
    """How a model did on months it had not seen; intervals are (low, high)."""

    name: str
    is_chosen: bool
    auc: float
    auc_interval: tuple[float, float]
    lift: float
    lift_interval: tuple[float, float]
    log_loss: float
    baseline_log_loss: float
    tenths: tuple[Tenth, ...]
    n: int
    left: int


@dataclass(frozen=True, slots=True)
class Churn:
    """The latest analysis.

    Attributes:
        made_at: When.
        kind: "model", "indicator" or "nothing".
        customers: Known customers.
        left: Recorded to have left.
        scored: Today's customers with a score.
        expected: How many of them may leave within the horizon; None without a model.
        horizon_days: What a chance is about.
        top: The highest scores.
        pain_points: What goes with most departures first.
        hazards: After late answers, low ratings and unresolved tickets.
        tests: Of both models.
        notices: What is missing and why.
    """

    made_at: datetime
    kind: str
    customers: int
    left: int
    scored: int
    expected: float | None
    horizon_days: int
    top: tuple[RiskyCustomer, ...]
    pain_points: tuple[LeavingRatio, ...]
    hazards: tuple[LeavingRatio, ...]
    tests: tuple[ModelTest, ...]
    notices: tuple[Notice, ...]

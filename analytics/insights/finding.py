"""A finding that may be worth saying: its size, how sure it is, and which tickets are behind it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Topic(StrEnum):
    """The question that a finding answers."""

    SLOWEST = "slowest"
    WORST_TARGETS = "worst_targets"
    TARGETS_AT_RISK = "targets_at_risk"
    SUPPORT_NEED = "support_need"
    SEASON = "season"
    ODD_DAYS = "odd_days"
    RATINGS = "ratings"
    AGENTS = "agents"
    CHURN = "churn"
    DEMAND = "demand"
    STAFFING = "staffing"


@dataclass(frozen=True, slots=True)
class Effect:
    """The size of an effect.

    Attributes:
        value: The size.
        low: Lower end of the 95 % interval.
        high: Upper end.
        unit: "times" (a ratio), "share" (a difference of shares, 0..1), "rating" (points) or "people".
    """

    value: float
    low: float
    high: float
    unit: str

    @property
    def neutral(self) -> float:
        """The size that means no effect: 1 for a ratio, else 0."""
        return 1.0 if self.unit == "times" else 0.0

    @property
    def is_clear(self) -> bool:
        """Whether the whole interval lies on one side of "no effect"."""
        return self.low > self.neutral or self.high < self.neutral


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, whether or not it is worth saying.

    Attributes:
        topic: The question it answers.
        subject: What it is about: a category, a pair, a window. It keeps the same value from day to day.
        title: One sentence.
        detail: The numbers behind it, with interval and n.
        action: What to do about it; "" when the numbers cannot say.
        effect: Its size.
        n: Tickets (customers, ratings) it is computed over.
        p_value: Chance of an effect this large where there is none, allowing for everything that was searched.
        weight: How much it matters, for the ranking: about the share of all tickets concerned × the size on the log
            scale.
        tone: "bad", "good" or "neutral".
        start: First day it is about.
        end: First day after that period.
        path: Page that shows it.
        where: Filters of that page: dimension -> values.
        parameters: Further parameters of the page's address.
    """

    topic: Topic
    subject: str
    title: str
    detail: str
    action: str
    effect: Effect
    n: int
    p_value: float
    weight: float
    tone: str
    start: date
    end: date
    path: str
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that could not be answered.

    Attributes:
        topic: The question.
        why: What is missing, in one sentence.
        what_to_do: How to supply it, in one sentence.
    """

    topic: Topic
    why: str
    what_to_do: str

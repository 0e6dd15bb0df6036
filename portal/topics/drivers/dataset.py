"""What goes with good and bad ratings."""

from dataclasses import dataclass
from datetime import date, datetime

from analytics.notices import Notice


@dataclass(frozen=True, slots=True)
class DriverEffect:
    """One thing that goes with ratings, or that nothing can be told of.

    Attributes:
        slug: The driver, or "same_agent".
        label: What a manager calls it.
        change: What the estimate is for, such as "twice as long".
        unit: "points" of rating, where 0 is no effect, or "ratio" of mean ratings, where 1 is none.
        estimate: As told.
        low: Lower end of the 95 % interval.
        high: Upper end.
        good_odds: Odds ratio of a rating of 4 or 5 with its interval; None where unknown.
        better_odds: Odds ratio of any better rating, likewise.
        n: Ratings.
        is_supported: Whether it differs from no effect by more than chance.
        means: Mean ratings of one agent's tickets and of several agents'; None for every other driver.
    """

    slug: str
    label: str
    change: str
    unit: str
    estimate: float
    low: float
    high: float
    good_odds: tuple[float, float, float] | None
    better_odds: tuple[float, float, float] | None
    n: int
    is_supported: bool
    means: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class DriverShare:
    """What one driver explains of the differences between ratings; shares 0..1."""

    label: str
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class CorrelationCell:
    """How two things go together; coefficients -1 to 1, None where they cannot be computed."""

    variable: str
    other: str
    pearson: float | None
    spearman: float | None
    n: int


@dataclass(frozen=True, slots=True)
class ResponseRate:
    """How many of one kind of customers or tickets answered; the first is all of them.

    Attributes:
        dimension: What tells the kinds apart; "" for all.
        value: The kind, "~" where it is not set.
        label: What a manager calls it.
        offered: Surveys sent.
        answered: Ratings given.
        low: Lower end of the 95 % interval of answered ÷ offered.
        high: Upper end.
    """

    dimension: str
    value: str
    label: str
    offered: int
    answered: int
    low: float
    high: float

    @property
    def rate(self) -> float:
        """Share that answered, 0..1."""
        return self.answered / self.offered if self.offered else 0.0


@dataclass(frozen=True, slots=True)
class Drivers:
    """The latest analysis.

    Attributes:
        made_at: When.
        first_date: First day of the tickets looked at; None without any.
        last_date: Last day.
        ticket_count: Solved or rated tickets.
        rated_count: Ratings.
        r_squared: Share of the differences between ratings that goes with everything looked at.
        controls: What was held equal, in words.
        effects: Supported ones first.
        shares: Largest first.
        correlations: Of each pair.
        rates: Who answers.
        notices: What is missing and why.
    """

    made_at: datetime
    first_date: date | None
    last_date: date | None
    ticket_count: int
    rated_count: int
    r_squared: float | None
    controls: tuple[str, ...]
    effects: tuple[DriverEffect, ...]
    shares: tuple[DriverShare, ...]
    correlations: tuple[CorrelationCell, ...]
    rates: tuple[ResponseRate, ...]
    notices: tuple[Notice, ...]

"""A finding that may be worth saying: its size, how sure it is, and which tickets are behind it."""

from collections.abc import Mapping, Sequence
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
    HOLIDAYS = "holidays"


class Claim(StrEnum):
    """What a finding says. Its sentences are made where they are shown, from its facts."""

    SLOWEST_CATEGORY = "slowest_category"
    MOST_MISSED_TARGETS = "most_missed_targets"
    TARGETS_MET = "targets_met"
    MOST_TICKETS_A_CUSTOMER = "most_tickets_a_customer"
    SEASON = "season"
    ODD_DAYS = "odd_days"
    BULK_DAY = "bulk_day"
    DRIVER = "driver"
    SLOWER_AGENTS = "slower_agents"
    LATER_AGENTS = "later_agents"
    LOWER_RATED_AGENTS = "lower_rated_agents"
    REOPENED_AGENTS = "reopened_agents"
    LEAVING_AFTER_EXPERIENCE = "leaving_after_experience"
    LEAVING_AFTER_CATEGORY = "leaving_after_category"
    DEMAND_AHEAD = "demand_ahead"
    SHORT_ROSTER = "short_roster"


class Missing(StrEnum):
    """Why something could not be said."""

    FEW_SOLVED = "few_solved"
    NO_SOLVED_DATES = "no_solved_dates"
    FEW_TARGETS = "few_targets"
    FEW_CUSTOMER_TYPES = "few_customer_types"
    NO_RATINGS = "no_ratings"
    NO_TIMES = "no_times"
    FEW_RATINGS = "few_ratings"
    SHORT_HISTORY = "short_history"
    FEW_AGENTS = "few_agents"
    NOT_COMPARED = "not_compared"
    DAYS_ONLY = "days_only"
    NO_DRIVERS = "no_drivers"
    NO_DEPARTURES = "no_departures"
    FEW_DEPARTURES = "few_departures"
    NO_CHURN = "no_churn"
    NO_FORECAST = "no_forecast"
    NO_PLAN = "no_plan"
    NO_COUNTRY = "no_country"
    NO_ROSTER = "no_roster"


class DurationClock(StrEnum):
    """How durations are known: by business hours, by the calendar, or by whole days alone."""

    BUSINESS = "business"
    CALENDAR = "calendar"
    DAYS = "days"


Fact = int | float | str | None | Sequence[Mapping[str, int | float | str]]
Facts = Mapping[str, Fact]
"""Name -> a number, a slug, or a value of the desk such as the slug of a category."""


@dataclass(frozen=True, slots=True)
class Effect:
    """The size of an effect.

    Attributes:
        value: The size.
        low: Lower end of the 95 % interval.
        high: Upper end.
        unit: "times" (a ratio), "share" (a difference of shares, 0..1), "rating" (points) or "hours".
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
        claim: What it says.
        subject: What it is about: a category, a pair, a window. It keeps the same value from day to day.
        facts: What its sentences need besides effect, n and days.
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
    claim: Claim
    subject: str
    facts: Facts
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
        missing: What is missing for it.
        facts: The numbers of it.
    """

    topic: Topic
    missing: Missing
    facts: Facts = field(default_factory=dict)

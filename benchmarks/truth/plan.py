"""What is planted in one made-up desk: every effect by its size, and everything else that a desk has."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

ALL: Final = ""
"""Used in place of a category for all tickets together."""
YEAR: Final = 365
DAY: Final = 86_400
PRIORITIES: Final = ("low", "medium", "high", "urgent")
LATE, LOW, STUCK = "late_answer", "low_rating", "unresolved_14_days"
REOPENED, SEVERAL = "reopened", "several_agents"
EXPERIENCES: Final = (LATE, LOW, STUCK, REOPENED, SEVERAL)
REPLY, RESOLUTION, CONTACTS, PROACTIVE = "first_reply_time", "resolution_time", "contacts", "proactive_update"
STUCK_DAYS: Final = 14


@dataclass(frozen=True, slots=True)
class Season:
    """A time of the year that brings more or fewer tickets every year.

    Attributes:
        series: A category, or `ALL`.
        start: Day of the year on which it begins, 0..364.
        length: Days.
        factor: Tickets of its days ÷ tickets without it.
    """

    series: str
    start: int
    length: int
    factor: float

    def holds(self, days_of_year: Codes) -> Flags:
        """Say which days of the year are in it."""
        inside: Flags = (days_of_year - self.start) % YEAR < self.length
        return inside


@dataclass(frozen=True, slots=True)
class OddDays:
    """Days that bring more or fewer tickets once.

    Attributes:
        kind: "bulk" (tickets entered at once), "burst" or "gap" (hardly any ticket).
        series: A category, or `ALL`.
        first: The first day.
        count: How many days.
        factor: Tickets of the series on these days ÷ tickets without it.
    """

    kind: str
    series: str
    first: date
    count: int
    factor: float

    @property
    def last(self) -> date:
        """The last day."""
        return self.first + timedelta(days=self.count - 1)


@dataclass(frozen=True, slots=True)
class VolumePlan:
    """How many tickets come each day.

    Attributes:
        total: Tickets expected in all, without odd days.
        first: First day.
        days: How many days.
        shares: Each category's share of the tickets, without seasons.
        weekdays: Factor of each weekday, Monday first.
        growth: Growth a year, on the log scale.
        bend: Change of the growth a year.
        dispersion: Size of the negative binomial: the variance of a day is mean + mean² ÷ dispersion.
        weekly_spread: Standard deviation of a factor that each week has, 0 for none.
        holiday: Factor on public holidays.
        seasons: Times of the year.
        odd: Odd days.
    """

    total: int
    first: date
    days: int
    shares: Mapping[str, float]
    weekdays: tuple[float, ...]
    growth: float = 0.0
    bend: float = 0.0
    dispersion: float = 50.0
    weekly_spread: float = 0.0
    holiday: float = 1.0
    seasons: tuple[Season, ...] = ()
    odd: tuple[OddDays, ...] = ()

    @property
    def end(self) -> date:
        """First day after."""
        return self.first + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody who answers; the shifts are on the log scale of times, and points of the latent rating."""

    name: str
    weight: float
    reply: float = 0.0
    work: float = 0.0
    rating: float = 0.0
    is_bad: bool = False


@dataclass(frozen=True, slots=True)
class HandlingPlan:
    """Who handles tickets and how long it takes; times are in open seconds, effects are shifts of their logarithm.

    Attributes:
        agents: Who answers.
        favours: For each category, how many times as often each agent takes it as the weights say.
        priorities: For each category, the share of each of `PRIORITIES`.
        reply_median: Median of the first reply time in hours.
        reply_deviation: Standard deviation of its logarithm.
        work_median: Median time from the first reply to the solution in hours.
        work_deviation: Standard deviation of its logarithm.
        categories: Shift of the work time of each category.
        by_priority: Shift of both times of each priority.
        stuck_share: Share of the tickets that lie for 15 to 60 days.
        handover_share: Share of the tickets that another agent finishes.
        handover: Shift of the work time of those.
        reply_targets: Minutes promised, by priority.
        resolution_targets: Minutes promised, by priority.
        late_shift: Shift of both times in the last four weeks.
        slow_pair: A category, a priority, and the shift of both times of their tickets; None for no such pair.
    """

    agents: tuple[Agent, ...]
    favours: Mapping[str, tuple[float, ...]]
    priorities: Mapping[str, tuple[float, ...]]
    reply_median: float
    reply_deviation: float
    work_median: float
    work_deviation: float
    categories: Mapping[str, float]
    by_priority: tuple[float, ...]
    stuck_share: float
    handover_share: float
    handover: float
    reply_targets: tuple[int, ...]
    resolution_targets: tuple[int, ...]
    late_shift: float = 0.0
    slow_pair: tuple[str, str, float] | None = None


@dataclass(frozen=True, slots=True)
class RatingPlan:
    """How tickets are rated: cuts of a latent normal with a standard deviation of 1.

    Attributes:
        answer_share: Share of the solved tickets that are rated.
        cuts: Four cuts between the five ratings.
        effects: Points of the latent rating: for a time twice as long (`REPLY`, `RESOLUTION`), for one more contact
            (`CONTACTS`), for several agents (`SEVERAL`), for an update nobody asked for (`PROACTIVE`).
        bend_hours: None where times count by their logarithm; else by the logarithm of 1 + time ÷ this.
        categories: Points of each category.
        customer_types: Points of each customer type.
        customer_spread: Standard deviation between customers.
    """

    answer_share: float
    cuts: tuple[float, ...]
    effects: Mapping[str, float]
    bend_hours: float | None
    categories: Mapping[str, float]
    customer_types: Mapping[str, float]
    customer_spread: float


@dataclass(frozen=True, slots=True)
class PeoplePlan:
    """Who writes, and who leaves.

    Attributes:
        rates: Tickets a customer a year, by customer type (relative where the total is given).
        type_shares: Each type's share of the customers.
        shape: Shape of the gamma distribution of the customers' rates.
        yearly_leaving: Chance a year of leaving without any experience; None where nobody records leaving.
        type_hazards: Factor of that chance by customer type.
        hazards: Factor after an experience, or after "category:SLUG".
        memory_weeks: How long an experience counts.
    """

    rates: Mapping[str, float]
    type_shares: Mapping[str, float]
    shape: float
    yearly_leaving: float | None
    type_hazards: Mapping[str, float]
    hazards: Mapping[str, float] = field(default_factory=dict)
    memory_weeks: int = 26


@dataclass(frozen=True, slots=True)
class DeskPlan:
    """One made-up desk.

    Attributes:
        seed: Makes the same desk again.
        is_neutral: Whether no effect at all is planted.
        zone: IANA name of its time zone.
        country: ISO code of its public holidays; None for none.
        opens: Opening and closing minute of each weekday; None where closed.
        is_date_only: Whether the source knows days and no times.
        has_messages: Whether the source has messages; else it knows first replies alone.
        has_reopenings: Whether the source counts reopenings.
        volume: How many tickets come.
        handling: How they are handled.
        ratings: How they are rated.
        people: Who writes and who leaves.
    """

    seed: int
    is_neutral: bool
    zone: str
    country: str | None
    opens: tuple[tuple[int, int] | None, ...]
    is_date_only: bool
    has_messages: bool
    has_reopenings: bool
    volume: VolumePlan
    handling: HandlingPlan
    ratings: RatingPlan
    people: PeoplePlan

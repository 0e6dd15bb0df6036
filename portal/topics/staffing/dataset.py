"""What the Staffing page shows: a week of the plan, its shifts, and the roster beside it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

_ALMOST = 1e-6


class PlanOutcome(StrEnum):
    """Whether there is a plan, and what is missing where there is none."""

    PLANNED = "planned"
    NO_FORECAST = "no_forecast"
    NO_HANDLE_TIME = "no_handle_time"
    NO_OPENING_HOURS = "no_opening_hours"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class StaffingSettings:
    """What a manager has set.

    Attributes:
        shrinkage: Share of paid time that is not at work.
        occupancy_cap: Largest share of their time at work that people may be busy.
        minimum_people: At work whenever the desk is open.
        cost_per_hour: Of one person.
        currency: Of the cost.
        quantile: Of the forecast staffed for.
        is_blended: Whether people answer mail between calls.
        shift_hours: Longest shift.
        written_due_minutes: Opening minutes within which mail is answered.
        targets: Of the live channels.
    """

    shrinkage: float
    occupancy_cap: float
    minimum_people: int
    cost_per_hour: float
    currency: str
    quantile: float
    is_blended: bool
    shift_hours: int
    written_due_minutes: int
    targets: tuple["ChannelTarget", ...]


@dataclass(frozen=True, slots=True)
class ChannelTarget:
    """What a live channel is staffed for.

    Attributes:
        channel: Its slug.
        service_level: Share answered in time.
        within_seconds: What in time is.
        patience_seconds: Mean time after which a customer gives up; None: nobody does.
    """

    channel: str
    service_level: float
    within_seconds: int
    patience_seconds: int | None


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """What a plan is made from.

    Attributes:
        outcome: Whether there is one.
        time_zone: Of its days and hours.
        first_date: First day with open hours, or the first where there are none; None without a plan.
        last_date: Last day.
        cutoff_date: Last day that the forecast knew.
        quantile: Of the forecast.
        shrinkage: Share of paid time not at work.
        cost_per_hour: Of one person.
        currency: Of the cost.
        written_due_minutes: Opening minutes within which mail is answered.
        handled_count: Tickets that the handle times are from.
        opening_count: Unanswered tickets at the start.
        forgotten_count: Those left for so long that nobody plans for them.
        written_levels: Share of mail answered in time with one person fewer, as planned, and with one more.
    """

    outcome: PlanOutcome
    time_zone: str
    first_date: date | None = None
    last_date: date | None = None
    cutoff_date: date | None = None
    quantile: float = 0.0
    shrinkage: float = 0.0
    cost_per_hour: float = 0.0
    currency: str = ""
    written_due_minutes: int = 0
    handled_count: int = 0
    opening_count: int = 0
    forgotten_count: int = 0
    written_levels: tuple[float, float, float] = (1.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class PlanHour:
    """One hour in which the desk is open.

    Attributes:
        start: First moment, on the reporting zone's clock.
        open_share: Share of it in which the desk is open.
        people: Needed at work.
        roster_people: Needed on the roster, breaks and leave included.
        low: The same if little comes.
        high: The same if much comes.
        rostered: People on the roster, parts of the hour as parts of one.
        backlog: Unanswered written contacts at its end.
        oldest_age_hours: Age of the oldest of them.
    """

    start: datetime
    open_share: float
    people: int
    roster_people: int
    low: int
    high: int
    rostered: float
    backlog: float
    oldest_age_hours: float

    @property
    def short(self) -> int:
        """People missing from the roster."""
        return max(0, self.roster_people - int(self.rostered + _ALMOST))


@dataclass(frozen=True, slots=True)
class ChannelWeek:
    """One live channel over a week.

    Attributes:
        channel: Its slug.
        contacts: Expected while the desk is open.
        handle_seconds: Mean handle time.
        people: Least and most people on it.
        levels: Share answered in time with one person fewer, as planned, and with one more.
        target: What it is staffed for.
        abandon_rate: Share that gives up.
    """

    channel: str
    contacts: float
    handle_seconds: float
    people: tuple[int, int]
    levels: tuple[float, float, float]
    target: ChannelTarget | None
    abandon_rate: float


@dataclass(frozen=True, slots=True)
class PlanShift:
    """People who come and go together, on the reporting zone's clock."""

    start: datetime
    end: datetime
    people: int


@dataclass(frozen=True, slots=True)
class Gap:
    """Hours in a row in which the roster is short by the same number of people."""

    start: datetime
    end: datetime
    short: int


@dataclass(frozen=True, slots=True)
class RestOfToday:
    """What is expected of the hours left of today, after what has come.

    Attributes:
        made_at: When it was worked out, on the reporting zone's clock.
        passed_hours: Hours since midnight that are over and counted.
        so_far: Tickets that came in them.
        expected_so_far: Tickets that the morning's forecast had for them.
        morning_left: Tickets that the morning's forecast had for the hours left.
        left: Tickets expected in them now.
        low: The same on a quiet day, 1 in 10.
        high: The same on a busy day, 9 in 10.
    """

    made_at: datetime
    passed_hours: int
    so_far: int
    expected_so_far: float
    morning_left: float
    left: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class StaffingWeek:
    """A week of the plan.

    Attributes:
        summary: What the plan is made from.
        monday: First day of the week.
        hours: Open hours of the plan within it.
        channels: Its live channels.
        shifts: Those that begin in it.
        has_roster: Whether anybody is rostered in it.
    """

    summary: PlanSummary
    monday: date
    hours: tuple[PlanHour, ...]
    channels: tuple[ChannelWeek, ...]
    shifts: tuple[PlanShift, ...]
    has_roster: bool

    @property
    def person_hours(self) -> float:
        """Paid hours of the week."""
        return sum(hour.roster_people * hour.open_share for hour in self.hours)

    @property
    def open_hours(self) -> float:
        """Hours in which the desk is open."""
        return sum(hour.open_share for hour in self.hours)

    @property
    def cost(self) -> float:
        """What the week costs."""
        return self.person_hours * self.summary.cost_per_hour

    @property
    def cost_of_one(self) -> float:
        """What one person more at work in every open hour costs, with the breaks and leave that come with it."""
        return self.open_hours * self.summary.cost_per_hour / (1 - self.summary.shrinkage)


def mondays(summary: PlanSummary) -> tuple[date, ...]:
    """Return the Mondays of the weeks that a plan has days of."""
    if summary.first_date is None or summary.last_date is None:
        return ()
    first = summary.first_date - timedelta(days=summary.first_date.weekday())
    return tuple(first + timedelta(days=7 * week) for week in range((summary.last_date - first).days // 7 + 1))


def gaps(hours: tuple[PlanHour, ...]) -> tuple[Gap, ...]:
    """Return the stretches in which the roster is short, in order of time."""
    found: list[Gap] = []
    for hour in hours:
        # An hour that passes, in which the clock on the wall may be put back or forward.
        end = (hour.start.astimezone(UTC) + timedelta(hours=1)).astimezone(hour.start.tzinfo)
        if not hour.short:
            continue
        if found and found[-1].end == hour.start and found[-1].short == hour.short:
            found[-1] = Gap(found[-1].start, end, hour.short)
        else:
            found.append(Gap(hour.start, end, hour.short))
    return tuple(found)

"""How many tickets, of what kind, and when."""

from dataclasses import dataclass

from portal.numbers.reading import Point, Series


@dataclass(frozen=True, slots=True)
class TicketsOverTime:
    """Tickets created in each stretch of time, beside those of the comparison.

    Attributes:
        grain: "day", "week" or "month".
        current: The period.
        compared: The comparison, each point put beside the current one of its place; None when there is none.
        busiest: The seven days in a row with most tickets; None for fewer than two weeks.
        is_partial: Whether stretches cut by the ends of the period were left out of the line.
        tickets: All tickets of the period.
        tickets_before: All tickets of the comparison; None when there is none.
        up_to_yesterday: Both without their last day, where that of the period is not over; None elsewhere.
    """

    grain: str
    current: Series
    compared: Series | None
    busiest: Point | None
    is_partial: bool
    tickets: int
    tickets_before: int | None
    up_to_yesterday: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class MonthsOfYears:
    """Tickets created in each month, a line a year; the month under way is the last.

    Attributes:
        years: Oldest first. A label is the year; a point is a month. The first and the last may lack months.
        tickets: All tickets of these months.
    """

    years: tuple[Series, ...]
    tickets: int


@dataclass(frozen=True, slots=True)
class ArrivalHour:
    """Tickets created in one hour of the week.

    Attributes:
        weekday: 0 is Monday.
        hour: 0 to 23.
        tickets: In the whole period.
        per_week: On average in one week of the period.
        href: The tickets.
    """

    weekday: int
    hour: int
    tickets: int
    per_week: float
    href: str


@dataclass(frozen=True, slots=True)
class Arrivals:
    """When tickets arrive.

    Attributes:
        hours: All 168, Monday 00:00 first; empty when no ticket has a time of day.
        weekdays: Tickets by weekday, Monday first: what is left when there are dates without a time.
        without_hour: Tickets left out of the hours, as they have a date without a time.
        tickets: All tickets of the period.
    """

    hours: tuple[ArrivalHour, ...]
    weekdays: tuple[ArrivalHour, ...]
    without_hour: int
    tickets: int


@dataclass(frozen=True, slots=True)
class SplitPart:
    """One category, channel, priority or customer type.

    Attributes:
        trend: Tickets over time; its label and position name and colour the part.
        tickets: Of the period.
        before: Of the comparison; None when there is none.
        href: The tickets of the period.
    """

    trend: Series
    tickets: int
    before: int | None
    href: str


@dataclass(frozen=True, slots=True)
class Split:
    """Tickets of the period in parts.

    Attributes:
        dimension: What they are split by, as a manager calls it: "category".
        grain: "day", "week" or "month".
        parts: In the desk's own order; what is left of many small ones comes last as one part.
        tickets: All of them.
        is_partial: Whether stretches cut by the ends of the period were left out of the trends.
    """

    dimension: str
    grain: str
    parts: tuple[SplitPart, ...]
    tickets: int
    is_partial: bool = False


@dataclass(frozen=True, slots=True)
class PartChange:
    """How many more tickets one part has than in the comparison.

    Attributes:
        label: What a manager calls the part.
        now: Tickets of the period.
        before: Tickets of the comparison.
        href: The tickets of the period.
        is_clear: Whether the change is more than chance.
    """

    label: str
    now: int
    before: int
    href: str
    is_clear: bool

    @property
    def change(self) -> int:
        """How many more; below zero: fewer."""
        return self.now - self.before


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed against the comparison.

    Attributes:
        dimension: What the tickets are split by, as a manager calls it: "category".
        parts: The largest change first; what is left of many small ones comes last as one part. Their changes add up.
        now: All tickets of the period.
        before: All tickets of the comparison.
        is_clear: Whether the change of all tickets is more than chance.
        without_today: Whether a last day that is not over was left out on both sides.
    """

    dimension: str
    parts: tuple[PartChange, ...]
    now: int
    before: int
    is_clear: bool
    without_today: bool

    @property
    def change(self) -> int:
        """How many more tickets; below zero: fewer."""
        return self.now - self.before

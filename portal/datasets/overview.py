"""What the Overview shows."""

from dataclasses import dataclass

from analytics.metrics import Metric
from portal.datasets.reading import Point, Reading, Series
from portal.phrasing import Tone


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
    """

    grain: str
    current: Series
    compared: Series | None
    busiest: Point | None
    is_partial: bool
    tickets: int
    tickets_before: int | None


@dataclass(frozen=True, slots=True)
class OpenedAndSolved:
    """Tickets opened (or opened again) and solved in each stretch, and how many stood open at its end.

    Attributes:
        grain: "day", "week" or "month".
        opened: Tickets created.
        solved: Times a ticket was solved.
        backlog: Open at the end of each stretch.
    """

    grain: str
    opened: Series
    solved: Series
    backlog: Series


@dataclass(frozen=True, slots=True)
class CategoryTime:
    """Resolution time of one category.

    Attributes:
        label: What a manager calls it.
        position: Place in the desk's own list, which decides the colour.
        now: Median and p90 of the period.
        before: Of the comparison; None when there is none.
        href: The tickets behind the number.
    """

    label: str
    position: int
    now: Reading
    before: Reading | None
    href: str


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
class AttentionItem:
    """One thing that needs somebody.

    Attributes:
        tone: How bad.
        title: One sentence.
        detail: Numbers behind it, with n.
        href: The tickets.
    """

    tone: Tone
    title: str
    detail: str
    href: str

"""How long replies and resolutions take."""

from dataclasses import dataclass
from enum import StrEnum

from analytics.metrics import Metric
from portal.numbers.reading import NOT_JUDGED, Judged, Reading, Series


@dataclass(frozen=True, slots=True)
class CategoryTime:
    """Resolution time of one category.

    Attributes:
        label: What a manager calls it.
        position: Place in the desk's own list, which decides the colour.
        now: Median and p90 of the period.
        before: Of the comparison; None when there is none.
        href: The tickets behind the number.
        judged: Whether the change is more than chance.
    """

    label: str
    position: int
    now: Reading
    before: Reading | None
    href: str
    judged: Judged = NOT_JUDGED


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """Durations of one category at one priority.

    Attributes:
        reading: Median, p90 and n; None when there was no ticket.
        href: The tickets.
    """

    reading: Reading | None
    href: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """Durations of one category.

    Attributes:
        label: What a manager calls the category.
        cells: One for each priority, then one for all of them.
    """

    label: str
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Durations by category and priority.

    Attributes:
        priorities: Names of the columns, the most urgent first.
        rows: In the desk's own order.
    """

    priorities: tuple[str, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class DurationBin:
    """How many durations fall into a range.

    Attributes:
        lower: Shortest, in the distribution's unit.
        upper: First that no longer belongs.
        n: How many.
        href: Their tickets.
    """

    lower: float
    upper: float
    n: int
    href: str


@dataclass(frozen=True, slots=True)
class Distribution:
    """How durations spread.

    Attributes:
        metric: What is measured.
        unit: "minutes" or "days".
        bins: From the shortest to the longest without gaps; each as wide as the one before times a constant.
        now: Median, p90 and n.
    """

    metric: Metric
    unit: str
    bins: tuple[DurationBin, ...]
    now: Reading


@dataclass(frozen=True, slots=True)
class DurationTrend:
    """Median and p90 over time.

    Attributes:
        metric: What is measured.
        grain: "day", "week" or "month".
        medians: The median of each stretch.
        p90s: What nine in ten stay under, of each stretch.
        is_partial: Whether stretches cut by the ends of the period were left out.
    """

    metric: Metric
    grain: str
    medians: Series
    p90s: Series
    is_partial: bool


@dataclass(frozen=True, slots=True)
class Cohorts:
    """Resolution time by month of creation, with and without the tickets that are still open.

    Attributes:
        grain: "week" or "month".
        resolved_only: Median over the tickets resolved in each stretch.
        with_open: Kaplan-Meier median over all tickets created in each stretch; None while half are not solved yet.
        still_open: How many of the tickets created in each stretch are open.
        created: How many were created in each stretch.
    """

    grain: str
    resolved_only: Series
    with_open: Series
    still_open: tuple[int, ...]
    created: tuple[int, ...]


class Examples(StrEnum):
    """Which of a desk's SLA policies are as they were when it was set up."""

    NONE = "none"
    SOME = "some"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class SlaMet:
    """How well SLA targets were kept.

    Attributes:
        tickets: Share of tickets with a target met and none missed.
        tickets_href: The tickets behind it.
        missed: Tickets with a target missed.
        missed_href: Exactly those.
        target: "first_reply", "next_reply", "resolution" or "all".
        targets: Share of targets of this kind that were met.
        targets_href: Their tickets.
        examples: Which of the targets nobody at the desk has set.
    """

    tickets: Reading
    tickets_href: str
    missed: int
    missed_href: str
    target: str
    targets: Reading
    targets_href: str
    examples: Examples


@dataclass(frozen=True, slots=True)
class DurationSummary:
    """The median of the period beside that of the comparison.

    Attributes:
        now: Of the period.
        before: Of the comparison; None when there is none.
        href: The tickets.
        left_out: What is not counted, in words; "" when nothing.
        sla: How well the targets of such waits were kept.
        judged: Whether the change of the median is more than chance, and what the mix of tickets did to it.
        judged_p90: The same of what nine in ten stay under.
    """

    now: Reading
    before: Reading | None
    href: str
    left_out: str
    sla: SlaMet
    judged: Judged = NOT_JUDGED
    judged_p90: Judged = NOT_JUDGED

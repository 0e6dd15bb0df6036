"""Questions about metrics and their answers, as values."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analytics.errors import SupportAnalyticsError, nearest
from analytics.histograms import bucket_value
from analytics.metrics import Metric
from analytics.time_units import MINUTE_SECONDS
from analytics.vocabulary import NOT_SET

Key = str | date | int | None
Where = tuple[tuple[str, tuple[str | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class MetricQuery:
    """One question.

    Attributes:
        metric: Slug of the metric.
        start: First day of the period, in the reporting time zone.
        end: First day after the period.
        by: Dimensions and time grains to split by; rows are sorted by them.
        where: Name -> allowed values. A ticket has to match one value of every name; None means 'not set'. Names are
            dimensions, `precision` (time or date), and `hour`, `weekday` and `hour_of_week` (numbers).
        top: Show only so many rows, those with the largest n; None shows all.
    """

    metric: str
    start: date
    end: date
    by: tuple[str, ...] = ()
    where: Where = ()
    top: int | None = None


class MetricRow(NamedTuple):
    """One line of an answer.

    Attributes:
        keys: One for each name in the query's `by`. A day or week is a date, a month is "2016-01",
            a quarter "2016-Q1" and a year "2016".
        value: Count, share 0..1, mean, or median in the unit; None if there is nothing to compute it from.
        n: Number of tickets or events that the value is computed over.
        p90: 90th percentile, of durations only.
        mean: Mean, of durations only.
    """

    keys: tuple[Key, ...]
    value: float | None
    n: int
    p90: float | None = None
    mean: float | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A number of tickets or events that an answer leaves out, the reason, and the part that lists the tickets."""

    reason: str
    count: int
    part: str = ""


@dataclass(frozen=True, slots=True)
class MetricResult:
    """One answer.

    Attributes:
        metric: The metric of the query.
        unit: Unit of the values; "days" if only the dates of all tickets behind a duration are known.
        by: As in the query.
        rows: In the order of their keys; without any `by` there is exactly one.
        left_out: What the values leave out.
        is_not_known: Whether there are tickets, but their sources do not give what the metric needs: n is 0 then.
    """

    metric: Metric
    unit: str
    by: tuple[str, ...]
    rows: tuple[MetricRow, ...]
    left_out: tuple[LeftOut, ...] = ()
    is_not_known: bool = False


@dataclass(frozen=True, slots=True)
class DurationBucket:
    """Durations in [lower, upper), in the histogram's unit."""

    lower: float
    upper: float
    n: int


@dataclass(frozen=True, slots=True)
class DurationHistogram:
    """How durations are distributed."""

    unit: str
    n: int
    buckets: tuple[DurationBucket, ...]


@dataclass(frozen=True, slots=True)
class DurationParts:
    """How the durations of each part are distributed.

    Attributes:
        unit: Of the durations.
        keys: Of each part, one for each name in the query's `by`.
        counts: How many durations of each part are in each bucket, parts × buckets. `values` says what a bucket is.
    """

    unit: str
    keys: tuple[tuple[Key, ...], ...]
    counts: NDArray[np.int64]

    def values(self) -> NDArray[np.float64]:
        """Return the duration that each bucket stands for, in the unit."""
        places = range(self.counts.shape[1])
        if self.unit == "days":
            return np.array(places, dtype=np.float64)
        return np.array([bucket_value(place) for place in places]) / MINUTE_SECONDS


@dataclass(frozen=True, slots=True)
class DataVersion:
    """The version of the data in the marts.

    Attributes:
        version: Raised by every refresh that changes anything; 0 before the first.
        refreshed_at: When the latest such refresh was made.
        time_zone: Time zone of all days and hours.
        first_date: First day with any event; None when there is none.
        last_date: Last day with any event.
        last_created_date: Last day on which a ticket was created.
    """

    version: int
    refreshed_at: datetime | None
    time_zone: str
    first_date: date | None
    last_date: date | None
    last_created_date: date | None = None


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last ticket of a page; the next page begins after it."""

    created_at: datetime
    ticket_id: int


@dataclass(frozen=True, slots=True)
class TicketPage:
    """Tickets behind a number, newest first.

    Attributes:
        ticket_ids: The tickets.
        next: Where the next page begins; None on the last one.
    """

    ticket_ids: tuple[int, ...]
    next: Cursor | None


class UnknownNameError(SupportAnalyticsError):
    """A dimension or time grain that does not exist."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        """Quote the unknown name, and list the known names."""
        super().__init__(f"There is no dimension {name!r}.{nearest(name, known)}", f"Choose from: {', '.join(known)}.")


class UnknownValueError(SupportAnalyticsError):
    """A value that a dimension does not have."""

    def __init__(self, name: str, value: str | None, known: tuple[str, ...], *, has_not_set: bool = False) -> None:
        """Quote the unknown value, and list some known values; `~` too where some tickets have none."""
        shown = ", ".join(known[:20]) + (" ..." if len(known) > 20 else "")  # noqa: PLR2004 - enough for one line or two
        not_set = f"; {NOT_SET} is not set" if has_not_set else ""
        asked = NOT_SET if value is None else value
        super().__init__(f"No ticket has the {name} {asked!r}.", f"There are: {shown}{not_set}." if known else "")


class UnanswerableQueryError(SupportAnalyticsError):
    """A question that makes no sense for its metric."""

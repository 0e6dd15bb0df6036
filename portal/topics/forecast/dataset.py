"""Demand ahead, what it is made of, and how earlier forecasts turned out."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SeriesChoice:
    """One series that can be looked at.

    Attributes:
        key: `total`, or `dimension=value`.
        dimension: "" for the total.
        label: What a manager calls it.
    """

    key: str
    dimension: str
    label: str


@dataclass(frozen=True, slots=True)
class SeriesStatus:
    """What could be done with a series.

    Attributes:
        outcome: forecast, seasonal_naive, constant, too_short, all_zero or borrowed.
        cutoff: The last day that was known.
        day_count: Days of history.
        gap_days: Days of it without a known count.
        giant_days: Days of it that were too large to be believed.
        country: Whose holidays are used; None for none.
    """

    outcome: str
    cutoff: date
    day_count: int
    gap_days: int
    giant_days: int
    country: str | None


@dataclass(frozen=True, slots=True)
class DayAhead:
    """One day ahead: the middle and the ends of the 50, 80 and 95 % intervals."""

    day: date
    expected: float
    q025: float
    q10: float
    q25: float
    q50: float
    q75: float
    q90: float
    q975: float


@dataclass(frozen=True, slots=True)
class CountedDay:
    """Tickets that came in on a day, and where they are listed."""

    day: date
    tickets: int
    href: str


@dataclass(frozen=True, slots=True)
class NamedDays:
    """A holiday, or an event of the desk, on the days from first to last."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Outlook:
    """A series' latest days and the days ahead.

    Attributes:
        label: What a manager calls the series.
        status: None when the series has not been looked at yet.
        past: The latest 13 weeks.
        ahead: The days ahead; empty when there is no forecast.
        named: Holidays and events among these days, by day.
    """

    label: str
    status: SeriesStatus | None
    past: tuple[CountedDay, ...]
    ahead: tuple[DayAhead, ...]
    named: tuple[NamedDays, ...]


@dataclass(frozen=True, slots=True)
class ToldAndCame:
    """One day: what was said four weeks before, and what came; None where it is not over."""

    day: date
    expected: float
    low: float
    high: float
    came: int | None


@dataclass(frozen=True, slots=True)
class FourWeeks:
    """Four weeks as they were predicted four weeks ago or somewhat earlier, against what came.

    Attributes:
        cutoff: The last day that was known then; None when there is nothing to show.
        is_replayed: Whether it is what would have been said then: no forecast was made yet.
        days: In their order.
    """

    cutoff: date | None
    is_replayed: bool
    days: tuple[ToldAndCame, ...]


@dataclass(frozen=True, slots=True)
class ModelAccuracy:
    """How one way of forecasting did.

    Attributes:
        model_name: combination, seasonal_naive, same_weekday_mean or prophet.
        source: backtest or kept.
        mase: Mean error ÷ that of last week within the history.
        wape: Sum of errors ÷ tickets that came.
        coverage_80: Share of days within the 80 % interval.
        cutoff_count: From how many days of the past it was tried.
        day_count: Days it is computed over.
    """

    model_name: str
    source: str
    mase: float | None
    wape: float | None
    coverage_80: float | None
    cutoff_count: int
    day_count: int


@dataclass(frozen=True, slots=True)
class NamedEffect:
    """What a holiday or an event multiplies a day's tickets by.

    Attributes:
        name: What it is called.
        day: The day ahead.
        factor: Tickets on it, as a share of those on an ordinary day of its kind.
        seen: On how many days of the history there was one of that name.
    """

    name: str
    day: date
    factor: float
    seen: int


@dataclass(frozen=True, slots=True)
class DemandParts:
    """What expected tickets consist of.

    Attributes:
        trend: (first day of the week, tickets on a day like the average one).
        week: Factor of each weekday, Monday first.
        year: (day, factor) over the latest year; empty when the history is too short to tell.
        named: The named days ahead.
    """

    trend: tuple[tuple[date, float], ...]
    week: tuple[float, ...]
    year: tuple[tuple[date, float], ...]
    named: tuple[NamedEffect, ...]


@dataclass(frozen=True, slots=True)
class DeskEvent:
    """An event that a manager has entered.

    Attributes:
        id: Key.
        name: What recurs has the same name every time.
        first: First day.
        last: Last day.
        expected_change: Share that it is expected to add; None when nothing is.
    """

    id: int
    name: str
    first: date
    last: date
    expected_change: float | None

"""Datasets of the Overview, with plausible values that are the same on every run."""

import math
from datetime import date, timedelta

from analytics.metrics import METRICS
from portal.numbers.phrasing import Tone
from portal.numbers.reading import Judged, Point, Reading, Series
from portal.topics.overview.dataset import Attention, AttentionItem, Flow, Kpi
from portal.topics.resolution.dataset import CategoryTime
from portal.topics.volume.dataset import ArrivalHour, Arrivals, TicketsOverTime

FIRST_DAY = date(2026, 1, 5)


def make_reading(
    value: float | None = 126.0, n: int = 412, unit: str = "minutes", p90: float | None = 708.0
) -> Reading:
    """Return a resolution time of some two hours."""
    return Reading(value, n, unit, p90)


def make_point(start: date = FIRST_DAY, value: float | None = 12.0, unit: str = "tickets") -> Point:
    """Return a day with twelve tickets."""
    return Point(start, start, Reading(value, round(value or 0), unit), f"/tickets?from={start}")


def make_series(
    label: str = "This period", values: tuple[float | None, ...] = (12.0, 18.0, 9.0), first: date = FIRST_DAY
) -> Series:
    """Return one point a day."""
    return Series(label, tuple(make_point(first + timedelta(days=place), value) for place, value in enumerate(values)))


def wave(days: int = 90, level: float = 60.0) -> tuple[float, ...]:
    """Return counts with a weekly rhythm and a slow rise and fall."""
    return tuple(
        round(level + 0.35 * level * math.sin(2 * math.pi * day / 7) + 0.3 * level * math.sin(math.pi * day / days))
        for day in range(days)
    )


def make_tickets_over_time(days: int = 90, level: float = 60.0, *, compared: bool = True) -> TicketsOverTime:
    """Return tickets per day beside those of a year before."""
    current = make_series("This period", wave(days, level))
    before = make_series("Last year", wave(days, 0.8 * level), FIRST_DAY - timedelta(days=364))
    busiest = Point(
        FIRST_DAY, FIRST_DAY + timedelta(days=6), Reading(7 * level, round(7 * level), "tickets"), "/tickets"
    )
    return TicketsOverTime(
        "day",
        current,
        before if compared else None,
        busiest,
        is_partial=False,
        tickets=round(current.total),
        tickets_before=round(before.total) if compared else None,
    )


def make_flow(days: int = 90) -> Flow:
    """Return a desk whose open tickets grow."""
    inflow, outflow = wave(days), wave(days, 58)
    backlog, standing = [], 250.0
    for more, fewer in zip(inflow, outflow, strict=True):
        standing += more - fewer
        backlog.append(standing)
    return Flow(
        "day",
        make_series("In", inflow),
        make_series("Out", outflow),
        make_series("Open", tuple(backlog)),
        open_before=250,
    )


def make_kpi(slug: str = "created", value: float | None = 2891.0, before: float | None = 2450.0, **rest: object) -> Kpi:
    """Return the card of a metric."""
    metric = METRICS[slug]
    values: dict[str, object] = {
        "title": metric.label,
        "metric": metric,
        "now": Reading(value, 2891, metric.unit),
        "before": Reading(before, 2450, metric.unit),
        "compared_to": "vs last year",
        "aside": "n 2,891",
        "trend": wave(30, 10),
        "href": f"/tickets?metric={slug}",
        "judged": Judged(is_clear=True),
    }
    return Kpi(**(values | rest))  # type: ignore[arg-type]


def make_category_times() -> tuple[CategoryTime, ...]:
    """Return the five categories of the bookshop."""
    rows = (
        ("Technical support", 412, 282, 708, 246),
        ("Returns and refunds", 368, 186, 474, 198),
        ("Book orders", 1284, 138, 366, 162),
        ("General enquiries", 530, 96, 240, 96),
        ("Account issues", 297, 66, 156, 72),
    )
    return tuple(
        CategoryTime(
            label,
            place,
            make_reading(now, n, p90=p90),
            make_reading(before, n),
            f"/tickets?category={place}",
            Judged(is_clear=True),
        )
        for place, (label, n, now, p90, before) in enumerate(rows)
    )


def make_arrivals(peak: float = 31.0, *, has_hours: bool = True) -> Arrivals:
    """Return a desk that is busiest on Monday mornings."""
    cells = tuple(
        _cell(
            weekday,
            hour,
            peak * math.exp(-((hour - 10.5) ** 2) / 18) * (1 - 0.06 * weekday) * (1 if weekday < 5 else 0.3),
        )
        for weekday in range(7)
        for hour in range(24)
    )
    days = tuple(
        _cell(weekday, 0, sum(cell.per_week for cell in cells[weekday * 24 : weekday * 24 + 24]))
        for weekday in range(7)
    )
    total = sum(day.tickets for day in days)
    return Arrivals(cells if has_hours else (), days, 0 if has_hours else total, total)


def _cell(weekday: int, hour: int, per_week: float) -> ArrivalHour:
    return ArrivalHour(weekday, hour, round(13 * per_week), per_week, f"/tickets?weekday={weekday}&hour={hour}")


def make_attention_items() -> tuple[AttentionItem, ...]:
    """Return three things that need somebody."""
    slower = {
        "category": "Technical support",
        "now": Reading(282.0, 412, "minutes"),
        "before": Reading(246.0, 388, "minutes"),
    }
    overdue = {"tickets": 14, "parts": {"first reply": 9, "next reply": 0, "resolution": 5}}
    return (
        AttentionItem(Attention.OVERDUE, Tone.BAD, "/tickets", overdue),
        AttentionItem(Attention.SLOWER, Tone.BAD, "/tickets", slower),
        AttentionItem(Attention.OLD, Tone.NEUTRAL, "/tickets", {"tickets": 1, "open": 287, "days": 19}),
    )

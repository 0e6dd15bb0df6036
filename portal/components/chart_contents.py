"""What each chart's card says around its figure: the point, what is counted, and the numbers as a table."""

from typing import Any

from analytics.metrics import Clock, Metric
from portal import phrasing
from portal.components.chart_card import ChartContent, nothing
from portal.components.data_twin import TwinRow, data_twin
from portal.conclusions import overview as overview_says
from portal.conclusions import resolution as resolution_says
from portal.conclusions import volume as volume_says
from portal.datasets.overview import OpenedAndSolved
from portal.datasets.reading import Point, Reading
from portal.datasets.resolution import Cohorts, Distribution, DurationTrend
from portal.datasets.volume import TicketsOverTime
from portal.filters import Comparison, TicketFilters

Figure = dict[str, Any]

LONGER = "Choose a longer period or fewer filters."


def compared_words(filters: TicketFilters) -> str:
    """Return what the period is compared with, to stand after "than in"."""
    if filters.compare is Comparison.LAST_YEAR:
        return "the same days last year"
    return f"the {phrasing.plural(filters.length, 'day')} before" if filters.length > 1 else "the day before"


def tickets_content(dataset: TicketsOverTime, filters: TicketFilters, figure: Figure) -> ChartContent:
    """Return the card of tickets over time."""
    if not dataset.tickets:
        return nothing("No tickets came in during these days.", LONGER)
    cut = f" {dataset.grain.capitalize()}s cut by the ends of the period are left out." if dataset.is_partial else ""
    n = phrasing.count(dataset.tickets)
    note = f"Tickets per {dataset.grain}, created in the period, n {n}.{cut}{_lined_up(dataset)}"
    before = () if dataset.compared is None else dataset.compared.points
    rows = [
        TwinRow((when(point, dataset.grain, with_year=True), told(point.reading), *_before(before, place)), point.href)
        for place, point in enumerate(dataset.current.points)
    ]
    heads = (dataset.grain.capitalize(), "Tickets", *(() if dataset.compared is None else (dataset.compared.label,)))
    twin = data_twin(f"Tickets per {dataset.grain}", heads, rows)
    return ChartContent(figure, volume_says.tickets_over_time(dataset, compared_words(filters)), note, twin)


def _lined_up(dataset: TicketsOverTime) -> str:
    if dataset.compared is None or not dataset.current.points or not dataset.compared.points:
        return ""
    weeks = (dataset.current.points[0].start - dataset.compared.points[0].start).days // 7
    return f" Grey: the same weekday {phrasing.plural(weeks, 'week')} earlier." if dataset.grain == "day" else ""


def years_content(dataset: TicketsOverTime, figure: Figure) -> ChartContent:
    """Return the card of the period beside the year before."""
    if not dataset.tickets_before:
        return nothing(
            "There are no tickets of the year before to compare with.", "Import older tickets to see seasons."
        )
    if dataset.compared is None:
        return nothing("Whole months do not line up with the weeks a year before.", "Choose 12 months or less.")
    filters_words = "the same weeks a year before"
    rows = [
        TwinRow((when(now, dataset.grain, with_year=True), told(now.reading), told(then.reading)), now.href)
        for now, then in zip(dataset.current.points, dataset.compared.points, strict=False)
    ]
    twin = data_twin("This period and last year", (dataset.grain.capitalize(), "This period", "Last year"), rows)
    note = f"Tickets per {dataset.grain}, each beside the {dataset.grain} 52 weeks earlier."
    return ChartContent(figure, volume_says.tickets_over_time(dataset, filters_words), note, twin)


def _before(points: tuple[Point, ...], place: int) -> tuple[str, ...]:
    return (told(points[place].reading),) if place < len(points) else ("",) if points else ()


def flow_content(dataset: OpenedAndSolved, figure: Figure) -> ChartContent:
    """Return the card of tickets opened and solved."""
    if not dataset.opened.total and not dataset.solved.total:
        return nothing("No tickets came in or were solved during these days.", LONGER)
    rows = [
        TwinRow((when(opened, dataset.grain, with_year=True), told(opened.reading), told(solved.reading)), opened.href)
        for opened, solved in zip(dataset.opened.points, dataset.solved.points, strict=True)
    ]
    twin = data_twin("Tickets opened and solved", (dataset.grain.capitalize(), "Opened", "Solved"), rows)
    note = f"Per {dataset.grain}: tickets created, and times a ticket was solved. A ticket solved twice counts twice."
    return ChartContent(figure, overview_says.opened_and_solved(dataset), note, twin)


def open_content(dataset: OpenedAndSolved, figure: Figure) -> ChartContent:
    """Return the card of open tickets."""
    points = dataset.backlog.points
    if not any(point.reading.value for point in points):
        return nothing("No ticket was open at the end of any day shown.")
    rows = [TwinRow((when(point, dataset.grain, with_year=True), told(point.reading)), point.href) for point in points]
    twin = data_twin("Open tickets", (dataset.grain.capitalize(), "Open at its end"), rows)
    return ChartContent(
        figure, overview_says.open_tickets(dataset), f"Tickets open at the end of each {dataset.grain}.", twin
    )


def distribution_content(dataset: Distribution, figure: Figure) -> ChartContent:
    """Return the card of how durations spread."""
    if not dataset.bins:
        return _unmeasured(dataset.metric)
    rows = [
        TwinRow((_range_words(each.lower, each.upper, dataset.unit), phrasing.count(each.n)), each.href)
        for each in dataset.bins
    ]
    twin = data_twin(dataset.metric.label, ("Took", "How many"), rows)
    scale = "Each range is longer than the one before, so that minutes and days fit on one axis."
    return ChartContent(
        figure, resolution_says.distribution(dataset), f"{duration_note(dataset.metric, dataset.now)} {scale}", twin
    )


def _range_words(lower: float, upper: float, unit: str) -> str:
    if unit == "days":
        last = round(upper) - 1
        one = phrasing.duration(last, unit)
        return one if last <= round(lower) else f"{round(lower)} to {one}"
    return f"{phrasing.duration(lower)} to {phrasing.duration(upper)}"


def trend_content(dataset: DurationTrend, figure: Figure) -> ChartContent:
    """Return the card of median and p90 over time."""
    measured = [point for point in dataset.medians.points if point.reading.value is not None]
    if not measured:
        return _unmeasured(dataset.metric)
    rows = [
        TwinRow(
            (
                when(low, dataset.grain, with_year=True),
                told(low.reading),
                told(high.reading),
                phrasing.count(low.reading.n),
            ),
            low.href,
        )
        for low, high in zip(dataset.medians.points, dataset.p90s.points, strict=True)
    ]
    twin = data_twin(dataset.metric.label, (dataset.grain.capitalize(), "Half within", "9 in 10 within", "n"), rows)
    cut = f" {dataset.grain.capitalize()}s cut by the ends of the period are left out." if dataset.is_partial else ""
    n = sum(point.reading.n for point in measured)
    note = f"{duration_note(dataset.metric, Reading(None, n, measured[0].reading.unit))}{cut}"
    return ChartContent(figure, resolution_says.percentiles(dataset), note, twin)


def _percentile_row(low: Point, high: Point, grain: str) -> TwinRow:
    n = phrasing.count(low.reading.n)
    return TwinRow((when(low, grain, with_year=True), told(low.reading), told(high.reading), n), low.href)


def cohorts_content(dataset: Cohorts, figure: Figure) -> ChartContent:
    """Return the card of resolution time with open tickets counted."""
    if not any(dataset.created):
        return nothing("No tickets came in during these days.", LONGER)
    rows = [
        TwinRow(
            (
                when(full, dataset.grain, with_year=True),
                phrasing.count(dataset.created[place]),
                phrasing.count(dataset.still_open[place]),
                told(naive.reading),
                told(full.reading),
            ),
            full.href,
        )
        for place, (naive, full) in enumerate(zip(dataset.resolved_only.points, dataset.with_open.points, strict=True))
    ]
    heads = (
        dataset.grain.capitalize(),
        "Created",
        "Still open",
        "Resolved then: median",
        "Created then: median, open counted",
    )
    note = (
        f"Half of the tickets within. Grey: tickets resolved in the {dataset.grain}. "
        "Blue: tickets created in it, where one still open counts for as long as it has been open."
    )
    return ChartContent(
        figure, resolution_says.cohorts(dataset), note, data_twin("Resolution time by creation", heads, rows)
    )


def duration_note(metric: Metric, now: Reading) -> str:
    """Return unit, clock, anchor and n of a duration."""
    if now.unit == "days":
        return f"Whole days, as only dates are known; {metric.anchor}, n {phrasing.count(now.n)}."
    clock = "Business hours only" if metric.clock is Clock.BUSINESS else "All hours, nights and weekends too"
    return f"{clock}; {metric.anchor}, n {phrasing.count(now.n)}."


def _unmeasured(metric: Metric) -> ChartContent:
    return nothing(*unmeasured_words(metric))


def unmeasured_words(metric: Metric) -> tuple[str, str]:
    """Return why a duration has no numbers, and what to do."""
    if "reply" in metric.slug:
        return (
            "No replies by a person are recorded for these days.",
            "Import the tickets' messages, or choose other days.",
        )
    if metric.clock is Clock.BUSINESS:
        return "Nothing here has a time of day, so business hours cannot be counted.", "Choose all hours instead."
    return "No tickets were solved during these days.", LONGER


def when(point: Point, grain: str, *, with_year: bool = False) -> str:
    """Return the words for a point's stretch of time."""
    words = phrasing.stretch(point.start, point.last, grain)
    return (
        f"{words} {point.last.year}" if with_year and grain != "month" and str(point.last.year) not in words else words
    )


def told(reading: Reading) -> str:
    """Return a reading in its unit."""
    return phrasing.amount(reading.value, reading.unit, reading.n)

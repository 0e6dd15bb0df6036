"""What the charts of durations say around their figures: the point, what is counted, the numbers as a table."""

from analytics.metrics import Clock, Metric
from portal.numbers import phrasing
from portal.numbers.reading import Reading
from portal.plots.axes import Figure
from portal.topics.resolution import conclusion as resolution_says
from portal.topics.resolution.dataset import Cohorts, Distribution, DurationTrend
from portal.widgets.chart_card import ChartContent, Empty, nothing_but
from portal.widgets.data_twin import TwinRow, data_twin
from portal.widgets.definition import anchored
from portal.widgets.reading_words import reading_words, running_words, stretch_words
from portal.widgets.why_nothing import WhyNothing


def distribution_content(dataset: Distribution, why: WhyNothing, figure: Figure) -> ChartContent:
    """Return the card of how durations spread."""
    if not dataset.bins:
        return nothing_but(unmeasured(dataset.metric, why))
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


def trend_content(dataset: DurationTrend, why: WhyNothing, figure: Figure) -> ChartContent:
    """Return the card of median and p90 over time."""
    measured = [point for point in dataset.medians.points if point.reading.value is not None]
    if not measured:
        return nothing_but(unmeasured(dataset.metric, why))
    rows = [
        TwinRow(
            (
                stretch_words(low, dataset.grain, with_year=True),
                reading_words(low.reading),
                reading_words(high.reading),
                phrasing.count(low.reading.n),
            ),
            low.href,
        )
        for low, high in zip(dataset.medians.points, dataset.p90s.points, strict=True)
    ]
    twin = data_twin(dataset.metric.label, (dataset.grain.capitalize(), "Half within", "9 in 10 within", "n"), rows)
    cut = f" {dataset.grain.capitalize()}s cut by the ends of the period are left out." if dataset.is_partial else ""
    n = sum(point.reading.n for point in measured)
    note = f"{duration_note(dataset.metric, Reading(None, n, measured[0].reading.unit))}"
    note += f"{running_words(dataset.medians, dataset.grain)}{cut}"
    return ChartContent(figure, resolution_says.percentiles(dataset), note, twin)


def cohorts_content(dataset: Cohorts, why: WhyNothing, figure: Figure) -> ChartContent:
    """Return the card of resolution time with open tickets counted."""
    if not any(dataset.created):
        return why.content("created")
    rows = [
        TwinRow(
            (
                stretch_words(full, dataset.grain, with_year=True),
                phrasing.count(dataset.created[place]),
                phrasing.count(dataset.still_open[place]),
                reading_words(naive.reading),
                reading_words(full.reading),
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
        f"{running_words(dataset.with_open, dataset.grain)}"
    )
    return ChartContent(
        figure, resolution_says.cohorts(dataset), note, data_twin("Resolution time by creation", heads, rows)
    )


def duration_note(metric: Metric, now: Reading) -> str:
    """Return unit, clock, anchor and n of a duration."""
    if now.unit == "days":
        return f"Whole days, as only dates are known; {anchored(metric)}, n {phrasing.count(now.n)}."
    clock = "Business hours only" if metric.clock is Clock.BUSINESS else "All hours, nights and weekends too"
    return f"{clock}; {anchored(metric)}, n {phrasing.count(now.n)}."


def unmeasured(metric: Metric, why: WhyNothing) -> Empty:
    """Return why a duration has no numbers, and what to do."""
    calendar = metric.slug.replace("_business", "")
    if metric.clock is Clock.BUSINESS and not why.is_recorded(metric.slug) and why.is_recorded(calendar):
        untimed = "Nothing here has a time of day, so business hours cannot be counted."
        return Empty(untimed, "Choose all hours instead.")
    return why.of(metric.slug)

"""What the charts of volume say around their figures: the point, what is counted, the numbers as a table."""

from dataclasses import replace

from portal.numbers import phrasing
from portal.numbers.filters import Comparison, Period, TicketFilters
from portal.numbers.reading import Point
from portal.plots.axes import Figure
from portal.topics.volume import conclusion as volume_says
from portal.topics.volume.dataset import MonthsOfYears, TicketsOverTime
from portal.widgets.chart_card import ChartContent, nothing, nothing_but
from portal.widgets.data_twin import TwinRow, data_twin
from portal.widgets.reading_words import reading_words, running_words, stretch_words
from portal.widgets.why_nothing import WhyNothing


def compared_words(filters: TicketFilters) -> str:
    """Return what the period is compared with, to stand after "than in"."""
    if filters.compare is Comparison.LAST_YEAR:
        return "the same days last year"
    if filters.period is Period.LAST_13_WEEKS:
        return "the same days 14 weeks before"
    return f"the {phrasing.plural(filters.length, 'day')} before" if filters.length > 1 else "the day before"


def cut_words(grain: str) -> str:
    """Return what a note says where stretches that the period cuts are not drawn, such as the week it begins in."""
    return f" {grain.capitalize()}s cut by the ends of the period are counted, and not drawn."


def tickets_content(dataset: TicketsOverTime, why: WhyNothing, figure: Figure) -> ChartContent:
    """Return the card of tickets over time."""
    if not dataset.tickets:
        return why.content("created")
    cut = cut_words(dataset.grain) if dataset.is_partial else ""
    n = phrasing.count(dataset.tickets)
    running = running_words(dataset.current, dataset.grain)
    note = f"Tickets per {dataset.grain}, created in the period, n {n}.{running}{cut}{_lined_up(dataset)}"
    before = () if dataset.compared is None else dataset.compared.points
    rows = [
        TwinRow(
            (
                stretch_words(point, dataset.grain, with_year=True),
                reading_words(point.reading),
                *_before(before, place),
            ),
            point.href,
        )
        for place, point in enumerate(dataset.current.points)
    ]
    heads = (dataset.grain.capitalize(), "Tickets", *(() if dataset.compared is None else (dataset.compared.label,)))
    twin = data_twin(f"Tickets per {dataset.grain}", heads, rows)
    return ChartContent(figure, volume_says.tickets_over_time(dataset, compared_words(why.filters)), note, twin)


def _lined_up(dataset: TicketsOverTime) -> str:
    if dataset.compared is None or not dataset.current.points or not dataset.compared.points:
        return ""
    weeks = (dataset.current.points[0].start - dataset.compared.points[0].start).days // 7
    return f" Grey: the same weekday {phrasing.plural(weeks, 'week')} earlier." if dataset.grain == "day" else ""


def years_content(dataset: TicketsOverTime, why: WhyNothing, figure: Figure) -> ChartContent:
    """Return the card of the period beside the year before."""
    if dataset.tickets_before == 0 and why.filters.where and dataset.tickets:
        return nothing_but(replace(why.of("created"), why="No tickets that match these filters came in a year before."))
    if not dataset.tickets_before:
        return nothing(
            "No tickets are recorded for the days a year before.",
            "Choose a shorter or later period, or import older tickets.",
        )
    if dataset.compared is None:
        return nothing("Whole months do not line up with the weeks a year before.", "Choose 12 months or less.")
    filters_words = "the same weeks a year before"
    rows = [
        TwinRow(
            (
                stretch_words(now, dataset.grain, with_year=True),
                reading_words(now.reading),
                reading_words(then.reading),
            ),
            now.href,
        )
        for now, then in zip(dataset.current.points, dataset.compared.points, strict=False)
    ]
    twin = data_twin("This period and last year", (dataset.grain.capitalize(), "This period", "Last year"), rows)
    cut = cut_words(dataset.grain) if dataset.is_partial else ""
    note = f"Tickets per {dataset.grain}, each beside the {dataset.grain} 52 weeks earlier."
    note += f"{running_words(dataset.current, dataset.grain)}{cut}"
    return ChartContent(figure, volume_says.tickets_over_time(dataset, filters_words), note, twin)


def _before(points: tuple[Point, ...], place: int) -> tuple[str, ...]:
    return (reading_words(points[place].reading),) if place < len(points) else ("",) if points else ()


def months_content(dataset: MonthsOfYears, why: WhyNothing, figure: Figure) -> ChartContent:
    """Return the card of months, year by year."""
    if not dataset.tickets:
        if why.filters.where or not why.is_recorded("created"):
            return why.content("created")
        return nothing("There is no month with tickets yet.", "Import older tickets to see seasons.")
    rows = [
        TwinRow((stretch_words(point, "month", with_year=True), reading_words(point.reading)), point.href)
        for year in dataset.years
        for point in year.points
    ]
    # A line alone has no name at its end.
    of_year = f" of {dataset.years[0].label}" if len(dataset.years) == 1 else ""
    note = (
        f"Tickets created in each month{of_year}, n {phrasing.count(dataset.tickets)}. "
        f"All years, up to four, whatever the period above.{running_words(dataset.years[-1], 'month')}"
    )
    twin = data_twin("Tickets per month", ("Month", "Tickets"), rows)
    return ChartContent(figure, volume_says.months_of_years(dataset), note, twin)

"""What the Overview's charts say around their figures."""

from portal.plots.axes import Figure
from portal.topics.overview import conclusion as overview_says
from portal.topics.overview.dataset import OpenedAndSolved
from portal.widgets.chart_card import ChartContent, nothing
from portal.widgets.data_twin import TwinRow, data_twin
from portal.widgets.reading_words import LONGER, reading_words, stretch_words


def flow_content(dataset: OpenedAndSolved, figure: Figure) -> ChartContent:
    """Return the card of tickets opened and solved."""
    if not dataset.opened.total and not dataset.solved.total:
        return nothing("No tickets came in or were solved during these days.", LONGER)
    rows = [
        TwinRow(
            (
                stretch_words(opened, dataset.grain, with_year=True),
                reading_words(opened.reading),
                reading_words(solved.reading),
            ),
            opened.href,
        )
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
    rows = [
        TwinRow((stretch_words(point, dataset.grain, with_year=True), reading_words(point.reading)), point.href)
        for point in points
    ]
    twin = data_twin("Open tickets", (dataset.grain.capitalize(), "Open at its end"), rows)
    return ChartContent(
        figure, overview_says.open_tickets(dataset), f"Tickets open at the end of each {dataset.grain}.", twin
    )

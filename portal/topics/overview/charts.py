"""What the Overview's charts say around their figures."""

from portal.plots.axes import Figure
from portal.topics.overview import conclusion as overview_says
from portal.topics.overview.dataset import Flow
from portal.widgets.chart_card import ChartContent
from portal.widgets.data_twin import TwinRow, data_twin
from portal.widgets.reading_words import reading_words, running_words, stretch_words
from portal.widgets.why_nothing import WhyNothing


def flow_content(dataset: Flow, why: WhyNothing, figure: Figure) -> ChartContent:
    """Return the card of what came in and went out."""
    if not dataset.inflow.total and not dataset.outflow.total:
        return why.content("created")
    rows = [
        TwinRow(
            (
                stretch_words(inflow, dataset.grain, with_year=True),
                *(reading_words(point.reading) for point in (inflow, outflow, backlog)),
            ),
            inflow.href,
        )
        for inflow, outflow, backlog in zip(
            dataset.inflow.points, dataset.outflow.points, dataset.backlog.points, strict=True
        )
    ]
    twin = data_twin("What came in and went out", (dataset.grain.capitalize(), "In", "Out", "Open at its end"), rows)
    note = (
        f"Per {dataset.grain}. In: tickets created, and solved ones opened again. Out: each time a ticket was solved."
        f"{running_words(dataset.inflow, dataset.grain)}{overview_says.beside_the_flow(dataset)}"
    )
    return ChartContent(figure, overview_says.flow(dataset), note, twin)


def open_content(dataset: Flow, why: WhyNothing, figure: Figure) -> ChartContent:
    """Return the card of open tickets."""
    points = dataset.backlog.points
    if not any(point.reading.value for point in points):
        return why.content("backlog")
    rows = [
        TwinRow((stretch_words(point, dataset.grain, with_year=True), reading_words(point.reading)), point.href)
        for point in points
    ]
    note = f"Tickets open at the end of each {dataset.grain}."
    twin = data_twin("Open tickets", (dataset.grain.capitalize(), "Open at its end"), rows)
    return ChartContent(
        figure, overview_says.open_tickets(dataset), f"{note}{running_words(dataset.backlog, dataset.grain)}", twin
    )

"""The cards of the Overview page without numbers. Each has its height from the start, so that nothing jumps."""

from dash import html
from dash.development.base_component import Component

from analytics.metrics import METRICS
from portal.topics.overview import ids
from portal.topics.overview.figure import FLOW_HEIGHT
from portal.topics.overview.kpi_card import kpi_skeletons
from portal.topics.volume.figure import TICKETS_HEIGHT
from portal.widgets.chart_card import block_card, chart_card
from portal.widgets.definition import definition, explanation

_ATTENTION = (
    (
        "Tickets past a target, due within two hours, or due before 10:00 of the next day; tickets open for two weeks "
        "or more, categories that take clearly longer than in the comparison, surges, and a sudden change in the "
        "number of tickets."
    ),
    (
        "A category is named only when at least 30 of its tickets were solved in both periods, its median grew by a "
        "tenth or more, and by more than chance: weeks differ from one another less than the two periods do."
    ),
    (
        "A surge is named when the last 7, 14 or 28 full days brought more tickets than weekday, season, holidays and "
        "the weeks before lead to expect, by more than chance. Of twenty desks without a surge about one is told of "
        "one at a look. It is looked for every night, in all tickets, categories, channels and customer types."
    ),
    (
        "The number of tickets is named only when the last seven full days differ from the seven weeks before by three "
        "standard deviations."
    ),
)
_DEFINED = ("created", "resolution_time", "backlog")


def layout() -> Component:
    """Return the page without numbers."""
    created, resolution, backlog = (definition(METRICS[slug]) for slug in _DEFINED)
    inflow = definition(METRICS["inflow"], extra=f"Outflow: {METRICS['outflow'].definition}")
    attention = explanation("What needs attention means", "Needs attention", _ATTENTION)
    return html.Div(
        [
            html.P(id=ids.HEADLINE, className="headline"),
            html.Div(kpi_skeletons(), id=ids.KPIS, className="kpi-row"),
            html.Div(
                [
                    chart_card(ids.TICKETS, "Tickets created", created, TICKETS_HEIGHT, place="span-8"),
                    block_card(ids.ATTENTION, "Needs attention", attention, TICKETS_HEIGHT, place="span-4"),
                    block_card(ids.CATEGORIES, "Resolution time by category", resolution, 220, place="span-7"),
                    block_card(ids.ARRIVALS, "When tickets arrive", created, 220, place="span-5"),
                    chart_card(
                        ids.FLOW,
                        "Inflow and outflow",
                        inflow,
                        FLOW_HEIGHT,
                        place="span-7",
                    ),
                    chart_card(ids.BACKLOG, "Open tickets", backlog, FLOW_HEIGHT, place="span-5"),
                ],
                className="page-grid",
            ),
        ]
    )

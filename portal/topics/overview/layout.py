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
        "Tickets past or close to a target, tickets open for two weeks or more, categories that take clearly longer "
        "than in the comparison, and a sudden change in the number of tickets."
    ),
    (
        "A category is named only when at least 30 of its tickets were solved in both periods, its median grew by a "
        "tenth or more, and the 95\u202f% intervals of the two medians do not meet."
    ),
    (
        "The number of tickets is named only when the last seven full days differ from the seven weeks before by three "
        "standard deviations."
    ),
)
_DEFINED = ("created", "resolution_time", "resolution_events", "backlog")


def layout() -> Component:
    """Return the page without numbers."""
    created, resolution, solved, backlog = (definition(METRICS[slug]) for slug in _DEFINED)
    attention = explanation("What needs attention means", "Needs attention", _ATTENTION)
    return html.Div(
        [
            html.Div(kpi_skeletons(), id=ids.KPIS, className="kpi-row"),
            html.Div(
                [
                    chart_card(ids.TICKETS, "Tickets created", created, TICKETS_HEIGHT, place="span-8"),
                    block_card(ids.ATTENTION, "Needs attention", attention, TICKETS_HEIGHT, place="span-4"),
                    block_card(ids.CATEGORIES, "Resolution time by category", resolution, 220, place="span-7"),
                    block_card(ids.ARRIVALS, "When tickets arrive", created, 220, place="span-5"),
                    chart_card(
                        ids.FLOW,
                        "Opened and solved",
                        solved,
                        FLOW_HEIGHT,
                        place="span-7",
                    ),
                    chart_card(ids.BACKLOG, "Open tickets", backlog, FLOW_HEIGHT, place="span-5"),
                ],
                className="page-grid",
            ),
        ]
    )

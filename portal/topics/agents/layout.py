"""The cards of the Agents page without numbers. Each has its height from the start, so that nothing jumps."""

from dash import html
from dash.development.base_component import Component

from portal.topics.agents import ids
from portal.topics.agents.figure import FUNNEL_HEIGHT
from portal.widgets.chart_card import block_card, chart_card
from portal.widgets.definition import explanation

_FAIR = (
    (
        "An urgent technical ticket on Friday evening takes longer in anybody's hands. So each agent is held against"
        " what tickets of the same category, priority, channel and hour of the week take with the typical other agent."
        " One who is far from the others does not shift what is typical."
    ),
    (
        "With few tickets a figure strays far by chance. Between the lines it is what chance brings; only agents who"
        " differ beyond that, everybody looked at allowed for, are coloured. Nobody is judged under 30 tickets, nor"
        " where fewer than 5 reopened (or well rated) tickets are to be expected."
    ),
    (
        "The likely range is the 95\u202f% interval. Chance allowed for: the best guess, nearer to 1 the fewer tickets"
        " there are. A typical time is the geometric mean, which a few endless tickets hardly move."
    ),
    "What tickets are like beyond their kind is not known.",
)


def layout() -> Component:
    """Return the page without numbers."""
    fair = explanation("How agents are compared", "How agents are compared", _FAIR)
    return html.Div(
        [
            html.Div(id=ids.CHOICES, className="choice-bar"),
            html.Div(
                [
                    chart_card(ids.FUNNEL, "Against what was to be expected", fair, FUNNEL_HEIGHT, place="span-12"),
                    block_card(ids.TABLE, "Every agent", fair, 300, place="span-12"),
                ],
                className="page-grid",
            ),
        ]
    )

"""The cards of the Satisfaction page without numbers. Each has its height from the start, so that nothing jumps."""

from dash import html
from dash.development.base_component import Component

from analytics.metrics import METRICS
from portal.topics.satisfaction import ids
from portal.topics.satisfaction.figure import WEEKS_HEIGHT
from portal.widgets.chart_card import block_card, chart_card, columns
from portal.widgets.definition import definition, explanation

_INTERVAL = (
    "Pale: where it may lie, given how few rated (95\u202f%, Wilson): the fewer ratings, the wider."
    " It does not cover that those who answer may differ from those who do not."
)
_MOVED = (
    (
        "Within a category: its change, at the share of ratings it had before. Mix: what is left, because other"
        " categories came in. Together they are the whole change."
    ),
    "It says where the change is, not what caused it.",
)
_PARTS = (
    "Each is held against all others together. Clearly: by more than chance, the number of comparisons allowed for.",
    "Nothing else is held equal: an agent may have the harder tickets. The Agents page allows for that.",
    "Too few: under 30 ratings, or fewer than 5 good or 5 other ones to be expected.",
)
_LOW = ("Ratings of 1 or 2 given during the period, with what the customer wrote, where the source has it.",)


def layout() -> Component:
    """Return the page without numbers."""
    csat = definition(METRICS["csat"], extra=_INTERVAL)
    moved = explanation("How a change is taken apart", "Where it moved", _MOVED)
    parts = explanation("How parts are compared", "Who is rated how", _PARTS)
    low = explanation("What is listed", "Low ratings", _LOW)
    cards = columns(
        [
            chart_card(ids.WEEKS, "Satisfied customers over time", csat, WEEKS_HEIGHT),
            block_card(ids.LOW, "Low ratings", low, 320),
        ],
        [
            block_card(ids.MOVED, "Where it moved", moved, 250),
            block_card(ids.PARTS, "Who is rated how", parts, 320),
        ],
    )
    return html.Div([html.Div(id=ids.CHOICES, className="choice-bar"), cards])

"""The cards of the Insights page, without sentences."""

from dash import html
from dash.development.base_component import Component

from portal.topics.insights import ids
from portal.widgets.chart_card import block_card
from portal.widgets.definition import explanation

_SAID = (
    (
        "Every night the desk's last year is looked at: what takes longest, who needs most support, seasons, odd days,"
        " targets, ratings, agents, and what is ahead."
    ),
    (
        "Something is said only when chance is an unlikely explanation, everything that was looked at allowed for: of"
        " all that is said, at most one in twenty is expected to be chance (Benjamini and Hochberg)."
    ),
    "What is likely is the 95\u202f% interval.",
    "The order is by how much of the work it concerns and how large it is. Each leads to the page that shows it.",
)


def layout() -> Component:
    """Return the page without sentences."""
    said = explanation("How insights are chosen", "How insights are chosen", _SAID)
    return html.Div(
        [
            block_card(ids.LIST, "What the data says", said, 420, place="span-12"),
            block_card(ids.GAPS, "What cannot be said yet", None, 60, place="span-12"),
        ],
        className="page-grid",
    )

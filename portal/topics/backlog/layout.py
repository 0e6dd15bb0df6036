"""The cards of the Backlog page without numbers. Each has its height from the start, so that nothing jumps."""

from dash import html
from dash.development.base_component import Component

from portal.topics.backlog import ids
from portal.widgets.chart_card import block_card
from portal.widgets.definition import explanation

_FORGOTTEN = (
    (
        "Tickets in which the customer spoke last and no person answered, whatever their status: also solved and closed"
        " ones. Automatic replies and private notes are no answers."
    ),
    (
        "Last messages that only thank, in English or Setswana, are left out. A message that might ask for anything"
        " stays in the list. A ticket without any message counts only where the desk keeps all its messages."
    ),
    "A mark is about this one message: if the customer writes again, the ticket is back in the list.",
)


def layout() -> Component:
    """Return the page without numbers."""
    explained = explanation("Who is in the list", "Whom nobody answered", _FORGOTTEN)
    card = block_card(ids.FORGOTTEN, "Whom nobody answered", explained, 420, place="span-12")
    return html.Div(html.Div([card], className="page-grid"))

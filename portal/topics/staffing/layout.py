"""The cards of the Staffing page without numbers. Each has its height from the start, so that nothing jumps."""

from dash import html
from dash.development.base_component import Component

from portal.topics.staffing import ids
from portal.topics.staffing.figure import PEOPLE_HEIGHT
from portal.widgets.chart_card import block_card, chart_card
from portal.widgets.definition import explanation

_PEOPLE = (
    (
        "Calls and chats: the least people with whom the wanted share is answered in time, though contacts come by "
        "chance (Erlang C; Erlang A where customers give up)."
    ),
    (
        "E-mail, forms and all else: a backlog, worked off oldest first and as evenly over the day as its due times "
        "allow. People on calls and chats help in between, if the settings say so."
    ),
    "Both are for a day as busy as the settings ask, and then raised for breaks, training, leave and illness.",
)
_LEVELS = (
    "What is expected to be answered in time if as much comes as is most likely, with the people planned.",
    (
        "One fewer, one more: the same with one person fewer or more. Work for which there are too few piles up, so "
        "that after some days nothing is answered in time."
    ),
)


def layout() -> Component:
    """Return the page without numbers."""
    cards = [
        chart_card(
            ids.PEOPLE,
            "People needed, hour by hour",
            explanation("How people are worked out", "How people are worked out", _PEOPLE),
            PEOPLE_HEIGHT,
            place="span-12",
        ),
        block_card(
            ids.LEVELS,
            "What one more or one fewer means",
            explanation("What in time means", "Answered in time", _LEVELS),
            160,
            place="span-12",
        ),
        block_card(ids.SHIFTS, "Shifts to fill", None, 200, place="span-6"),
        block_card(ids.GAPS, "Missing from the roster", None, 96, place="span-6"),
        block_card(ids.SETTINGS, "Settings", None, 240, place="span-7"),
        block_card(ids.ROSTER, "Roster", None, 240, place="span-5"),
    ]
    return html.Div(
        [
            html.Div(id=ids.CHOICES, className="choice-bar"),
            html.Div(id=ids.SUMMARY, className="kpi-row kpi-row-short"),
            html.Div(cards, className="page-grid"),
        ]
    )

"""The cards of the Forecast page without numbers. Each has its height from the start, so that nothing jumps."""

from dash import html
from dash.development.base_component import Component

from portal.topics.forecast import ids
from portal.topics.forecast.figure import CHECK_HEIGHT, OUTLOOK_HEIGHT, PARTS_HEIGHT
from portal.widgets.chart_card import block_card, chart_card
from portal.widgets.definition import explanation

_HOW = (
    (
        "Several ways of looking ahead (Prophet, a regression on the calendar, the level of the latest weeks, Theta), "
        "all of which know the holidays, are tried from days of the past. The combined forecast is the middle of them; "
        "those that were closer count more."
    ),
    (
        "The bands come from how far this was off before. Where it does not beat repeating last week, last week is "
        "shown."
    ),
)
_PARTS = (
    (
        "The number expected for a day is the trend, times the weekday's share, times the time of year, times what "
        "holidays and events change. The combined forecast is made of several ways; this is one of them, taken "
        "apart."
    ),
)
_CHECK = (
    (
        "The grey line is what was said at least four weeks ago, with the band that 8 in 10 days should fall into. "
        "Where no forecast had been made then, it is what the same method would have said on the latest day it was "
        "tried on, up to eight weeks ago, knowing only what was known then."
    ),
)


def layout() -> Component:
    """Return the page without numbers."""
    how = explanation("How the forecast is made", "How the forecast is made", _HOW)
    parts = explanation("What the parts are", "What the forecast is made of", _PARTS)
    check = explanation("What is compared", "What is compared", _CHECK)
    cards = [
        chart_card(ids.OUTLOOK, "Tickets ahead", how, OUTLOOK_HEIGHT, place="span-12"),
        chart_card(ids.CHECK, "An earlier forecast and what came", check, CHECK_HEIGHT, place="span-6"),
        block_card(ids.ACCURACY, "How good it is", how, CHECK_HEIGHT, place="span-6"),
        block_card(ids.WHAT_IF, "What if", None, 90, place="span-6"),
        block_card(ids.EVENTS, "The desk’s own events", None, 90, place="span-6"),
        chart_card(ids.TREND, "Trend", parts, PARTS_HEIGHT, place="span-6"),
        chart_card(ids.YEAR, "Time of year", parts, PARTS_HEIGHT, place="span-6"),
        block_card(ids.WEEK, "Day of the week", parts, PARTS_HEIGHT, place="span-6"),
        block_card(ids.NAMED, "Holidays and events ahead", parts, PARTS_HEIGHT, place="span-6"),
    ]
    return html.Div([html.Div(id=ids.SERIES, className="choice-bar"), html.Div(cards, className="page-grid")])

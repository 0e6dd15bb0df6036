"""The Tickets page before its tickets come."""

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from portal.topics.tickets import ids
from portal.topics.tickets.address import PATH
from portal.widgets.markup import attributes

_LONGEST: int = 200
_HINT = "Words, a ticket’s number or a customer’s e-mail"


def layout() -> Component:
    """Return the search and the place of the list."""
    words = dbc.Input(
        id=ids.SEARCH_WORDS, name="q", type="search", placeholder=_HINT, maxlength=_LONGEST, className="search-words"
    )
    label = html.Label([html.Span("Search tickets", className="visually-hidden"), words])
    button = html.Button("Search", type="submit", className="plain-button")
    form = html.Form(
        [label, button],
        id=ids.SEARCH,
        action=PATH,
        method="get",
        className="ticket-search",
        **attributes({"data-ticket-search": "", "role": "search"}),
    )
    skeleton = html.Div(className="list-skeleton surface skeleton", **attributes({"aria-hidden": "true"}))
    return html.Div(
        [
            form,
            html.Div(skeleton, id=ids.VIEW),
            dcc.Store(id=ids.TABLE_DATA),
            html.Div(id=ids.TABLE),
            html.Div(id=ids.FOOT),
        ]
    )

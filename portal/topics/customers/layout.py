"""The page of customers before its numbers come."""

from dash import html
from dash.development.base_component import Component

from portal.topics.customers import ids
from portal.widgets.markup import attributes


def layout() -> Component:
    """Return the place of the list, or of the customer."""
    skeleton = html.Div(className="list-skeleton surface skeleton", **attributes({"aria-hidden": "true"}))
    return html.Div(skeleton, id=ids.VIEW)

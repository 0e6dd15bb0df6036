"""The cards of the Volume page without numbers. Each has its height from the start, so that nothing jumps."""

from typing import Final

from dash import html
from dash.development.base_component import Component

from analytics.metrics import METRICS
from portal.topics.volume import ids
from portal.topics.volume.figure import TICKETS_HEIGHT
from portal.widgets.chart_card import block_card, chart_card
from portal.widgets.definition import definition

_CHANGES: Final = (
    "The change of each part in tickets; together they are the change of all. A bar is coloured where the change is "
    "more than chance: the weeks of a period differ less among themselves than the two periods do."
)


def layout() -> Component:
    """Return the page without numbers."""
    created = METRICS["created"]
    year = "Each week stands beside the week 52 weeks earlier, so that the same weekdays are compared."
    explained, changed = definition(created, extra=year), definition(created, extra=_CHANGES)
    return html.Div(
        html.Div(
            [
                html.Div(id=ids.SPLIT_CHOICE, className="choice-bar span-12"),
                block_card(ids.CHANGES, "What changed", changed, TICKETS_HEIGHT, place="span-5"),
                chart_card(ids.TICKETS, "Tickets created", definition(created), TICKETS_HEIGHT, place="span-7"),
                block_card(ids.SPLIT, "Over time", definition(created), 240, place="span-7"),
                block_card(ids.SHARES, "Shares", definition(created), 240, place="span-5"),
                block_card(ids.ARRIVALS, "When tickets arrive", definition(created), TICKETS_HEIGHT, place="span-12"),
                chart_card(
                    ids.YEARS,
                    "This period and last year",
                    explained,
                    TICKETS_HEIGHT,
                    place="span-12",
                ),
                chart_card(
                    ids.MONTHS, "Month by month, year by year", definition(created), TICKETS_HEIGHT, place="span-12"
                ),
            ],
            className="page-grid",
        )
    )

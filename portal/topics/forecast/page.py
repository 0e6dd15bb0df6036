"""The Forecast page: how many tickets are coming, how sure that is, and what it is made of."""

from typing import Final

from analytics import pages
from portal.frame.navigation import AHEAD
from portal.frame.page import Page
from portal.topics.forecast.blocks import BLOCKS, register
from portal.topics.forecast.layout import layout

PAGE: Final = Page(
    slug="forecast",
    path=pages.FORECAST,
    title="Forecast",
    section=AHEAD,
    keeps=("series", "add", "add_from", "add_to"),
    filters=(),
    layout=layout,
    register=register,
    blocks=BLOCKS,
)

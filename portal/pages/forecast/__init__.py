"""The Forecast page: how many tickets are coming, how sure that is, and what it is made of."""

from typing import Final

from portal.page import Page
from portal.pages.forecast.callbacks import BLOCKS, register
from portal.pages.forecast.layout import layout

PAGE: Final = Page(
    slug="forecast",
    path="/forecast",
    title="Forecast",
    keeps=("series", "add", "add_from", "add_to"),
    filters=(),
    layout=layout,
    register=register,
    blocks=BLOCKS,
    # The form of events holds a token of the reader's own session.
    is_alike=False,
)

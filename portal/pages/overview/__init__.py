"""The Overview: how are we doing, and what needs me."""

from typing import Final

from portal.page import Page
from portal.pages.overview.callbacks import BLOCKS, register
from portal.pages.overview.layout import layout

PAGE: Final = Page(
    slug="overview",
    path="/",
    title="Overview",
    filters=("period", "compare", "category", "priority", "channel", "customer_type", "agent", "team"),
    layout=layout,
    register=register,
    blocks=BLOCKS,
)

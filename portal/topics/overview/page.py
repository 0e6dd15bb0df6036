"""The Overview: how are we doing, and what needs me."""

from typing import Final

from analytics import pages
from portal.frame.navigation import TODAY
from portal.frame.page import Page
from portal.topics.overview.blocks import BLOCKS, register
from portal.topics.overview.layout import layout

PAGE: Final = Page(
    slug="overview",
    path=pages.OVERVIEW,
    title="Overview",
    section=TODAY,
    is_tab=True,
    filters=("period", "compare", "category", "priority", "channel", "customer_type", "agent", "team"),
    layout=layout,
    register=register,
    blocks=BLOCKS,
    is_alike=True,
)

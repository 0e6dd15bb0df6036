"""The Volume page: how many tickets, of what kind, and when."""

from typing import Final

from analytics import pages
from portal.frame.navigation import DESK
from portal.frame.page import Page
from portal.topics.volume.blocks import BLOCKS, register
from portal.topics.volume.layout import layout

PAGE: Final = Page(
    slug="volume",
    path=pages.VOLUME,
    title="Volume",
    section=DESK,
    keeps=("by",),
    filters=("period", "compare", "category", "priority", "channel", "customer_type", "agent", "team"),
    layout=layout,
    register=register,
    blocks=BLOCKS,
    is_alike=True,
)

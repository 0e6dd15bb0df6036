"""The Backlog page: what is open, and whom nobody answered."""

from typing import Final

from analytics import pages
from portal.frame.navigation import TODAY
from portal.frame.page import Page
from portal.topics.backlog.blocks import BLOCKS, register
from portal.topics.backlog.layout import layout

PAGE: Final = Page(
    slug="backlog",
    path=pages.BACKLOG,
    title="Backlog",
    section=TODAY,
    filters=("category", "priority", "channel", "customer_type", "agent", "team"),
    layout=layout,
    register=register,
    blocks=BLOCKS,
)

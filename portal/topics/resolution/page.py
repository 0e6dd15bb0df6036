"""The page on resolution and reply times: how long customers wait, and for what."""

from typing import Final

from analytics import pages
from portal.frame.navigation import DESK
from portal.frame.page import Page
from portal.topics.resolution.blocks import BLOCKS, register
from portal.topics.resolution.layout import layout

PAGE: Final = Page(
    slug="resolution",
    path=pages.RESOLUTION,
    title="Resolution & replies",
    section=DESK,
    keeps=("measure", "clock"),
    filters=("period", "compare", "category", "priority", "channel", "customer_type", "agent", "team"),
    layout=layout,
    register=register,
    blocks=BLOCKS,
    is_alike=True,
)

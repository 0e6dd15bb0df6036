"""The page on resolution and reply times: how long customers wait, and for what."""

from typing import Final

from portal.page import Page
from portal.pages.resolution.callbacks import BLOCKS, register
from portal.pages.resolution.layout import layout

PAGE: Final = Page(
    slug="resolution",
    path="/resolution",
    title="Resolution & replies",
    keeps=("measure", "clock"),
    filters=("period", "compare", "category", "priority", "channel", "customer_type", "agent", "team"),
    layout=layout,
    register=register,
    blocks=BLOCKS,
)

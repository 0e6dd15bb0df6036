"""The Volume page: how many tickets, of what kind, and when."""

from typing import Final

from portal.page import Page
from portal.pages.volume.callbacks import BLOCKS, register
from portal.pages.volume.layout import layout

PAGE: Final = Page(
    slug="volume",
    path="/volume",
    title="Volume",
    keeps=("by",),
    filters=("period", "compare", "category", "priority", "channel", "customer_type", "agent", "team"),
    layout=layout,
    register=register,
    blocks=BLOCKS,
)

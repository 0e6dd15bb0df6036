"""The Satisfaction page: how customers rate, why it moved, and what the unhappy ones wrote."""

from typing import Final

from analytics import pages
from portal.frame.navigation import DESK
from portal.frame.page import Page
from portal.topics.satisfaction.blocks import BLOCKS, register
from portal.topics.satisfaction.layout import layout

PAGE: Final = Page(
    slug="satisfaction",
    path=pages.SATISFACTION,
    title="Satisfaction",
    section=DESK,
    keeps=("by",),
    filters=("period", "compare", "category", "priority", "channel", "customer_type", "agent", "team"),
    layout=layout,
    register=register,
    blocks=BLOCKS,
)

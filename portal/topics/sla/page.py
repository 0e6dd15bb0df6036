"""The SLA page: what was promised and kept, and what is about to be missed."""

from typing import Final

from analytics import pages
from portal.frame.navigation import DESK
from portal.frame.page import Page
from portal.topics.sla.blocks import BLOCKS, register
from portal.topics.sla.layout import layout

PAGE: Final = Page(
    slug="sla",
    path=pages.SLA,
    title="SLA",
    section=DESK,
    is_tab=True,
    keeps=("by",),
    filters=("period", "compare", "category", "priority", "channel", "customer_type", "agent", "team"),
    layout=layout,
    register=register,
    blocks=BLOCKS,
)

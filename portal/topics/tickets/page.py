"""The Tickets page: the tickets behind every number, and each ticket by itself."""

from typing import Final

from analytics import pages
from portal.frame.navigation import TODAY
from portal.frame.page import Page
from portal.topics.tickets.address import CLOCKS
from portal.topics.tickets.blocks import register
from portal.topics.tickets.layout import layout

PAGE: Final = Page(
    slug="tickets",
    path=pages.TICKETS,
    title="Tickets",
    section=TODAY,
    is_tab=True,
    filters=("period", "category", "priority", "channel", "customer_type", "agent", "team", "sla_policy"),
    layout=layout,
    register=register,
    matches_below=True,
    keeps=("metric", "part", *CLOCKS, "precision", "q", "sort"),
)

"""The Tickets page: the tickets behind every number, and each ticket by itself."""

from typing import Final

from portal.page import Page
from portal.pages.tickets.callbacks import register
from portal.pages.tickets.layout import layout
from portal.ticket_list import CLOCKS, PATH

PAGE: Final = Page(
    slug="tickets",
    path=PATH,
    title="Tickets",
    filters=("period", "category", "priority", "channel", "customer_type", "agent", "team", "sla_policy"),
    layout=layout,
    register=register,
    matches_below=True,
    keeps=("metric", "part", *CLOCKS, "precision", "q", "sort"),
    # Targets fall due while the data stays the same.
    is_alike=False,
)

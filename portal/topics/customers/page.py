"""The page of customers, and of one customer below it. Both name people, so their answers are shared with nobody."""

from typing import Final

from analytics import pages
from portal.frame.navigation import PEOPLE
from portal.frame.page import Page
from portal.topics.customers.blocks import register
from portal.topics.customers.layout import layout

PAGE: Final = Page(
    slug="customers",
    path=pages.CUSTOMERS,
    title="Customers",
    section=PEOPLE,
    keeps=("by", "sort"),
    filters=("period", "compare", "category", "priority", "channel", "customer_type", "agent", "team"),
    layout=layout,
    register=register,
    matches_below=True,
)

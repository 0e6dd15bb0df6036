"""The Insights page: what the data says, the most important first."""

from typing import Final

from analytics import pages
from portal.frame.navigation import TODAY
from portal.frame.page import Page
from portal.topics.insights.blocks import BLOCKS, register
from portal.topics.insights.layout import layout

PAGE: Final = Page(
    slug="insights",
    path=pages.INSIGHTS,
    title="Insights",
    section=TODAY,
    is_tab=True,
    filters=(),
    layout=layout,
    register=register,
    blocks=BLOCKS,
    is_alike=True,
)

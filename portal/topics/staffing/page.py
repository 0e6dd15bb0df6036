"""The Staffing page: who is needed when, what one more or one fewer means, and what the roster lacks."""

from typing import Final

from analytics import pages
from portal.frame.navigation import AHEAD
from portal.frame.page import Page
from portal.topics.staffing.blocks import BLOCKS, register
from portal.topics.staffing.layout import layout

PAGE: Final = Page(
    slug="staffing",
    path=pages.STAFFING,
    title="Staffing",
    section=AHEAD,
    filters=(),
    layout=layout,
    register=register,
    blocks=BLOCKS,
)

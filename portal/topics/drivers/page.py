"""The page on satisfaction: what goes with good and bad ratings, and who gives them."""

from typing import Final

from analytics import pages
from portal.frame.navigation import DESK
from portal.frame.page import Page
from portal.topics.drivers.blocks import BLOCKS, register
from portal.topics.drivers.layout import layout

PAGE: Final = Page(
    slug="drivers",
    path=pages.DRIVERS,
    title="Drivers",
    section=DESK,
    filters=(),
    layout=layout,
    register=register,
    blocks=BLOCKS,
    is_alike=True,
)

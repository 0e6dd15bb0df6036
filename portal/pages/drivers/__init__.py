"""The page on satisfaction: what goes with good and bad ratings, and who gives them."""

from typing import Final

from portal.page import Page
from portal.pages.drivers.callbacks import BLOCKS, register
from portal.pages.drivers.layout import layout

PAGE: Final = Page(
    slug="drivers",
    path="/drivers",
    title="Drivers",
    filters=(),
    layout=layout,
    register=register,
    blocks=BLOCKS,
)

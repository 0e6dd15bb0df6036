"""The Staffing page: who is needed when, what one more or one fewer means, and what the roster lacks."""

from typing import Final

from portal.frame.page import Page
from portal.topics.staffing.blocks import BLOCKS, register
from portal.topics.staffing.layout import layout
from portal.topics.staffing.routes import PATH

PAGE: Final = Page(
    slug="staffing",
    path=PATH,
    title="Staffing",
    filters=(),
    layout=layout,
    register=register,
    blocks=BLOCKS,
)

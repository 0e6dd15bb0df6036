"""The page on leaving: what went before customers left, and who may be next."""

from typing import Final

from analytics import pages
from portal.frame.navigation import PEOPLE
from portal.frame.page import Page
from portal.topics.churn.blocks import BLOCKS, register
from portal.topics.churn.layout import layout

PAGE: Final = Page(
    slug="churn",
    path=pages.CHURN,
    title="Churn & pain points",
    section=PEOPLE,
    filters=(),
    layout=layout,
    register=register,
    blocks=BLOCKS,
)

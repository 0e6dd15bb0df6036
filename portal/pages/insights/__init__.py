"""The Insights page: what the data says, the most important first."""

from typing import Final

from portal.page import Page
from portal.pages.insights.callbacks import BLOCKS, register
from portal.pages.insights.layout import layout

PAGE: Final = Page(
    slug="insights",
    path="/insights",
    title="Insights",
    filters=(),
    layout=layout,
    register=register,
    blocks=BLOCKS,
)

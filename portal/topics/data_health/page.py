"""The Data health page: imports in the browser, background work, quarantine, jobs and the data's rules."""

from typing import Final

from analytics import pages
from portal.frame.navigation import MANAGE
from portal.frame.page import Page
from portal.topics.data_health.blocks import BLOCKS, register
from portal.topics.data_health.layout import layout

PAGE: Final = Page(
    slug="data_health",
    path=pages.DATA_HEALTH,
    title="Data health",
    section=MANAGE,
    filters=(),
    layout=layout,
    register=register,
    blocks=BLOCKS,
)

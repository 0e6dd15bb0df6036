"""The Agents page: what each did against what the kind of their tickets would have brought."""

from typing import Final

from analytics import pages
from portal.frame.navigation import PEOPLE
from portal.frame.page import Page
from portal.topics.agents.blocks import BLOCKS, register
from portal.topics.agents.layout import layout

PAGE: Final = Page(
    slug="agents",
    path=pages.AGENTS,
    title="Agents",
    section=PEOPLE,
    filters=(),
    layout=layout,
    register=register,
    blocks=BLOCKS,
    is_alike=True,
    keeps=("on",),
)

"""The Agents page: what each did against what the kind of their tickets would have brought."""

from typing import Final

from portal.page import Page
from portal.pages.agents.callbacks import BLOCKS, register
from portal.pages.agents.layout import layout

PAGE: Final = Page(
    slug="agents",
    path="/agents",
    title="Agents",
    filters=(),
    layout=layout,
    register=register,
    blocks=BLOCKS,
    keeps=("on",),
)

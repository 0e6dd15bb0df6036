"""The Classifier page: what it leaves to people, how sure it has to be, its languages, keywords and priority rules."""

from typing import Final

from analytics import pages
from portal.frame.navigation import MANAGE
from portal.frame.page import Page
from portal.topics.classifier.blocks import BLOCKS, register
from portal.topics.classifier.layout import layout

PAGE: Final = Page(
    slug="classifier",
    path=pages.CLASSIFIER,
    title="Classifier",
    section=MANAGE,
    filters=(),
    layout=layout,
    register=register,
    blocks=BLOCKS,
)

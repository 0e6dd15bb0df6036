"""The Staffing page: who is needed when, what one more or one fewer means, and what the roster lacks."""

from typing import Final

from portal.page import Page
from portal.pages.staffing.callbacks import BLOCKS, register
from portal.pages.staffing.layout import layout
from portal.staffing_views import PATH

PAGE: Final = Page(
    slug="staffing",
    path=PATH,
    title="Staffing",
    filters=(),
    layout=layout,
    register=register,
    blocks=BLOCKS,
    # The roster and the settings change while the data stays the same, and only managers are shown forms.
    is_alike=False,
)

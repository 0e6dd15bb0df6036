"""What stands on the screen before a page's program has come: the frame, and what is known of the page, as plain HTML.

On a slow network the program takes ten seconds. The document itself has a few kilobytes, and its links work by
themselves.
"""

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLongError
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa
from dash import html
from dash.development.base_component import Component
from flask import copy_current_request_context, request

from analytics.errors import SupportAnalyticsError
from portal.widgets.plain_html import plain_html

if TYPE_CHECKING:
    from portal.frame.shell import Shell

FIRST_FRAME: Final = "first-frame"
NO_SCRIPT: Final = (
    "JavaScript is switched off in this browser. Charts stay empty, and numbers do not follow new tickets, until it is "
    "switched on."
)
_LONGEST_SECONDS: Final = 0.4
"""When the database takes longer, the document is sent with empty places; the page's program asks again."""
_AT_ONCE: Final = 16


class FirstFrame:
    """Draws the frame of the page that a request asks for."""

    def __init__(self, shell: "Shell") -> None:
        """Draw the pages of a shell."""
        self._shell = shell
        self._workers = ThreadPoolExecutor(_AT_ONCE, "first-frame")

    def __call__(self) -> str:
        """Return the HTML; with numbers if the database is quick, else without."""
        notice = html.Noscript(html.P(NO_SCRIPT, className="notice no-script"))
        inside = [notice, self._drawn()]
        return plain_html(html.Div(inside, id=FIRST_FRAME))

    def _drawn(self) -> Component:
        path, search = request.path, request.query_string.decode("utf-8", "replace")
        # By another thread: a document that waits for a slow database would leave the screen white.
        draw = copy_current_request_context(lambda: self._shell.at(path, f"?{search}" if search else ""))
        drawing = self._workers.submit(draw)
        try:
            return drawing.result(_LONGEST_SECONDS)
        except (TookTooLongError, SupportAnalyticsError, sa.exc.SQLAlchemyError):
            drawing.cancel()
            return self._shell.bare(path)

"""Which paths there are, and what each is called in logs and metrics."""

from typing import Final

import flask
from werkzeug.exceptions import NotFound

from portal.auth.local_path import LOGIN, LOGOUT
from portal.frame.page import Page
from portal.web.own_paths import ALIVE, CALLBACKS, METRICS, READY

_OWN: Final = (LOGIN, LOGOUT, ALIVE, READY, METRICS)
_FOLDERS: Final = ("/assets/", "/static/", "/_dash-component-suites/", "/export/")
_DASH: Final = (CALLBACKS, "/_dash-layout", "/_dash-dependencies", "/_reload-hash", "/_favicon.ico")
_DASH_PAGE_RULES: Final = ("/", "/<path:path>")


def route_of(path: str, pages: tuple[Page, ...]) -> str:
    """Return the route of a path: one of a few names, so that neither a log nor a metric holds what somebody typed."""
    if path in _OWN or path in _DASH:
        return path
    if (folder := next((each for each in _FOLDERS if path.startswith(each)), None)) is not None:
        return f"{folder}*"
    page = next((each for each in pages if each.matches(path)), None)
    if page is None:
        return "other"
    return page.path if path == page.path else f"{page.path}/*"


def install_not_found(server: flask.Flask, pages: tuple[Page, ...]) -> None:
    """Answer 404 where no page is; Dash by itself answers every path with its one document.

    Args:
        server: The Flask server; its guard comes before.
        pages: Whose paths exist.
    """

    def check_page() -> None:
        rule = flask.request.url_rule
        is_page_rule = rule is not None and rule.rule in _DASH_PAGE_RULES
        if is_page_rule and not any(page.matches(flask.request.path) for page in pages):
            raise NotFound

    server.before_request(check_page)

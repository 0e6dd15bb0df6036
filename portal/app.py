"""The composition root of the Dash application."""

from collections.abc import Callable
from typing import Final

import flask
from dash import Dash

from portal.page import Page
from portal.page_registry import PAGES
from portal.services import PortalServices
from portal.shell import Shell, Viewer

_INDEX: Final = """<!doctype html>
<html lang="en">
<head>
{%metas%}
<title>{%title%}</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="preload" href="/assets/fonts/inter-latin-wght-normal.woff2" as="font" type="font/woff2" crossorigin>
<script src="/assets/theme.js"></script>
{%css%}
</head>
<body>
{%app_entry%}
<footer>{%config%}{%scripts%}{%renderer%}</footer>
</body>
</html>
"""
_METAS: Final = [
    {"name": "viewport", "content": "width=device-width, initial-scale=1"},
    {"name": "description", "content": "How the support desk is doing, and what needs you."},
]


def create_app(
    services: PortalServices,
    server: flask.Flask,
    *,
    viewer: Callable[[], Viewer] = Viewer,
    pages: tuple[Page, ...] = PAGES,
) -> Dash:
    """Return the Dash application on a Flask server.

    Args:
        services: Way to the database.
        server: Flask application that guards and serves it.
        viewer: Returns who asks.
        pages: The pages, in the order of the navigation.
    """
    app = Dash(
        "portal",
        server=server,  # type: ignore[arg-type]  # Dash annotates less than it takes
        assets_folder="assets",
        assets_ignore=r"theme\.js",
        pages_folder="",
        # An empty folder alone would turn on Dash's own pages, with an inline script that the policy forbids.
        use_pages=False,
        use_async=False,
        compress=False,
        serve_locally=True,
        suppress_callback_exceptions=True,
        update_title="",
        title="Support Analytics",
        index_string=_INDEX,
        meta_tags=_METAS,
    )
    shell = Shell(pages, services, viewer)
    app.layout = shell.layout
    shell.register(app)
    for page in pages:
        page.register(app, services)
    return app

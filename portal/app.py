"""The composition root of the Dash application."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import flask
from dash import Dash

from portal.frame.first_frame import FirstFrame
from portal.frame.one_style import one_style
from portal.frame.page import Page
from portal.frame.page_blocks import register_blocks
from portal.frame.services import PortalServices
from portal.frame.shell import Shell, Viewer
from portal.topics.registry import PAGES

_INDEX: Final = """<!doctype html>
<html lang="en">
<head>
{%metas%}
<title>{%title%}</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="preload" href="/assets/fonts/inter-latin-wght-normal.woff2" as="font" type="font/woff2" crossorigin>
<link rel="preload" href="{plotly}" as="script" id="plotly">
<link rel="preload" href="/_dash-layout" as="fetch" crossorigin>
<link rel="preload" href="/_dash-dependencies" as="fetch" crossorigin>
<script>{theme}</script>
<style>{styles}</style>
</head>
<body>
{%app_entry%}
<footer>{%config%}{%scripts%}{%renderer%}</footer>
</body>
</html>
"""
_ASSETS: Final = Path(__file__).parent / "assets"
_PLOTLY: Final = "plotly-cartesian-4.1.1.min.js"
THEME: Final = (_ASSETS / "theme.js").read_text("utf-8")
"""Written into each document, so that the theme is chosen before the first paint without a request."""
UNUSED_SCRIPTS: Final = ("/deps/polyfill@", "/dash_table/bundle.")
"""For Internet Explorer, and a table that no page has; a tenth of a second before the first chart on a slow machine."""
CORE: Final = "/dcc/dash_core_components.v"
CHART: Final = "/dcc/async-graph.v"
_METAS: Final = [
    {"name": "viewport", "content": "width=device-width, initial-scale=1"},
    {"name": "description", "content": "How the support desk is doing, and what needs you."},
]


class PortalDash(Dash):
    """Dash without the scripts that the portal has no use for, and with something to look at before the others come.

    Attributes:
        first_frame: Draws what stands there until the scripts have come.
    """

    first_frame: Callable[[], str] = staticmethod(str)

    def interpolate_index(  # type: ignore[override]  # Dash names each part and passes all of them by name
        self,
        **parts: Any,  # noqa: ANN401 - as above
    ) -> str:
        """Return the document."""
        used = [line for line in parts["scripts"].splitlines() if not any(name in line for name in UNUSED_SCRIPTS)]
        # Dash would ask for the chart's component when the first layout has one; so it comes with the others.
        charts = [line.replace(CORE, CHART) for line in used if CORE in line]
        # After Dash's own place: whoever looks for a part of the page by its name finds Dash's.
        entry = f'<div id="react-entry-point"></div>\n{self.first_frame()}'
        shown = parts | {"scripts": "\n".join([*charts, *used]), "app_entry": entry}
        return str(super().interpolate_index(**shown))  # type: ignore[no-untyped-call]


def create_app(
    services: PortalServices,
    server: flask.Flask,
    *,
    viewer: Callable[[], Viewer] = Viewer,
    pages: tuple[Page, ...] = PAGES,
) -> PortalDash:
    """Return the Dash application on a Flask server.

    Args:
        services: Way to the database.
        server: Flask application that guards and serves it.
        viewer: Returns who asks.
        pages: The pages, in the order of the navigation.
    """
    app = PortalDash(
        "portal",
        server=server,  # type: ignore[arg-type]  # Dash annotates less than it takes
        assets_folder="assets",
        # Styles and the theme are in the document itself; plotly is run by plotly_address.js.
        assets_ignore=rf".*\.css|theme\.js|{re.escape(_PLOTLY)}",
        pages_folder="",
        # An empty folder alone would turn on Dash's own pages, with an inline script that the policy forbids.
        use_pages=False,
        use_async=False,
        compress=False,
        serve_locally=True,
        suppress_callback_exceptions=True,
        update_title="",
        title="Support Analytics",
        index_string=_document(),
        meta_tags=_METAS,
    )
    shell = Shell(pages, services, viewer)
    app.layout = shell.layout
    app.first_frame = FirstFrame(shell)
    shell.register(app)
    for page in pages:
        page.register(app, services)
        register_blocks(app, page, services)
    return app


def _document() -> str:
    parts = {"{plotly}": _address(_PLOTLY), "{theme}": THEME, "{styles}": one_style(_ASSETS)}
    return re.sub("|".join(map(re.escape, parts)), lambda found: parts[found[0]], _INDEX)


def _address(asset: str) -> str:
    """Return the address of an asset; it changes with its content, so that browsers may keep what they have."""
    return f"/assets/{asset}?m={(_ASSETS / asset).stat().st_mtime_ns}"

"""The composition root of the Dash application."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import flask
from dash import Dash

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
<script src="{theme}"></script>
{%css%}
</head>
<body>
{%app_entry%}
<footer>{%config%}{%scripts%}{%renderer%}</footer>
</body>
</html>
"""
_ASSETS: Final = Path(__file__).parent / "assets"
_PLOTLY: Final = "plotly-cartesian-4.1.1.min.js"
_THEME: Final = "theme.js"
UNUSED_SCRIPTS: Final = ("/deps/polyfill@", "/dash_table/bundle.")
"""For Internet Explorer, and a table that no page has; a tenth of a second before the first chart on a slow machine."""
CORE: Final = "/dcc/dash_core_components.v"
CHART: Final = "/dcc/async-graph.v"
_METAS: Final = [
    {"name": "viewport", "content": "width=device-width, initial-scale=1"},
    {"name": "description", "content": "How the support desk is doing, and what needs you."},
]


class PortalDash(Dash):
    """Dash without the scripts that the portal's browsers and pages have no use for."""

    def interpolate_index(  # type: ignore[override]  # Dash names each part and passes all of them by name
        self,
        **parts: Any,  # noqa: ANN401 - as above
    ) -> str:
        """Return the document."""
        used = [line for line in parts["scripts"].splitlines() if not any(name in line for name in UNUSED_SCRIPTS)]
        # Dash would ask for the chart's component when the first layout has one; so it comes with the others.
        charts = [line.replace(CORE, CHART) for line in used if CORE in line]
        shown = parts | {"scripts": "\n".join([*charts, *used])}
        return str(super().interpolate_index(**shown))  # type: ignore[no-untyped-call]


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
    app = PortalDash(
        "portal",
        server=server,  # type: ignore[arg-type]  # Dash annotates less than it takes
        assets_folder="assets",
        # The theme is chosen before the first paint; plotly is run by plotly_address.js.
        assets_ignore="|".join(re.escape(name) for name in (_THEME, _PLOTLY)),
        pages_folder="",
        # An empty folder alone would turn on Dash's own pages, with an inline script that the policy forbids.
        use_pages=False,
        use_async=False,
        compress=False,
        serve_locally=True,
        suppress_callback_exceptions=True,
        update_title="",
        title="Support Analytics",
        index_string=_INDEX.replace("{plotly}", _address(_PLOTLY)).replace("{theme}", _address(_THEME)),
        meta_tags=_METAS,
    )
    shell = Shell(pages, services, viewer)
    app.layout = shell.layout
    shell.register(app)
    for page in pages:
        page.register(app, services)
        register_blocks(app, page, services)
    return app


def _address(asset: str) -> str:
    """Return the address of an asset; it changes with its content, so that browsers may keep what they have."""
    return f"/assets/{asset}?m={(_ASSETS / asset).stat().st_mtime_ns}"

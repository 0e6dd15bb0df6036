"""What Dash would load and what the portal's page loads: names that an upgrade of Dash may change."""

import re

import flask
import pytest
import sqlalchemy as sa
from dash import Dash, html
from flask_caching import Cache

from portal.app import CHART, CORE, THEME, UNUSED_SCRIPTS, PortalDash, create_app
from portal.frame.services import PortalServices

FRAME = '<div id="first-frame">what is known</div>'
_SOURCE = re.compile(r'<script src="([^"]+)"></script>')


@pytest.fixture(scope="module")
def app() -> PortalDash:
    """The application with its pages, over a database that nobody asks."""
    engine = sa.create_engine("postgresql+psycopg2://nobody@127.0.0.1:1/none")
    server = flask.Flask("portal", static_folder=None)
    made = create_app(PortalServices(engine, engine, Cache()), server)
    made.layout = html.Div()
    made.first_frame = lambda: FRAME
    return made


def document(app: PortalDash) -> str:
    """Return the document of the first page."""
    assert isinstance(app.server, flask.Flask)
    with app.server.test_request_context("/"):
        app.server.preprocess_request()
        return str(app.index())  # type: ignore[no-untyped-call]  # Dash gives no types here


def scripts(app: PortalDash) -> list[str]:
    """Return the addresses of the page's scripts, in their order."""
    return _SOURCE.findall(document(app).partition("<footer>")[2])


def test_nothing_is_fetched_before_the_first_paint(app: PortalDash) -> None:
    """Styles and the choice of the theme are in the document, the frame comes before the first script of Dash."""
    head, _, body = document(app).partition("<body>")
    assert 'rel="stylesheet"' not in head + body
    assert _SOURCE.findall(head) == []
    assert ".navigation{" in head
    assert f"<script>{THEME}</script>" in head
    assert body.index(FRAME) < body.index("<script")


@pytest.fixture
def of_dash(app: PortalDash, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of all that Dash itself would load."""
    with monkeypatch.context() as patches:
        patches.setattr(PortalDash, "interpolate_index", Dash.interpolate_index)
        return scripts(app)


@pytest.mark.parametrize("name", UNUSED_SCRIPTS)
def test_dash_would_load_what_the_portal_leaves_out(app: PortalDash, of_dash: list[str], name: str) -> None:
    """Once; were the name another one, the script would be loaded again and nobody would notice."""
    assert [name in address for address in of_dash].count(True) == 1
    assert not [address for address in scripts(app) if name in address]


def test_nothing_else_is_left_out_or_moved(app: PortalDash, of_dash: list[str]) -> None:
    """The chart's component comes first; after it, all the others as Dash has them."""
    chart, *others = scripts(app)
    assert CHART in chart
    assert others == [address for address in of_dash if not any(name in address for name in UNUSED_SCRIPTS)]
    assert [CORE in address for address in others].count(True) == 1
    assert not [address for address in of_dash if CHART in address]


def test_the_chart_that_comes_early_is_the_one_that_dash_would_ask_for(app: PortalDash) -> None:
    """It is served under the address that the page has, and the core asks for it by this name."""
    assert isinstance(app.server, flask.Flask)
    client = app.server.test_client()
    addresses = scripts(app)
    (core,) = (address for address in addresses if CORE in address)
    answers = [client.get(address) for address in (addresses[0], core)]
    assert [answer.status_code for answer in answers] == [200, 200]
    chart, asking = (answer.get_data(as_text=True) for answer in answers)
    assert "webpackChunkdash_core_components" in chart
    assert "async-graph" in asking

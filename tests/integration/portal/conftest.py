"""A portal over a real database, with two small pages, and a browser-like client for it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import flask
import flask_login
import httpx2
import pytest
import sqlalchemy as sa
from dash import Dash, Input, Output, dcc, html
from flask.testing import FlaskClient
from starlette.testclient import TestClient

from analytics.vocabulary import Role
from portal.app import create_app
from portal.asgi import create_asgi
from portal.auth.accounts import Accounts
from portal.auth.passwords import Passwords
from portal.frame.page import Page
from portal.frame.services import PortalServices
from portal.settings import PortalSettings
from tests.factories.portal import make_server, services_on
from tests.integration.conftest import Database
from warehouse.engine import DatabaseRole, create_engine_for

PASSWORD = "a few words in a row"
WRONG = "other words in a row"
HOST = "127.0.0.1:8050"


class UnforeseenError(Exception):
    """Stands for any error of ours."""


@dataclass(slots=True)
class Probe:
    """A page's part in a portal: a callback and routes that show what a page may meet.

    Attributes:
        server: The Flask server of the portal, once it is made.
    """

    server: flask.Flask | None = None

    def pages(self) -> tuple[Page, ...]:
        """Return two pages; paths below the second one are its own."""
        return (
            Page("probe", "/", "Probe", (), _layout, self._register),
            Page("deep", "/deep", "Deep", (), _layout, lambda _app, _services: None, matches_below=True),
        )

    def _register(self, app: Dash, services: PortalServices) -> None:
        def echo(text: str) -> str:
            if text == "break":
                raise UnforeseenError(text)
            return f"{text} at version {services.data_version().version} " + "x" * 2000

        app.callback(Output("probe-out", "children"), Input("probe-in", "value"))(echo)
        self.server = app.server
        app.server.add_url_rule("/probe/role", view_func=_role)
        app.server.add_url_rule("/probe/break", view_func=_break)


def _role() -> dict[str, str]:
    user = flask_login.current_user
    return {"user_name": user.user_name, "role": user.role}


def _break() -> str:
    message = "what thandi@example.co.za wrote"
    raise UnforeseenError(message)


def _layout() -> html.Div:
    return html.Div([dcc.Input(id="probe-in", value="x"), html.Div(id="probe-out")])


@dataclass(frozen=True, slots=True)
class Browser:
    """Asks a portal as a browser does.

    Attributes:
        client: Keeps cookies, follows no redirect.
        server: The portal's Flask server, to look into.
    """

    client: TestClient
    server: flask.Flask

    def get(self, path: str, **headers: str) -> httpx2.Response:
        return self.client.get(path, headers={name.replace("_", "-"): text for name, text in headers.items()})

    def token(self) -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.get("/login").text)
        assert found
        return found[1]

    def log_in(self, user_name: str = "thandi", password: str = PASSWORD, **fields: str) -> httpx2.Response:
        form = {"csrf_token": self.token(), "user_name": user_name, "password": password}
        return self.client.post("/login", data=form | fields)

    def call(self, text: str = "hello", **headers: str) -> httpx2.Response:
        """Send what Dash's renderer sends when an input changes."""
        body = {
            "output": "probe-out.children",
            "outputs": {"id": "probe-out", "property": "children"},
            "inputs": [{"id": "probe-in", "property": "value", "value": text}],
            "changedPropIds": ["probe-in.value"],
        }
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post("/_dash-update-component", json=body, headers=sent)


@dataclass(slots=True)
class PortalFactory:
    """Makes portals; all of them sign sessions with the key of the settings."""

    settings: PortalSettings
    engines: list[sa.Engine] = field(default_factory=list)

    def __call__(self, url: sa.URL, *, is_https: bool = False) -> Browser:
        reader, editor = (self.engine(url, role) for role in (DatabaseRole.PORTAL_READER, DatabaseRole.PORTAL_EDITOR))
        probe = Probe()
        app = create_asgi(replace(self.settings, has_secure_cookie=is_https), reader, editor, probe.pages())
        base_url = f"{'https' if is_https else 'http'}://{HOST}"
        assert probe.server is not None
        client = TestClient(app, base_url, raise_server_exceptions=False, follow_redirects=False)
        return Browser(client, probe.server)

    def with_real_pages(self, url: sa.URL) -> Browser:
        """Make a portal as it is served; its server is not to be looked into."""
        reader, editor = (self.engine(url, role) for role in (DatabaseRole.PORTAL_READER, DatabaseRole.PORTAL_EDITOR))
        app = create_asgi(self.settings, reader, editor)
        client = TestClient(app, f"http://{HOST}", raise_server_exceptions=False, follow_redirects=False)
        return Browser(client, None)  # type: ignore[arg-type]  # tests of real pages look at answers only

    def engine(self, url: sa.URL, role: DatabaseRole) -> sa.Engine:
        """Return an engine in a role; it is closed with the factory."""
        engine = create_engine_for(url, role, poolclass=sa.NullPool, hide_parameters=True)
        self.engines.append(engine)
        return engine


@pytest.fixture
def portal_at(tmp_path: Path) -> Iterator[PortalFactory]:
    """Makes a portal over the database of an address."""
    factory = PortalFactory(PortalSettings(tmp_path, secret_key="0123456789abcdef" * 2))
    yield factory
    for engine in factory.engines:
        engine.dispose()


@pytest.fixture(scope="session")
def password_hash() -> str:
    """The hash of PASSWORD, made once: it is slow on purpose."""
    return Passwords().hash(PASSWORD)


@pytest.fixture
def accounts(database: Database, password_hash: str) -> Accounts:
    """The manager thandi and the viewer sipho, both with PASSWORD."""
    made = Accounts(database.engine)
    made.add("thandi", Role.MANAGER, password_hash, "test")
    made.add("sipho", Role.VIEWER, password_hash, "test")
    return made


@pytest.fixture
def real_pages(database: Database, accounts: Accounts, portal_at: PortalFactory) -> Browser:
    """A client of the portal's real pages, without data; nobody is logged in."""
    del accounts
    return portal_at.with_real_pages(database.url)


@pytest.fixture
def browser(database: Database, accounts: Accounts, portal_at: Callable[[sa.URL], Browser]) -> Browser:
    """A client of a portal that has the accounts; nobody is logged in."""
    del accounts
    return portal_at(database.url)


@pytest.fixture
def manager(browser: Browser) -> Browser:
    """A client with the session of thandi."""
    assert browser.log_in().status_code == 303
    return browser


@pytest.fixture(scope="module")
def server(desk: Database) -> Iterator[flask.Flask]:
    """The portal with all its pages; everybody is logged in."""
    server = make_server()
    with services_on(desk, server) as services:
        create_app(services, server)
        yield server


@pytest.fixture
def client(server: flask.Flask) -> FlaskClient:
    """A browser of somebody who is logged in."""
    return server.test_client()

"""The portal's services over a test's own database, and a server that knows who asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import flask
import flask_login
from flask_caching import Cache

from analytics.vocabulary import Role
from portal.frame.services import PortalServices
from tests.integration.conftest import Database
from warehouse.engine import DatabaseRole

USER_NAME = "thandi"


def make_server() -> flask.Flask:
    """Return a server on which everybody is logged in as the same user."""
    server = flask.Flask("portal")
    server.secret_key = "of a test"
    manager = flask_login.LoginManager(server)
    manager.request_loader(
        lambda _request: SimpleNamespace(user_name=USER_NAME, is_authenticated=True, role=Role.MANAGER)
    )
    return server


@contextmanager
def services_on(database: Database, server: flask.Flask) -> Iterator[PortalServices]:
    """Yield services in the roles that the portal has; their cache is the server's."""
    reader, editor = (database.engine_as(role) for role in (DatabaseRole.PORTAL_READER, DatabaseRole.PORTAL_EDITOR))
    yield PortalServices(reader, editor, Cache(server, config={"CACHE_TYPE": "SimpleCache"}))
    reader.dispose()
    editor.dispose()

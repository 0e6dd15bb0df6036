"""The guard before every path: a session, and requests made by our own pages only."""

import time
from typing import Final
from urllib.parse import urlsplit

import flask
import flask_login
from flask_wtf import CSRFProtect
from werkzeug.wrappers import Response

from portal.auth.errors import ForeignOriginError, NotSignedInError
from portal.auth.local_path import LOGIN
from portal.auth.session_user import SessionUsers

OPEN_PATHS: Final = (LOGIN,)
OPEN_FOLDERS: Final = ("/assets/", "/static/")
"""What the log-in page is made of; the files are the same for everybody."""

PROGRAM_PATHS: Final = ("/_",)
"""Beginnings of the paths that a page's program asks for, not a person."""

_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_SEEN_EVERY_SECONDS: Final = 300
_LARGEST_OPEN_FORM: Final = 16_384


def install_guard(server: flask.Flask, session_users: SessionUsers) -> None:
    """Put the guard before every request of the server.

    Args:
        server: The Flask server; its secret key and cookie are set.
        session_users: Finds the user of a session.
    """
    manager = flask_login.LoginManager()
    manager.session_protection = None
    # Error pages are drawn without asking who looks: the database may be what is broken.
    manager.init_app(server, add_context_processor=False)
    manager.user_loader(session_users.load)
    csrf = CSRFProtect(server)

    def guard() -> Response | None:
        if flask.request.path in OPEN_PATHS:
            flask.request.max_content_length = _LARGEST_OPEN_FORM
        if flask.request.method not in _SAFE_METHODS:
            check_source(csrf)
        if is_open(flask.request.path):
            return None
        if flask_login.current_user.is_authenticated:
            _keep_session()
            return None
        return _send_to_login()

    server.before_request(guard)


def is_open(path: str) -> bool:
    """Tell whether a path needs no session."""
    return path in OPEN_PATHS or path.startswith(OPEN_FOLDERS)


def check_source(csrf: CSRFProtect) -> None:
    """Refuse a request that one of our pages did not make.

    Callbacks are JSON and say where they come from; every other form carries a token.

    Raises:
        ForeignOriginError: If a callback was sent by another site's page.
        CSRFError: If a form has no valid token.
    """
    request = flask.request
    if not request.path.startswith(PROGRAM_PATHS):
        csrf.protect()
    elif not is_same_origin(request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin"), request.host):
        message = "The request was not made by a page of this portal."
        raise ForeignOriginError(message)


def is_same_origin(fetch_site: str | None, origin: str | None, host: str) -> bool:
    """Tell whether a request's headers say that a page of this host made it.

    Args:
        fetch_site: The header Sec-Fetch-Site, which no page can set; browsers send it over HTTPS and on localhost.
        origin: The header Origin, which browsers send with every POST.
        host: The header Host.
    """
    if fetch_site is not None:
        return fetch_site == "same-origin"
    try:
        return bool(origin) and urlsplit(origin or "").netloc == host
    except ValueError:
        return False


def _send_to_login() -> Response:
    request = flask.request
    if request.path.startswith(PROGRAM_PATHS) or request.method not in _SAFE_METHODS:
        message = "Your log-in has ended."
        raise NotSignedInError(message, "Log in again.")
    asked = request.full_path if request.query_string else request.path
    return flask.redirect(flask.url_for("login.show_login", next=None if asked == "/" else asked))


def _keep_session() -> None:
    """Move the end of a session that is in use, now and then.

    Not with every answer: one that is under way while the user logs out would bring the session back.
    """
    now = int(time.time())
    if now - flask.session.get("seen_at", 0) >= _SEEN_EVERY_SECONDS:
        flask.session["seen_at"] = now

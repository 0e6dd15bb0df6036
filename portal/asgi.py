"""The portal as a server runs it: health and metrics beside the guarded Dash application."""

import contextlib
import re
import threading
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from functools import partial
from typing import Final

import flask
import flask_login
import sqlalchemy as sa
from a2wsgi import WSGIMiddleware
from dash import Dash, html
from flask_caching import Cache
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.types import ASGIApp

from portal.app import THEME, create_app
from portal.auth.accounts import Accounts
from portal.auth.guard import install_guard
from portal.auth.local_path import LOGIN
from portal.auth.login import login_blueprint
from portal.auth.login_line import FairLine, LoginLine
from portal.auth.logout_form import logout_form
from portal.auth.passwords import AT_ONCE, Passwords
from portal.auth.session_user import SessionUsers
from portal.frame.alike import alike_for
from portal.frame.page import Page
from portal.frame.services import PortalServices
from portal.frame.shell import Viewer
from portal.settings import PortalSettings
from portal.topics.registry import PAGES
from portal.topics.tickets.background_export import write_export
from portal.web.callback_body import install_callback_check
from portal.web.compression import FILE_FOLDERS, Compression
from portal.web.disk_room import DiskRoom
from portal.web.errors import install_errors
from portal.web.health import health_routes
from portal.web.metrics_endpoint import PortalMetrics
from portal.web.paths import install_not_found, route_of
from portal.web.remembered_answers import RememberedAnswers
from portal.web.request_body import RequestBody
from portal.web.request_observer import RequestObserver
from portal.web.secret_key import secret_key
from portal.web.security import SecurityHeaders, content_security_policy, script_hash
from warehouse.work_queue.work import Kind
from warehouse.work_queue.worker import Worker

THREADS: Final = 16
"""How many requests are worked on at once; each may hold one connection to the database."""

_MOST_ANSWERS: Final = 2_000
_LARGEST_REQUEST: Final = 4 * 1024 * 1024
_FILE_ADDRESS: Final = re.compile(r'(?:src|href)="(/[^"]+)"')


def create_asgi(
    settings: PortalSettings, reader: sa.Engine, editor: sa.Engine, pages: tuple[Page, ...] = PAGES
) -> Starlette:
    """Return the portal.

    Args:
        settings: What the portal has to know.
        reader: Engine in the role PORTAL_READER; the database need not answer yet.
        editor: Engine in the role PORTAL_EDITOR.
        pages: The pages, in the order of the navigation.
    """
    server = create_server(settings, Accounts(editor), pages)
    services = PortalServices(reader, editor, answer_cache(settings, server), settings.artefacts)
    app = create_app(services, server, viewer=_viewer, pages=pages)
    install_callback_check(server, app)
    room = DiskRoom(settings.data_dir)
    for engine in (reader, editor):
        room.watch(engine)
    metrics = PortalMetrics(lambda: services.data_version().refreshed_at)
    RememberedAnswers(alike_for(pages), lambda: (services.data_version().version, services.days())).install(server)
    compression = Compression()
    compression.install(server)
    _set_up(server, app)
    policy = content_security_policy([*app.csp_hashes(), script_hash(THEME)])
    wsgi: ASGIApp = WSGIMiddleware(server, workers=THREADS)  # type: ignore[assignment, arg-type]  # its own ASGI types
    return Starlette(
        routes=[
            *health_routes(reader, editor, room.is_full),
            metrics.route(),
            Mount("/", RequestBody(LoginLine(wsgi, FairLine(AT_ONCE)), most_bytes=_LARGEST_REQUEST)),
        ],
        middleware=[
            Middleware(RequestObserver, metrics=metrics, route_of=lambda path: route_of(path, pages)),
            Middleware(SecurityHeaders, policy=policy, is_https=settings.has_secure_cookie),
        ],
        lifespan=_lifespan(lambda: _warm(compression, server, app), _worker(services).run_until_stopped),
    )


def create_server(settings: PortalSettings, accounts: Accounts, pages: tuple[Page, ...]) -> flask.Flask:
    """Return the Flask server with its guard, log-in and errors, without the pages.

    Args:
        settings: What the portal has to know.
        accounts: Who may log in.
        pages: Whose paths exist.
    """
    server = flask.Flask("portal", static_folder="static", template_folder="templates")
    is_https = settings.has_secure_cookie
    server.config.update(
        SECRET_KEY=secret_key(settings),
        SESSION_COOKIE_NAME="__Host-support_session" if is_https else "support_session",
        SESSION_COOKIE_SECURE=is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.session_hours),
        MAX_CONTENT_LENGTH=_LARGEST_REQUEST,
        # The guard asks for tokens; a token lasts as long as its session.
        WTF_CSRF_CHECK_DEFAULT=False,
        WTF_CSRF_TIME_LIMIT=None,
    )
    install_errors(server)
    session_users = SessionUsers(accounts.of_session)
    install_guard(server, session_users)
    install_not_found(server, pages)
    server.register_blueprint(login_blueprint(accounts, Passwords(), session_users))
    return server


def _set_up(server: flask.Flask, app: Dash) -> None:
    """Let Dash prepare now what it would prepare with the first request.

    It draws the frame for that, once, to look at it: the database may not answer yet, so it is shown an empty one.
    """
    layout = app.layout
    app.layout = html.Div()
    with server.test_request_context(LOGIN):
        server.preprocess_request()
    app.layout = layout


def _lifespan(
    work: Callable[[], None], until_stopped: Callable[[Callable[[], bool]], None]
) -> Callable[[Starlette], contextlib.AbstractAsyncContextManager[None]]:
    """Return a lifespan that does some work beside the first requests, and some until the end."""

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        ended = threading.Event()
        threading.Thread(target=work, daemon=True).start()
        threading.Thread(target=until_stopped, args=(ended.is_set,), name="queued-work", daemon=True).start()
        yield
        ended.set()

    return lifespan


def _worker(services: PortalServices) -> Worker:
    """Return what writes the exports that were queued, one at a time."""
    kinds = {Kind.EXPORT_TICKETS: partial(write_export, services)}
    return Worker("portal", services.editor, services.artefacts(), kinds)


def _warm(compression: Compression, server: flask.Flask, app: Dash) -> None:
    """Compress what every page loads while nobody waits for it."""
    with server.test_request_context("/"):
        document = app.index()
    addresses = _FILE_ADDRESS.findall(document)
    compression.warm(server, tuple(each for each in addresses if each.startswith(FILE_FOLDERS)))


def _viewer() -> Viewer:
    user = flask_login.current_user
    return Viewer(user.user_name, logout_form) if user.is_authenticated else Viewer()


def answer_cache(settings: PortalSettings, server: flask.Flask) -> Cache:
    """Return the cache of answers; an answer's key holds its data version, so none is ever out of date."""
    config: dict[str, str | int]
    if settings.redis_url:
        config = {"CACHE_TYPE": "RedisCache", "CACHE_REDIS_URL": settings.redis_url, "CACHE_DEFAULT_TIMEOUT": 86_400}
    else:
        config = {"CACHE_TYPE": "SimpleCache", "CACHE_THRESHOLD": _MOST_ANSWERS, "CACHE_DEFAULT_TIMEOUT": 0}
    return Cache(server, config=config)

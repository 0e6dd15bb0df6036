"""The blocks of the Backlog page: read the filters, ask, draw."""

from typing import Final

from dash import Dash, Output
from flask_wtf.csrf import generate_csrf

from portal.auth.manager import is_manager
from portal.frame.page import Asked, Block, Drawn
from portal.frame.services import PortalServices
from portal.topics.backlog import ids
from portal.topics.backlog import query as backlog
from portal.topics.backlog.cards import forgotten_block
from portal.topics.backlog.routes import backlog_blueprint


def register(app: Dash, services: PortalServices) -> None:
    """Register the page's file and form."""
    app.server.register_blueprint(backlog_blueprint(services))


def _forgotten(services: PortalServices, asked: Asked) -> Drawn:
    found = services.ask(backlog.forgotten, services.filters(asked.search))
    with services.reader.connect() as connection:
        marks = backlog.follow_ups(connection)
    token = generate_csrf() if is_manager() else ""
    return (forgotten_block(found, marks, token, services.filters(asked.search).to_search()),)


BLOCKS: Final = (Block((Output(ids.FORGOTTEN, "children"),), _forgotten),)

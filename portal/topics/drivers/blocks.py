"""The blocks of the page on what goes with ratings: ask, draw."""

from typing import Final

from dash import Dash, Output

from portal.frame.page import Asked, Block, Drawn
from portal.frame.services import PortalServices
from portal.topics.drivers import ids
from portal.topics.drivers import query as drivers
from portal.topics.drivers.cards import correlations_block, effects_block, response_block, shares_block
from portal.topics.drivers.routes import driver_blueprint


def register(app: Dash, services: PortalServices) -> None:
    """Register the page's files."""
    app.server.register_blueprint(driver_blueprint(services))


def _effects(services: PortalServices, _asked: Asked) -> Drawn:
    return (effects_block(services.ask(drivers.drivers)),)


def _shares(services: PortalServices, _asked: Asked) -> Drawn:
    return (shares_block(services.ask(drivers.drivers)),)


def _response(services: PortalServices, _asked: Asked) -> Drawn:
    return (response_block(services.ask(drivers.drivers)),)


def _correlations(services: PortalServices, _asked: Asked) -> Drawn:
    return (correlations_block(services.ask(drivers.drivers), drivers.variables()),)


BLOCKS: Final = (
    Block((Output(ids.EFFECTS, "children"),), _effects),
    Block((Output(ids.SHARES, "children"),), _shares),
    Block((Output(ids.CORRELATIONS, "children"),), _correlations, comes_later=True),
    Block((Output(ids.RESPONSE, "children"),), _response, comes_later=True),
)

"""The blocks of the page on leaving: ask, draw."""

from typing import Final

from dash import Dash, Output

from portal.frame.page import Asked, Block, Drawn
from portal.frame.services import PortalServices
from portal.numbers.calls import latest_calls
from portal.topics.churn import ids
from portal.topics.churn import query as churn
from portal.topics.churn.cards import customers_block, hazards_block, pain_points_block, trust_block
from portal.topics.churn.dataset import Churn
from portal.topics.churn.routes import churn_blueprint


def register(app: Dash, services: PortalServices) -> None:
    """Register the page's files."""
    app.server.register_blueprint(churn_blueprint(services))


def _found(services: PortalServices, asked: Asked) -> Churn | None:
    return services.ask(churn.churn, services.filters(asked.search))


def _pain_points(services: PortalServices, asked: Asked) -> Drawn:
    return (pain_points_block(_found(services, asked)),)


def _hazards(services: PortalServices, asked: Asked) -> Drawn:
    return (hazards_block(_found(services, asked)),)


def _customers(services: PortalServices, asked: Asked) -> Drawn:
    found = _found(services, asked)
    # Calls are marked without new tickets, so they are read anew each time.
    with services.reader.connect() as connection:
        calls = latest_calls(connection, [each.customer for each in found.top] if found else [])
    return (customers_block(found, calls),)


def _trust(services: PortalServices, asked: Asked) -> Drawn:
    return (trust_block(_found(services, asked)),)


BLOCKS: Final = (
    Block((Output(ids.PAIN_POINTS, "children"),), _pain_points),
    Block((Output(ids.HAZARDS, "children"),), _hazards),
    Block((Output(ids.CUSTOMERS, "children"),), _customers, comes_later=True),
    Block((Output(ids.TRUST, "children"),), _trust, comes_later=True),
)

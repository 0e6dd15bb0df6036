"""The blocks of the Insights page."""

from typing import Final

from dash import Dash, Output

from portal.frame.page import Asked, Block, Drawn
from portal.frame.services import PortalServices
from portal.topics.insights import ids
from portal.topics.insights import query as insights
from portal.topics.insights.cards import gaps_block, insights_block


def register(_app: Dash, _services: PortalServices) -> None:
    """Register nothing: the page only shows what was written down."""


def _list(services: PortalServices, asked: Asked) -> Drawn:
    return (insights_block(services.ask(insights.insights, services.filters(asked.search).own)),)


def _gaps(services: PortalServices, asked: Asked) -> Drawn:
    return (gaps_block(services.ask(insights.insights, services.filters(asked.search).own)),)


BLOCKS: Final = (
    Block((Output(ids.LIST, "children"),), _list),
    Block((Output(ids.GAPS, "children"),), _gaps),
)
"""Both come with the page: they are a few rows of one small table."""

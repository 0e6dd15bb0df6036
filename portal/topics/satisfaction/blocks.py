"""The blocks of the Satisfaction page: read the address, ask, draw."""

from typing import Final

from dash import Dash, Output

from analytics import pages
from portal.frame.page import Asked, Block, Drawn
from portal.frame.services import PortalServices
from portal.plots.theme import theme_named
from portal.topics.satisfaction import ids
from portal.topics.satisfaction import query as satisfaction
from portal.topics.satisfaction.address import SPLITS, page_number
from portal.topics.satisfaction.cards import low_block, moved_block, parts_block, weeks_content
from portal.topics.satisfaction.figure import weeks
from portal.topics.satisfaction.routes import satisfaction_blueprint
from portal.widgets.chart_card import chart_outputs
from portal.widgets.choices import choice_row
from portal.widgets.drill_down import follow_points
from portal.widgets.views import chosen, links


def register(app: Dash, services: PortalServices) -> None:
    """Register the page's callbacks and files."""
    follow_points(app, ids.CHARTS)
    app.server.register_blueprint(satisfaction_blueprint(services))


def _choices(_services: PortalServices, asked: Asked) -> Drawn:
    return ([choice_row("Split ratings by", links(SPLITS, pages.SATISFACTION, asked.search))],)


def _weeks(services: PortalServices, asked: Asked) -> Drawn:
    why = services.why_nothing(asked.search)
    dataset = services.ask(satisfaction.ratings, why.filters)
    return weeks_content(dataset, why, weeks(dataset, theme_named(asked.theme))).outputs()


def _moved(services: PortalServices, asked: Asked) -> Drawn:
    filters = services.filters(asked.search)
    return (moved_block(services.ask(satisfaction.moved, filters, chosen(SPLITS, asked.search))),)


def _low(services: PortalServices, asked: Asked) -> Drawn:
    filters = services.filters(asked.search)
    return (low_block(services.ask(satisfaction.low_ratings, filters, page_number(asked.search)), asked.search),)


def _parts(services: PortalServices, asked: Asked) -> Drawn:
    why = services.why_nothing(asked.search)
    dataset = services.ask(satisfaction.rated_parts, why.filters, chosen(SPLITS, asked.search))
    return (parts_block(dataset, why, asked.search),)


BLOCKS: Final = (
    Block((Output(ids.CHOICES, "children"),), _choices),
    Block(chart_outputs(ids.WEEKS), _weeks),
    Block((Output(ids.MOVED, "children"),), _moved),
    Block((Output(ids.LOW, "children"),), _low, comes_later=True),
    Block((Output(ids.PARTS, "children"),), _parts, comes_later=True),
)

"""The SLA page's blocks: read the filters, ask, draw."""

from typing import Final

from dash import Dash, Output

from analytics import pages
from portal.frame.page import Asked, Block, Drawn
from portal.frame.services import PortalServices
from portal.plots.theme import theme_named
from portal.topics.sla import due_query as due
from portal.topics.sla import figure as figures
from portal.topics.sla import ids
from portal.topics.sla import query as sla
from portal.topics.sla.address import SPLITS
from portal.topics.sla.cards import kept_card, split_block, trend_content
from portal.topics.sla.due_list import due_block, headline_block
from portal.topics.sla.replay_blocks import draw_replay
from portal.topics.sla.replay_routes import replay_blueprint
from portal.widgets.chart_card import chart_outputs
from portal.widgets.choices import choice_row
from portal.widgets.drill_down import follow_points
from portal.widgets.views import chosen, links


def register(app: Dash, services: PortalServices) -> None:
    """Register the page's callbacks, and the addresses of its forms."""
    app.server.register_blueprint(replay_blueprint(services))
    follow_points(app, ids.CHARTS)


def _said(services: PortalServices, asked: Asked) -> Drawn:
    filters = services.filters(asked.search)
    by_policy = services.ask(sla.split, filters, "sla_policy")
    return (headline_block(services.ask(due.about_to_miss, filters), by_policy),)


def _cards(services: PortalServices, asked: Asked) -> Drawn:
    why = services.why_nothing(asked.search)
    return ([kept_card(card, why) for card in services.ask(sla.cards, why.filters)],)


def _due(services: PortalServices, asked: Asked) -> Drawn:
    return (due_block(services.ask(due.about_to_miss, services.filters(asked.search))),)


def _trend(services: PortalServices, asked: Asked) -> Drawn:
    why = services.why_nothing(asked.search)
    dataset = services.ask(sla.trend, why.filters)
    return trend_content(dataset, why, figures.kept(dataset, theme_named(asked.theme))).outputs()


def _choices(_services: PortalServices, asked: Asked) -> Drawn:
    return ([choice_row("What it is split by", links(SPLITS, pages.SLA, asked.search))],)


def _split(services: PortalServices, asked: Asked) -> Drawn:
    why = services.why_nothing(asked.search)
    return (split_block(services.ask(sla.split, why.filters, chosen(SPLITS, asked.search)), why),)


BLOCKS: Final = (
    Block((Output(ids.SAID, "children"),), _said),
    Block((Output(ids.CARDS, "children"),), _cards),
    Block((Output(ids.DUE, "children"),), _due),
    Block(chart_outputs(ids.TREND), _trend),
    Block((Output(ids.CHOICES, "children"),), _choices),
    Block((Output(ids.SPLIT, "children"),), _split, comes_later=True),
    Block((Output(ids.REPLAY, "children"),), draw_replay, comes_later=True),
)

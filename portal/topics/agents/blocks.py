"""The blocks of the Agents page: read the choice, ask, draw."""

from typing import Final

from dash import Dash, Output

from analytics import pages
from portal.frame.page import Asked, Block, Drawn
from portal.frame.services import PortalServices
from portal.plots.theme import theme_named
from portal.topics.agents import ids
from portal.topics.agents import query as agents
from portal.topics.agents.address import AGENT_METRICS
from portal.topics.agents.cards import agent_block, funnel_content
from portal.topics.agents.dataset import AgentFigures
from portal.topics.agents.figure import funnel
from portal.widgets.chart_card import chart_outputs
from portal.widgets.choices import choice_row
from portal.widgets.drill_down import follow_points
from portal.widgets.views import chosen, links


def register(app: Dash, _services: PortalServices) -> None:
    """Register the page's callbacks."""
    follow_points(app, ids.CHARTS)


def _figures(services: PortalServices, asked: Asked) -> AgentFigures:
    return services.ask(agents.figures, chosen(AGENT_METRICS, asked.search), services.filters(asked.search).own)


def _choices(_services: PortalServices, asked: Asked) -> Drawn:
    return ([choice_row("What is compared", links(AGENT_METRICS, pages.AGENTS, asked.search))],)


def _funnel(services: PortalServices, asked: Asked) -> Drawn:
    dataset = _figures(services, asked)
    return funnel_content(dataset, funnel(dataset, theme_named(asked.theme))).outputs()


def _table(services: PortalServices, asked: Asked) -> Drawn:
    return (agent_block(_figures(services, asked)),)


BLOCKS: Final = (
    Block((Output(ids.CHOICES, "children"),), _choices),
    Block(chart_outputs(ids.FUNNEL), _funnel),
    Block((Output(ids.TABLE, "children"),), _table),
)

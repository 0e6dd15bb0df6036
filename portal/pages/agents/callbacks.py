"""The blocks of the Agents page: read the choice, ask, draw."""

from typing import Final

from dash import Dash, Output

from portal.components.agent_table import agent_block, funnel_content
from portal.components.chart_card import chart_outputs
from portal.components.choices import choice_row
from portal.components.drill_down import follow_points
from portal.components.views import AGENT_METRICS, chosen, links
from portal.datasets.agents import AgentFigures
from portal.figures.agents import funnel
from portal.figures.theme import theme_named
from portal.page import Asked, Block
from portal.pages.agents import ids
from portal.queries import agents
from portal.services import PortalServices

Drawn = tuple[object, ...]


def register(app: Dash, _services: PortalServices) -> None:
    """Register the page's callbacks."""
    follow_points(app, ids.CHARTS)


def _figures(services: PortalServices, asked: Asked) -> AgentFigures:
    return services.ask(agents.figures, chosen(AGENT_METRICS, asked.search))


def _choices(_services: PortalServices, asked: Asked) -> Drawn:
    return ([choice_row("What is compared", links(AGENT_METRICS, "/agents", asked.search))],)


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

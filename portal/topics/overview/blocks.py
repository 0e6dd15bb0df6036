"""The Overview's blocks: read the filters, ask, draw."""

from typing import Final

from dash import Dash, Output

from portal.frame.page import Asked, Block, Drawn
from portal.frame.services import PortalServices
from portal.plots.theme import theme_named
from portal.topics.overview import attention_query as attention
from portal.topics.overview import ids
from portal.topics.overview import query as overview
from portal.topics.overview.attention_list import attention_list
from portal.topics.overview.charts import flow_content, open_content
from portal.topics.overview.figure import flow, open_tickets
from portal.topics.overview.headline import headline
from portal.topics.overview.kpi_card import kpi_card
from portal.topics.resolution import query as resolution
from portal.topics.resolution.cards import category_times_block
from portal.topics.volume.blocks import draw_arrivals, draw_tickets
from portal.widgets.chart_card import chart_outputs
from portal.widgets.drill_down import follow_points


def register(app: Dash, _services: PortalServices) -> None:
    """Register the page's callbacks."""
    follow_points(app, ids.CHARTS)


def _kpis(services: PortalServices, asked: Asked) -> Drawn:
    return ([kpi_card(kpi) for kpi in services.ask(overview.kpis, services.filters(asked.search))],)


def _attention(services: PortalServices, asked: Asked) -> Drawn:
    why = services.why_nothing(asked.search)
    items = services.ask(attention.attention, why.filters)
    return headline(items, why), attention_list(items, why)


def _categories(services: PortalServices, asked: Asked) -> Drawn:
    why = services.why_nothing(asked.search)
    return (category_times_block(services.ask(resolution.category_times, why.filters), why),)


def _flow(services: PortalServices, asked: Asked) -> Drawn:
    why = services.why_nothing(asked.search)
    dataset = services.ask(overview.flow, why.filters)
    theme = theme_named(asked.theme)
    shown = flow_content(dataset, why, flow(dataset, theme))
    return *shown.outputs(), *open_content(dataset, why, open_tickets(dataset, theme)).outputs()


BLOCKS: Final = (
    Block((Output(ids.KPIS, "children"),), _kpis),
    Block(chart_outputs(ids.TICKETS), draw_tickets),
    Block((Output(ids.HEADLINE, "children"), Output(ids.ATTENTION, "children")), _attention),
    Block((Output(ids.CATEGORIES, "children"),), _categories),
    Block((Output(ids.ARRIVALS, "children"),), draw_arrivals),
    Block((*chart_outputs(ids.FLOW), *chart_outputs(ids.BACKLOG)), _flow, comes_later=True),
)

"""The Volume page's blocks: read the filters, ask, draw."""

from typing import Final

from dash import Dash, Output

from analytics import pages
from portal.frame.page import Asked, Block, Drawn
from portal.frame.services import PortalServices
from portal.plots.theme import theme_named
from portal.topics.volume import ids
from portal.topics.volume import query as volume
from portal.topics.volume.address import SPLITS
from portal.topics.volume.cards import arrivals_block, changes_block, shares_block, split_block
from portal.topics.volume.changes_query import changes
from portal.topics.volume.charts import months_content, tickets_content, years_content
from portal.topics.volume.figure import months_of_years, tickets_over_time
from portal.widgets.chart_card import chart_outputs
from portal.widgets.choices import choice_row
from portal.widgets.drill_down import follow_points
from portal.widgets.views import chosen, links


def register(app: Dash, _services: PortalServices) -> None:
    """Register the page's callbacks."""
    follow_points(app, ids.CHARTS)


def draw_tickets(services: PortalServices, asked: Asked) -> Drawn:
    """Return the card of tickets over time."""
    why = services.why_nothing(asked.search)
    dataset = services.ask(volume.tickets_over_time, why.filters)
    return tickets_content(dataset, why, tickets_over_time(dataset, theme_named(asked.theme))).outputs()


def draw_arrivals(services: PortalServices, asked: Asked) -> Drawn:
    """Return the card of when tickets come in."""
    why = services.why_nothing(asked.search)
    return (arrivals_block(services.ask(volume.arrivals, why.filters), why),)


def _split(services: PortalServices, asked: Asked) -> Drawn:
    why = services.why_nothing(asked.search)
    dataset = services.ask(volume.split, why.filters, chosen(SPLITS, asked.search))
    choices = choice_row("Split tickets by", links(SPLITS, pages.VOLUME, asked.search))
    return choices, split_block(dataset, why), shares_block(dataset, why)


def _changes(services: PortalServices, asked: Asked) -> Drawn:
    why = services.why_nothing(asked.search)
    return (changes_block(services.ask(changes, why.filters, chosen(SPLITS, asked.search)), why),)


def _years(services: PortalServices, asked: Asked) -> Drawn:
    why = services.why_nothing(asked.search)
    dataset = services.ask(volume.last_year, why.filters)
    return years_content(dataset, why, tickets_over_time(dataset, theme_named(asked.theme))).outputs()


def _months(services: PortalServices, asked: Asked) -> Drawn:
    why = services.why_nothing(asked.search)
    dataset = services.ask(volume.months_of_years, why.filters, services.days())
    return months_content(dataset, why, months_of_years(dataset, theme_named(asked.theme))).outputs()


BLOCKS: Final = (
    Block((Output(ids.CHANGES, "children"),), _changes),
    Block(chart_outputs(ids.TICKETS), draw_tickets),
    Block((Output(ids.ARRIVALS, "children"),), draw_arrivals),
    Block(tuple(Output(part, "children") for part in (ids.SPLIT_CHOICE, ids.SPLIT, ids.SHARES)), _split),
    Block(chart_outputs(ids.YEARS), _years, comes_later=True),
    Block(chart_outputs(ids.MONTHS), _months, comes_later=True),
)

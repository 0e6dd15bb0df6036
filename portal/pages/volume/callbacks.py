"""The Volume page's callbacks: read the filters, ask, draw."""

from dash import Dash, Input, Output, State

from portal.components.chart_card import chart_outputs
from portal.components.chart_contents import tickets_content, years_content
from portal.components.choices import choice_row
from portal.components.drill_down import follow_points
from portal.components.markup import Element
from portal.components.table_blocks import arrivals_block, shares_block, split_block
from portal.components.views import SPLITS, chosen, links
from portal.figures.theme import theme_named
from portal.figures.volume import tickets_over_time
from portal.page import DATA_VERSION, THEME, URL
from portal.pages.volume import ids
from portal.presence import stay_unless
from portal.queries import volume
from portal.services import PortalServices

_PATH = "/volume"
_ADDRESS = [Input(URL, "search"), Input(DATA_VERSION, "data"), State(URL, "pathname")]


def register(app: Dash, services: PortalServices) -> None:
    """Register the page's callbacks."""
    _register_charts(app, services)
    _register_split(app, services)
    follow_points(app, ids.CHARTS)


def _register_charts(app: Dash, services: PortalServices) -> None:
    @app.callback(chart_outputs(ids.TICKETS), [Input(THEME, "data"), *_ADDRESS])
    def show_tickets(theme: str, search: str, _version: int, path: str) -> tuple[object, ...]:
        stay_unless(path == _PATH)
        filters = services.filters(search)
        dataset = services.ask(volume.tickets_over_time, filters)
        return tickets_content(dataset, filters, tickets_over_time(dataset, theme_named(theme))).outputs()

    @app.callback(chart_outputs(ids.YEARS), [Input(THEME, "data"), *_ADDRESS])
    def show_years(theme: str, search: str, _version: int, path: str) -> tuple[object, ...]:
        stay_unless(path == _PATH)
        dataset = services.ask(volume.last_year, services.filters(search))
        return years_content(dataset, tickets_over_time(dataset, theme_named(theme))).outputs()

    @app.callback(Output(ids.ARRIVALS, "children"), _ADDRESS)
    def show_arrivals(search: str, _version: int, path: str) -> list[Element]:
        stay_unless(path == _PATH)
        return arrivals_block(services.ask(volume.arrivals, services.filters(search)))


def _register_split(app: Dash, services: PortalServices) -> None:
    outputs = [Output(part, "children") for part in (ids.SPLIT_CHOICE, ids.SPLIT, ids.SHARES)]

    @app.callback(outputs, _ADDRESS)
    def show_split(search: str, _version: int, path: str) -> tuple[object, ...]:
        stay_unless(path == _PATH)
        filters = services.filters(search)
        dataset = services.ask(volume.split, filters, chosen(SPLITS, search))
        choices = choice_row("Split tickets by", links(SPLITS, _PATH, search))
        return choices, split_block(dataset), shares_block(dataset, filters)

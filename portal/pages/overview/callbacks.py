"""The Overview's callbacks: read the filters, ask, draw."""

from dash import Dash, Input, Output, State

from portal.components.attention_list import attention_list
from portal.components.chart_card import chart_outputs
from portal.components.chart_contents import flow_content, open_content, tickets_content
from portal.components.drill_down import follow_points
from portal.components.kpi_card import kpi_card
from portal.components.markup import Element
from portal.components.table_blocks import arrivals_block, category_times_block
from portal.figures.overview import open_tickets, opened_and_solved
from portal.figures.theme import theme_named
from portal.figures.volume import tickets_over_time
from portal.page import DATA_VERSION, THEME, URL
from portal.pages.overview import ids
from portal.presence import stay_unless
from portal.queries import attention, overview, resolution, volume
from portal.services import PortalServices

_ADDRESS = [Input(URL, "search"), Input(DATA_VERSION, "data"), State(URL, "pathname")]


def register(app: Dash, services: PortalServices) -> None:
    """Register the page's callbacks."""
    _register_numbers(app, services)
    _register_charts(app, services)
    follow_points(app, ids.CHARTS)


def _register_numbers(app: Dash, services: PortalServices) -> None:
    @app.callback(Output(ids.KPIS, "children"), _ADDRESS)
    def show_kpis(search: str, _version: int, path: str) -> list[Element]:
        stay_unless(path == "/")
        return [kpi_card(kpi) for kpi in services.ask(overview.kpis, services.filters(search))]

    @app.callback(Output(ids.ATTENTION, "children"), _ADDRESS)
    def show_attention(search: str, _version: int, path: str) -> Element:
        stay_unless(path == "/")
        return attention_list(services.ask(attention.attention, services.filters(search)))

    @app.callback(Output(ids.CATEGORIES, "children"), _ADDRESS)
    def show_categories(search: str, _version: int, path: str) -> list[Element]:
        stay_unless(path == "/")
        filters = services.filters(search)
        return category_times_block(services.ask(resolution.category_times, filters), filters)

    @app.callback(Output(ids.ARRIVALS, "children"), _ADDRESS)
    def show_arrivals(search: str, _version: int, path: str) -> list[Element]:
        stay_unless(path == "/")
        return arrivals_block(services.ask(volume.arrivals, services.filters(search)))


def _register_charts(app: Dash, services: PortalServices) -> None:
    @app.callback(chart_outputs(ids.TICKETS), [Input(THEME, "data"), *_ADDRESS])
    def show_tickets(theme: str, search: str, _version: int, path: str) -> tuple[object, ...]:
        stay_unless(path == "/")
        filters = services.filters(search)
        dataset = services.ask(volume.tickets_over_time, filters)
        return tickets_content(dataset, filters, tickets_over_time(dataset, theme_named(theme))).outputs()

    @app.callback([*chart_outputs(ids.FLOW), *chart_outputs(ids.BACKLOG)], [Input(THEME, "data"), *_ADDRESS])
    def show_flow(theme: str, search: str, _version: int, path: str) -> tuple[object, ...]:
        stay_unless(path == "/")
        dataset = services.ask(overview.opened_and_solved, services.filters(search))
        flow = flow_content(dataset, opened_and_solved(dataset, theme_named(theme)))
        return *flow.outputs(), *open_content(dataset, open_tickets(dataset, theme_named(theme))).outputs()

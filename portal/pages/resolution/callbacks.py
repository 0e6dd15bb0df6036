"""The callbacks of the page on resolution and reply times: read the filters, ask, draw."""

from dash import Dash, Input, Output, State

from analytics.metrics import Metric
from portal.components.chart_card import chart_outputs
from portal.components.chart_contents import cohorts_content, distribution_content, trend_content
from portal.components.choices import choice_row
from portal.components.drill_down import follow_points
from portal.components.duration_summary import duration_summary
from portal.components.markup import Element
from portal.components.table_blocks import matrix_block
from portal.components.views import CLOCKS, MEASURES, chosen, links
from portal.figures import resolution as figures
from portal.figures.theme import theme_named
from portal.page import DATA_VERSION, THEME, URL
from portal.pages.resolution import ids
from portal.presence import stay_unless
from portal.queries import resolution
from portal.services import PortalServices

_PATH = "/resolution"
_ADDRESS = [Input(URL, "search"), Input(DATA_VERSION, "data"), State(URL, "pathname")]


def register(app: Dash, services: PortalServices) -> None:
    """Register the page's callbacks."""
    _register_numbers(app, services)
    _register_charts(app, services)
    follow_points(app, ids.CHARTS)


def _metric(search: str) -> Metric:
    return resolution.duration_metric(chosen(MEASURES, search), chosen(CLOCKS, search))


def _register_numbers(app: Dash, services: PortalServices) -> None:
    @app.callback(Output(ids.CHOICES, "children"), Input(URL, "search"), State(URL, "pathname"))
    def show_choices(search: str, path: str) -> list[object]:
        stay_unless(path == _PATH)
        choices = (("What is measured", MEASURES), ("Which hours count", CLOCKS))
        return [choice_row(label, links(view, _PATH, search)) for label, view in choices]

    @app.callback(Output(ids.SUMMARY, "children"), _ADDRESS)
    def show_summary(search: str, _version: int, path: str) -> list[Element]:
        stay_unless(path == _PATH)
        filters, metric = services.filters(search), _metric(search)
        return duration_summary(services.ask(resolution.summary, filters, metric.slug), metric, filters)

    @app.callback(Output(ids.MATRIX, "children"), _ADDRESS)
    def show_matrix(search: str, _version: int, path: str) -> list[Element]:
        stay_unless(path == _PATH)
        metric = _metric(search)
        return matrix_block(services.ask(resolution.matrix, services.filters(search), metric.slug), metric)


def _register_charts(app: Dash, services: PortalServices) -> None:
    @app.callback(chart_outputs(ids.DISTRIBUTION), [Input(THEME, "data"), *_ADDRESS])
    def show_distribution(theme: str, search: str, _version: int, path: str) -> tuple[object, ...]:
        stay_unless(path == _PATH)
        dataset = services.ask(resolution.distribution, services.filters(search), _metric(search).slug)
        return distribution_content(dataset, figures.distribution(dataset, theme_named(theme))).outputs()

    @app.callback(chart_outputs(ids.TREND), [Input(THEME, "data"), *_ADDRESS])
    def show_trend(theme: str, search: str, _version: int, path: str) -> tuple[object, ...]:
        stay_unless(path == _PATH)
        dataset = services.ask(resolution.trend, services.filters(search), _metric(search).slug)
        return trend_content(dataset, figures.percentiles(dataset, theme_named(theme))).outputs()

    @app.callback(chart_outputs(ids.COHORTS), [Input(THEME, "data"), *_ADDRESS])
    def show_cohorts(theme: str, search: str, _version: int, path: str) -> tuple[object, ...]:
        stay_unless(path == _PATH)
        dataset = services.ask(resolution.cohorts, services.filters(search))
        return cohorts_content(dataset, figures.cohorts(dataset, theme_named(theme))).outputs()

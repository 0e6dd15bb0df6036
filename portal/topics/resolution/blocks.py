"""The blocks of the page on resolution and reply times: read the filters, ask, draw."""

from typing import Final

from dash import Dash, Output

from analytics import pages
from analytics.metrics import Metric
from portal.frame.page import Asked, Block, Drawn
from portal.frame.services import PortalServices
from portal.plots.theme import theme_named
from portal.topics.resolution import figure as figures
from portal.topics.resolution import ids
from portal.topics.resolution import query as resolution
from portal.topics.resolution.address import CLOCKS, MEASURES
from portal.topics.resolution.cards import matrix_block
from portal.topics.resolution.charts import cohorts_content, distribution_content, trend_content
from portal.topics.resolution.summary import duration_summary
from portal.widgets.chart_card import chart_outputs
from portal.widgets.choices import choice_row
from portal.widgets.drill_down import follow_points
from portal.widgets.views import chosen, links


def register(app: Dash, _services: PortalServices) -> None:
    """Register the page's callbacks."""
    follow_points(app, ids.CHARTS)


def _metric(asked: Asked) -> Metric:
    return resolution.duration_metric(chosen(MEASURES, asked.search), chosen(CLOCKS, asked.search))


def _choices(_services: PortalServices, asked: Asked) -> Drawn:
    choices = (("What is measured", MEASURES), ("Which hours count", CLOCKS))
    return ([choice_row(label, links(view, pages.RESOLUTION, asked.search)) for label, view in choices],)


def _summary(services: PortalServices, asked: Asked) -> Drawn:
    why, metric = services.why_nothing(asked.search), _metric(asked)
    return (duration_summary(services.ask(resolution.summary, why.filters, metric.slug), metric, why),)


def _distribution(services: PortalServices, asked: Asked) -> Drawn:
    why = services.why_nothing(asked.search)
    dataset = services.ask(resolution.distribution, why.filters, _metric(asked).slug)
    return distribution_content(dataset, why, figures.distribution(dataset, theme_named(asked.theme))).outputs()


def _trend(services: PortalServices, asked: Asked) -> Drawn:
    why = services.why_nothing(asked.search)
    dataset = services.ask(resolution.trend, why.filters, _metric(asked).slug)
    return trend_content(dataset, why, figures.percentiles(dataset, theme_named(asked.theme))).outputs()


def _matrix(services: PortalServices, asked: Asked) -> Drawn:
    why, metric = services.why_nothing(asked.search), _metric(asked)
    return (matrix_block(services.ask(resolution.matrix, why.filters, metric.slug), metric, why),)


def _cohorts(services: PortalServices, asked: Asked) -> Drawn:
    why = services.why_nothing(asked.search)
    dataset = services.ask(resolution.cohorts, why.filters)
    return cohorts_content(dataset, why, figures.cohorts(dataset, theme_named(asked.theme))).outputs()


BLOCKS: Final = (
    Block((Output(ids.CHOICES, "children"),), _choices),
    Block((Output(ids.SUMMARY, "children"),), _summary),
    Block(chart_outputs(ids.DISTRIBUTION), _distribution),
    Block(chart_outputs(ids.TREND), _trend),
    Block((Output(ids.MATRIX, "children"),), _matrix, comes_later=True),
    Block(chart_outputs(ids.COHORTS), _cohorts, comes_later=True),
)

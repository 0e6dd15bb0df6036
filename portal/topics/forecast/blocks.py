"""The Forecast page's blocks: read the address, ask, draw."""

from dataclasses import replace
from functools import partial
from typing import Final

from dash import Dash, Output
from flask_wtf.csrf import generate_csrf

from portal.auth.manager import is_manager
from portal.frame.page import Asked, Block, Drawn
from portal.frame.services import PortalServices
from portal.numbers.own_choice import carrying
from portal.plots.theme import theme_named
from portal.topics.forecast import cards as blocks
from portal.topics.forecast import charts as contents
from portal.topics.forecast import figure as figures
from portal.topics.forecast import ids
from portal.topics.forecast import query as forecast
from portal.topics.forecast.address import ForecastChoice, read_choice
from portal.topics.forecast.routes import EVENTS_PATH, event_blueprint
from portal.widgets.chart_card import chart_outputs
from portal.widgets.choices import choice_row
from portal.widgets.drill_down import follow_points


def register(app: Dash, services: PortalServices) -> None:
    """Register the page's callbacks, and the address of its events."""
    app.server.register_blueprint(event_blueprint(services))
    follow_points(app, ids.CHARTS)


def _choice(services: PortalServices, asked: Asked) -> ForecastChoice:
    own = services.filters(asked.search).own
    return replace(read_choice(asked.search), carried=carrying({}, own, services.days()))


def _series(services: PortalServices, asked: Asked) -> Drawn:
    rows = blocks.series_rows(services.ask(forecast.series_choices), _choice(services, asked))
    return ([choice_row(name, choices) for name, choices in rows],)


def _outlook(services: PortalServices, asked: Asked) -> Drawn:
    choice = read_choice(asked.search)
    dataset = services.ask(forecast.outlook, choice.series_key, services.filters(asked.search).own)
    changed = blocks.days_changed(choice, dataset.ahead)
    theme = theme_named(asked.theme)
    return contents.outlook_content(dataset, lambda: figures.outlook(dataset, theme, changed)).outputs()


def _what_if(services: PortalServices, asked: Asked) -> Drawn:
    choice = _choice(services, asked)
    ahead = services.ask(forecast.outlook, choice.series_key, services.filters(asked.search).own).ahead
    return (blocks.what_if_block(choice, ahead, blocks.days_changed(choice, ahead)),)


def _check(services: PortalServices, asked: Asked) -> Drawn:
    key, own = read_choice(asked.search).series_key, services.filters(asked.search).own
    dataset = services.ask(forecast.four_weeks, key, own)
    return contents.check_content(dataset, lambda: figures.four_weeks(dataset, theme_named(asked.theme))).outputs()


def _accuracy(services: PortalServices, asked: Asked) -> Drawn:
    return (blocks.accuracy_block(services.ask(forecast.accuracy, read_choice(asked.search).series_key)),)


def _trend(services: PortalServices, asked: Asked) -> Drawn:
    parts = services.ask(forecast.parts, read_choice(asked.search).series_key)
    return contents.trend_content(parts, partial(figures.trend, parts, theme_named(asked.theme))).outputs()


def _year(services: PortalServices, asked: Asked) -> Drawn:
    parts = services.ask(forecast.parts, read_choice(asked.search).series_key)
    return contents.year_content(parts, partial(figures.year, parts, theme_named(asked.theme))).outputs()


def _tables(services: PortalServices, asked: Asked) -> Drawn:
    parts = services.ask(forecast.parts, read_choice(asked.search).series_key)
    return blocks.week_block(parts), blocks.named_block(parts)


def _events(services: PortalServices, _asked: Asked) -> Drawn:
    # Not remembered: a manager sees an event at once, before the forecast has followed.
    with services.reader.connect() as connection:
        events = forecast.desk_events(connection)
    return (blocks.events_block(events, EVENTS_PATH, generate_csrf() if is_manager() else None),)


BLOCKS: Final = (
    Block((Output(ids.SERIES, "children"),), _series),
    Block(chart_outputs(ids.OUTLOOK), _outlook),
    Block(chart_outputs(ids.CHECK), _check),
    Block((Output(ids.ACCURACY, "children"),), _accuracy),
    Block((Output(ids.WHAT_IF, "children"),), _what_if, comes_later=True),
    Block((Output(ids.EVENTS, "children"),), _events, comes_later=True),
    Block(chart_outputs(ids.TREND), _trend, comes_later=True),
    Block(chart_outputs(ids.YEAR), _year, comes_later=True),
    Block(tuple(Output(part, "children") for part in (ids.WEEK, ids.NAMED)), _tables, comes_later=True),
)

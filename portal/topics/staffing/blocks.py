"""The blocks of the Staffing page: read the week of the address, ask, draw."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from dash import Dash, Output
from flask_wtf.csrf import generate_csrf

from portal.auth.manager import is_manager
from portal.frame.page import Asked, Block, Drawn
from portal.frame.services import PortalServices
from portal.numbers import phrasing
from portal.numbers.parameters import parameters
from portal.plots.theme import theme_named
from portal.topics.staffing import cards, ids
from portal.topics.staffing import query as staffing
from portal.topics.staffing.dataset import PlanSummary, StaffingWeek, mondays
from portal.topics.staffing.figure import people_by_hour
from portal.topics.staffing.forms import roster_form, settings_form
from portal.topics.staffing.routes import PATH, staffing_blueprint
from portal.widgets.chart_card import chart_outputs
from portal.widgets.choices import Choice, choice_row
from portal.widgets.markup import Element, element

_MESSAGES: Final = {
    "settings": "The settings are saved. The plan follows them within the hour.",
    "roster": "The roster is saved.",
}
_ONLY_MANAGERS: Final = "Only managers change this."


def register(app: Dash, services: PortalServices) -> None:
    """Register the page's files and forms."""
    app.server.register_blueprint(staffing_blueprint(services))


def chosen_monday(summary: PlanSummary, search: str) -> date:
    """Return the first day of the week an address asks for; of the first week when it asks for none there is."""
    weeks = mondays(summary)
    asked = parameters(search).get("week", "")
    known = {str(monday): monday for monday in weeks}
    return known.get(asked, weeks[0] if weeks else date.min)


def _summary(services: PortalServices) -> PlanSummary:
    with services.reader.connect() as connection:
        return staffing.plan_summary(connection, services.data_version().time_zone)


def _week(services: PortalServices, asked: Asked) -> StaffingWeek:
    summary = _summary(services)
    monday = chosen_monday(summary, asked.search)
    if monday == date.min:
        return StaffingWeek(summary, monday, (), (), (), has_roster=False)
    with services.reader.connect() as connection:
        return staffing.staffing_week(connection, summary, monday)


def _choices(services: PortalServices, asked: Asked) -> Drawn:
    summary = _summary(services)
    present = chosen_monday(summary, asked.search)
    weeks = tuple(
        Choice(_week_words(monday, number), f"{PATH}?week={monday}", monday == present)
        for number, monday in enumerate(mondays(summary))
    )
    message = _MESSAGES.get(parameters(asked.search).get("told", ""))
    notice = [element("P", message, className="notice", role="status")] if message else []
    return ([*notice, choice_row("Week", weeks)],)


def _week_words(monday: date, number: int) -> str:
    return "First week" if number == 0 else phrasing.day(monday)


def _cards(services: PortalServices, asked: Asked) -> Drawn:
    week = _week(services, asked)
    zone = services.data_version().time_zone
    with services.reader.connect() as connection:
        rest = staffing.rest_of_today(connection, zone, datetime.now(ZoneInfo(zone)).date())
    return ([*cards.summary_cards(week), cards.today_card(rest)],)


def _people(services: PortalServices, asked: Asked) -> Drawn:
    week = _week(services, asked)
    return cards.people_content(week, people_by_hour(week, theme_named(asked.theme))).outputs()


def _block(draw: Callable[[StaffingWeek], list[Element]]) -> Callable[[PortalServices, Asked], Drawn]:
    def drawn(services: PortalServices, asked: Asked) -> Drawn:
        return (draw(_week(services, asked)),)

    return drawn


def _settings(services: PortalServices, _asked: Asked) -> Drawn:
    if not is_manager():
        return ([element("P", _ONLY_MANAGERS, className="empty")],)
    with services.reader.connect() as connection:
        settings = staffing.staffing_settings(connection)
    return (settings_form(settings, generate_csrf()),)


def _roster(_services: PortalServices, _asked: Asked) -> Drawn:
    if not is_manager():
        return ([element("P", _ONLY_MANAGERS, className="empty")],)
    return (roster_form(generate_csrf()),)


BLOCKS: Final = (
    Block((Output(ids.CHOICES, "children"),), _choices),
    Block((Output(ids.SUMMARY, "children"),), _cards),
    Block(chart_outputs(ids.PEOPLE), _people),
    Block((Output(ids.LEVELS, "children"),), _block(cards.levels_block)),
    Block((Output(ids.SHIFTS, "children"),), _block(cards.shifts_block)),
    Block((Output(ids.GAPS, "children"),), _block(cards.gaps_block)),
    Block((Output(ids.SETTINGS, "children"),), _settings, comes_later=True),
    Block((Output(ids.ROSTER, "children"),), _roster, comes_later=True),
)

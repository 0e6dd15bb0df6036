"""The Tickets page's callbacks: read the address, ask, draw."""

from datetime import UTC, datetime

from dash import Dash, Input, Output

from analytics.errors import SupportAnalyticsError
from portal.components.markup import Element, element
from portal.components.ticket_list import list_body, list_head
from portal.page import DATA_VERSION, URL
from portal.pages.tickets import ids
from portal.presence import stay_unless
from portal.queries import tickets
from portal.services import PortalServices
from portal.ticket_list import PATH, read_list

_ADDRESS = [Input(URL, "pathname"), Input(URL, "search")]


def register(app: Dash, services: PortalServices) -> None:
    """Register the page's callbacks."""

    @app.callback(Output(ids.VIEW, "children"), [*_ADDRESS, Input(DATA_VERSION, "data")])
    def show(path: str, search: str, _version: int) -> list[Element]:
        stay_unless(path == PATH)
        return show_list(services, search or "")

    @app.callback([Output(ids.SEARCH_WORDS, "value"), Output(ids.SEARCH, "hidden")], _ADDRESS)
    def show_words(path: str, search: str) -> tuple[str, bool]:
        stay_unless(path == PATH)
        return read_list(search or "", services.days())[0].words, path != PATH


def show_list(services: PortalServices, search: str) -> list[Element]:
    """Return the page of the list that an address asks for."""
    listed, place, notices = read_list(search, services.days())
    try:
        found = services.ask(tickets.listed_tickets, listed)
        page = services.ask(tickets.ticket_page, listed, place, found.total)
    except SupportAnalyticsError as error:
        way_out = element("A", "Show all tickets of these days", href=listed.without_drill_down().href())
        return [element("P", [element("Strong", str(error)), " ", way_out], className="empty list-empty", role="alert")]
    told = [element("P", notice, className="notice") for notice in notices]
    return [*told, list_head(listed, found), *list_body(listed, found, page, datetime.now(UTC))]

"""The Tickets page's callbacks: read the address, ask, draw."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from dash import ClientsideFunction, Dash, Input, Output, State
from flask_wtf.csrf import generate_csrf

from analytics.errors import SupportAnalyticsError
from portal.auth.manager import is_manager
from portal.frame.page import DATA_VERSION, URL
from portal.frame.presence import stay_unless
from portal.frame.services import PortalServices
from portal.numbers.parameters import parameters
from portal.numbers.recorded import is_recorded
from portal.topics.tickets import ids
from portal.topics.tickets import query as tickets
from portal.topics.tickets.address import PATH, TicketList, read_list
from portal.topics.tickets.bulk import bulk_form
from portal.topics.tickets.detail import detail_view, no_such_ticket
from portal.topics.tickets.detail_query import ticket_detail
from portal.topics.tickets.edit_forms import done_notice, edit_forms
from portal.topics.tickets.edit_query import editable, used_categories
from portal.topics.tickets.edit_routes import edit_blueprint
from portal.topics.tickets.list import list_foot, list_head, list_table
from portal.topics.tickets.queue import queue_tabs
from portal.topics.tickets.queue_query import queue_counts, queue_list
from portal.topics.tickets.routes import export_blueprint
from portal.topics.tickets.ticket_address import DONE, asks_for_whole_text, read_ticket_number, with_whole_text
from portal.topics.tickets.unknown_parameters import refuse_unknown_metric, unknown_parameters
from portal.widgets.markup import Element, element

Shown = tuple[list[Element], dict[str, Any] | None, list[Element]]
"""What is above the table, the table, and what is below it."""

_SHOWN = [Output(ids.VIEW, "children"), Output(ids.TABLE_DATA, "data"), Output(ids.FOOT, "children")]
_ADDRESS = [Input(URL, "pathname"), Input(URL, "search")]


def register(app: Dash, services: PortalServices) -> None:
    """Register the page's callbacks, and its exports."""
    app.server.register_blueprint(export_blueprint(services))
    app.server.register_blueprint(edit_blueprint(services))

    @app.callback(_SHOWN, [*_ADDRESS, Input(DATA_VERSION, "data")])
    def show(path: str, search: str, _version: int) -> Shown:
        stay_unless(is_shown(path))
        return show_list(services, search or "") if path == PATH else show_ticket(services, path, search or "")

    app.clientside_callback(
        ClientsideFunction("dataTable", "draw"),
        Output(ids.TABLE, "title"),
        Input(ids.TABLE_DATA, "data"),
        State(ids.TABLE, "id"),
    )

    @app.callback([Output(ids.SEARCH_WORDS, "value"), Output(ids.SEARCH, "hidden")], _ADDRESS)
    def show_words(path: str, search: str) -> tuple[str, bool]:
        stay_unless(is_shown(path))
        return read_list(search or "", services.days())[0].words, path != PATH


def is_shown(path: str) -> bool:
    """Tell whether a path is the list's or a ticket's."""
    return path == PATH or path.startswith(f"{PATH}/")


def show_list(services: PortalServices, search: str) -> Shown:
    """Return the page of the list that an address asks for."""
    listed, place, notices = read_list(search, services.days())
    try:
        refuse_unknown_metric(search)
        found = services.ask(tickets.listed_tickets, listed)
        page = services.ask(tickets.ticket_page, listed, place, found.total)
    except SupportAnalyticsError as error:
        way_out = element("A", "Show all tickets of these days", href=listed.without_drill_down().href())
        words: list[Element | str] = [element("Strong", str(error)), " ", way_out]
        return [element("P", words, className="empty list-empty", role="alert")], None, []
    unknown = unknown_parameters(search, services.ask(tickets.own_parameters))
    messages = [element("P", notice, className="notice") for notice in (*unknown, *notices)]
    is_any = bool(page.rows) or services.ask(is_recorded, "created")
    table = list_table(listed, found, page, datetime.now(UTC), place, is_chosen=is_manager())
    queue = queue_list(listed, services.days())
    tabs = queue_tabs(listed, queue, services.ask(queue_counts, queue) if is_any else {})
    bulk = list_edits(services, listed, found.total, search) if page.rows and is_manager() else []
    return [*messages, *tabs, list_head(listed, found), *bulk], table, [list_foot(listed, page, is_recorded=is_any)]


def list_edits(services: PortalServices, listed: TicketList, total: int, search: str) -> list[Element]:
    """Return what was just changed, and the form by which a manager corrects many tickets."""
    token = generate_csrf()
    exact = replace(listed, filters=replace(listed.filters, own=""))
    with services.editor.connect() as connection:
        form = bulk_form(exact.to_search(), total, used_categories(connection), token)
    return [*done_notice(parameters(search).get(DONE, ""), token), form]


def show_ticket(services: PortalServices, path: str, search: str) -> Shown:
    """Return one ticket, with a way back to the list that its address describes."""
    listed, place, _ = read_list(search, services.days())
    back = listed.href(place)
    number = read_ticket_number(path)
    is_whole = asks_for_whole_text(search)
    detail = None if number is None else services.ask(ticket_detail, number, is_whole=is_whole)
    if detail is None:
        return no_such_ticket("" if number is None else str(number), back), None, []
    edits = ticket_edits(services, detail.ticket_id) if is_manager() else []
    done = done_notice(parameters(search).get(DONE, ""), generate_csrf()) if edits else []
    shown = detail_view(detail, back, f"{path}{with_whole_text(search)}", datetime.now(UTC), edits)
    return [*done, *shown], None, []


def ticket_edits(services: PortalServices, ticket_id: int) -> list[Element]:
    """Return the forms by which a manager corrects a ticket."""
    with services.editor.connect() as connection:
        ticket = editable(connection, ticket_id)
    return [] if ticket is None else edit_forms(ticket, generate_csrf())

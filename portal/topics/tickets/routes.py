"""GET /tickets/export.csv and /tickets/export.xlsx: what the Tickets page lists, as a file."""

import threading
from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from typing import Final
from zoneinfo import ZoneInfo

import flask
import flask_login
from werkzeug.wrappers import Response

from analytics import pages
from analytics.errors import SupportAnalyticsError
from portal.auth.manager import asking_manager
from portal.frame.services import PortalServices
from portal.numbers.filters import from_search
from portal.topics.tickets import query as tickets
from portal.topics.tickets.address import PATH, XLSX_ROWS, TicketList, read_list
from portal.topics.tickets.dataset import TicketRow
from portal.topics.tickets.export_log import record_export
from portal.topics.tickets.files import tickets_table
from portal.topics.tickets.unknown_parameters import UnclearAddressError, refuse_unknown_metric, unknown_parameters
from table_files.forms import FORMS
from warehouse.work_queue.queue import enqueue
from warehouse.work_queue.work import Kind

_AT_ONCE: Final = 4
"""Exports that a process writes at once; the others would take the threads that pages need."""


def export_blueprint(services: PortalServices) -> flask.Blueprint:
    """Return the two addresses."""
    blueprint = flask.Blueprint("exports", __name__)
    places = threading.BoundedSemaphore(_AT_ONCE)

    def export(kind: str) -> flask.Response:
        try:
            listed = exact_list(services, flask.request.query_string.decode("ascii", "replace"))
            total = services.ask(tickets.listed_tickets, listed).total
        except SupportAnalyticsError as error:
            return _refusal(str(error), 400)
        if kind == "xlsx" and total > XLSX_ROWS:
            return _refusal(f"Excel takes {XLSX_ROWS:,} tickets at most. Export CSV, or choose fewer days.", 413)
        if not places.acquire(blocking=False):
            return _refusal("Several exports are being written. Try again in a minute.", 503)
        try:
            return _file(services, kind, listed, total, places)
        except BaseException:
            places.release()
            raise

    def queue_export() -> Response:
        actor, form = asking_manager(), flask.request.form
        search, kind = form.get("search", "") or _everything(services), form.get("kind", "")
        listed = exact_list(services, search)
        total = services.ask(tickets.listed_tickets, listed).total
        if kind not in FORMS:
            message = "There is no such kind of file."
            raise UnclearAddressError(message)
        with services.editor.begin() as connection:
            enqueue(connection, Kind.EXPORT_TICKETS, actor, {"search": search, "form": kind})
            record_export(connection, actor, kind, listed, total)
        return flask.redirect(f"{pages.DATA_HEALTH}?told=queued", 303)

    blueprint.add_url_rule(f"{PATH}/export", "queue_export", queue_export, methods=["POST"])
    blueprint.add_url_rule(f"{PATH}/export.<any(csv, xlsx):kind>", "export", export)
    return blueprint


def _everything(services: PortalServices) -> str:
    """Return the address of all tickets of all days there is data for."""
    days = services.days()
    return f"?from={days.first}&to={days.last}"


def exact_list(services: PortalServices, search: str) -> TicketList:
    """Return what an address lists. A page says what it leaves out, but a file goes on to others, who cannot know.

    Raises:
        NoSuchMetricError: If there is no such metric.
        UnclearAddressError: If some of the address would be left out.
        UnknownValueError: If no ticket has a value that it is filtered to.
        UnanswerableQueryError: If the number has no such part, or cannot be filtered so.
    """
    refuse_unknown_metric(search)
    unknown = unknown_parameters(search, services.ask(tickets.own_parameters))
    if unknown:
        raise UnclearAddressError(unknown[0])
    listed, _, notices = read_list(search, services.days())
    notices = (*from_search(search, services.days())[1], *notices)
    if notices:
        message = f"Nothing is exported, because the page would say: {notices[0]}"
        raise UnclearAddressError(message, "Correct the address.")
    services.ask(tickets.refuse_unknown_values, listed)
    return listed


def _refusal(sentence: str, status: int) -> flask.Response:
    return flask.Response(sentence, status, mimetype="text/plain")


def _file(
    services: PortalServices, kind: str, listed: TicketList, total: int, places: threading.BoundedSemaphore
) -> flask.Response:
    """Return the file; its rows are read while it is sent."""
    zone = services.data_version().time_zone
    with services.editor.begin() as connection:
        record_export(connection, flask_login.current_user.user_name, kind, listed, total)
    form, table = FORMS[kind], tickets_table(_rows(services, listed), zone, services.ask(tickets.custom_fields))
    response = flask.Response(_begun(form.chunks(table)), content_type=form.media_type)
    response.call_on_close(places.release)
    today = datetime.now(ZoneInfo(zone)).date()
    response.headers.set("Content-Disposition", "attachment", filename=f"tickets_{today}.{kind}")
    return response


def _begun(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Return the pieces of a file once the first is there: what fails before is answered, not broken off."""
    return chain([next(pieces, b"")], pieces)


def _rows(services: PortalServices, listed: TicketList) -> Iterator[TicketRow]:
    with services.reader.connect() as connection:
        yield from tickets.all_rows(connection, listed)

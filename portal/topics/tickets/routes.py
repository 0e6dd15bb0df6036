"""GET /tickets/export.csv and /tickets/export.xlsx: what the Tickets page lists, as a file."""

import threading
from collections.abc import Iterator
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import flask
import flask_login

from analytics.errors import SupportAnalyticsError
from portal.frame.services import PortalServices
from portal.topics.tickets import query as tickets
from portal.topics.tickets.address import PATH, XLSX_ROWS, TicketList, read_list
from portal.topics.tickets.dataset import TicketRow
from portal.topics.tickets.export_log import record_export
from portal.topics.tickets.files import WRITERS

_AT_ONCE: Final = 4
"""Exports that a process writes at once; the others would take the threads that pages need."""


def export_blueprint(services: PortalServices) -> flask.Blueprint:
    """Return the two addresses."""
    blueprint = flask.Blueprint("exports", __name__)
    places = threading.BoundedSemaphore(_AT_ONCE)

    def export(kind: str) -> flask.Response:
        listed, _, _ = read_list(flask.request.query_string.decode("ascii", "replace"), services.days())
        try:
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

    blueprint.add_url_rule(f"{PATH}/export.<any(csv, xlsx):kind>", "export", export)
    return blueprint


def _refusal(sentence: str, status: int) -> flask.Response:
    return flask.Response(sentence, status, mimetype="text/plain")


def _file(
    services: PortalServices, kind: str, listed: TicketList, total: int, places: threading.BoundedSemaphore
) -> flask.Response:
    """Return the file; its rows are read while it is sent."""
    zone = services.data_version().time_zone
    with services.editor.begin() as connection:
        record_export(connection, flask_login.current_user.user_name, kind, listed, total)
    media_type, write = WRITERS[kind]
    fields = services.ask(tickets.custom_fields)
    response = flask.Response(write(zone, _rows(services, listed), fields), content_type=media_type)
    response.call_on_close(places.release)
    today = datetime.now(ZoneInfo(zone)).date()
    response.headers.set("Content-Disposition", "attachment", filename=f"tickets_{today}.{kind}")
    return response


def _rows(services: PortalServices, listed: TicketList) -> Iterator[TicketRow]:
    with services.reader.connect() as connection:
        yield from tickets.all_rows(connection, listed)

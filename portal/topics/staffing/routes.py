"""The addresses below /staffing that are no page: files to take away, and what a manager's forms are sent to."""

from datetime import UTC, date, datetime
from typing import Final

import flask
from werkzeug.wrappers import Response

from analytics import pages
from analytics.staffing.roster import COLUMNS, MOST_BYTES, RosterEntry, RosterFileError, read_roster
from portal.auth.manager import asking_manager
from portal.files.attachment import attachment, table_attachment
from portal.frame.services import PortalServices
from portal.frame.way_back import way_back
from portal.topics.staffing.commands import save_roster, save_settings
from portal.topics.staffing.files import hours_table, shifts_calendar
from portal.topics.staffing.forms import ROSTER_ADDRESS, SETTINGS_ADDRESS
from portal.topics.staffing.query import plan_hours, plan_shifts, plan_summary

PATH: Final = pages.STAFFING
_EVER: Final = (date(1970, 1, 1), date(2100, 1, 1))


def staffing_blueprint(services: PortalServices) -> flask.Blueprint:
    """Return the addresses."""
    blueprint = flask.Blueprint("staffing", __name__)

    def export_hours(kind: str) -> flask.Response:
        with services.reader.connect() as connection:
            summary = plan_summary(connection, services.data_version().time_zone)
            hours = plan_hours(connection, summary, *_EVER)
        return table_attachment(hours_table(hours, summary.time_zone), kind, "staffing")

    def export_shifts() -> flask.Response:
        with services.reader.connect() as connection:
            summary = plan_summary(connection, services.data_version().time_zone)
            content = shifts_calendar(plan_shifts(connection, summary, *_EVER), datetime.now(UTC))
        return attachment(content, "text/calendar; charset=utf-8", "staffing.ics")

    def change_settings() -> Response:
        actor = asking_manager()
        with services.editor.begin() as connection:
            save_settings(connection, actor, flask.request.form)
        return way_back(services, PATH, {"told": "settings"})

    def import_roster() -> Response:
        file = flask.request.files.get("roster")
        return _keep(services, b"" if file is None else file.stream.read(MOST_BYTES + 1))

    def enter_shift() -> Response:
        cells = [flask.request.form.get(name, "") for name in COLUMNS]
        if any(mark in cell for cell in cells for mark in '",;\r\n'):
            message = "A shift needs an agent, a day, and times, without commas or quotation marks."
            raise RosterFileError(message)
        return _keep(services, f"{','.join(COLUMNS)}\n{','.join(cells)}".encode())

    blueprint.add_url_rule(f"{PATH}/export.<any(csv, xlsx):kind>", "export_hours", export_hours)
    blueprint.add_url_rule(f"{PATH}/export.ics", "export_shifts", export_shifts)
    blueprint.add_url_rule(SETTINGS_ADDRESS, "change_settings", change_settings, methods=["POST"])
    blueprint.add_url_rule(ROSTER_ADDRESS, "import_roster", import_roster, methods=["POST"])
    blueprint.add_url_rule(f"{ROSTER_ADDRESS}/shift", "enter_shift", enter_shift, methods=["POST"])
    return blueprint


def _keep(services: PortalServices, content: bytes) -> Response:
    actor = asking_manager()
    entries: tuple[RosterEntry, ...] = read_roster(content, services.data_version().time_zone)
    with services.editor.begin() as connection:
        save_roster(connection, actor, entries)
    return way_back(services, PATH, {"told": "roster"})

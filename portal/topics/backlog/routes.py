"""The addresses of the Backlog page: the list as a file, and the form that marks what was done."""

import flask
import flask_login
from werkzeug.wrappers import Response

from analytics import pages
from portal.auth.manager import asking_manager
from portal.files.attachment import table_attachment
from portal.frame.services import PortalServices
from portal.frame.way_back import way_back
from portal.topics.backlog.commands import check_message, checked_mark, set_mark
from portal.topics.backlog.files import forgotten_table
from portal.topics.backlog.forms import ADDRESS
from portal.topics.backlog.query import follow_ups, forgotten
from warehouse.audit_log import record


def backlog_blueprint(services: PortalServices) -> flask.Blueprint:
    """Return the addresses. The guard has checked session and token before."""
    blueprint = flask.Blueprint("backlog", __name__)

    def mark() -> Response:
        actor, form = asking_manager(), flask.request.form
        wanted = checked_mark(form.get("ticket", ""), form.get("said", ""), form.get("how", ""))
        with services.reader.connect() as connection:
            check_message(connection, wanted)
        with services.editor.begin() as connection:
            set_mark(connection, actor, wanted)
        return way_back(services, pages.BACKLOG)

    def export(kind: str) -> flask.Response:
        found = services.ask(forgotten, services.filters(flask.request.query_string.decode("utf-8", "replace")))
        with services.reader.connect() as connection:
            marks = follow_ups(connection)
        with services.editor.begin() as connection:
            details = {"tickets": len(found.waiting)}
            record(connection, flask_login.current_user.user_name, "export_unanswered", kind, details)
        return table_attachment(forgotten_table(found, marks), kind, "whom_nobody_answered", found.now)

    blueprint.add_url_rule(ADDRESS, "mark", mark, methods=["POST"])
    blueprint.add_url_rule(f"{pages.BACKLOG}/export/unanswered.<any(csv, xlsx):kind>", "export", export)
    return blueprint

"""The address that changes the desk's events: managers only, by a form with a token."""

from typing import Final

import flask
import flask_login
from werkzeug.wrappers import Response

from analytics.vocabulary import Role
from portal.frame.services import PortalServices
from portal.topics.forecast.address import PATH
from portal.topics.forecast.commands import InvalidEventError, add_event, checked_event, remove_event

EVENTS_PATH: Final = f"{PATH}/events"
_LARGEST_NUMBER: Final = 18


def may_edit() -> bool:
    """Tell whether the one who asks may change events."""
    user = flask_login.current_user
    return bool(user and user.is_authenticated and user.role is Role.MANAGER)


def event_blueprint(services: PortalServices) -> flask.Blueprint:
    """Return the address. The guard has checked session and token before."""
    blueprint = flask.Blueprint("desk_events", __name__)

    def change() -> Response:
        if not may_edit():
            return flask.Response("Only managers may change events.", 403, mimetype="text/plain")
        form, actor = flask.request.form, flask_login.current_user.user_name
        number = form.get("remove", "")
        if number:
            if not number.isdecimal() or len(number) > _LARGEST_NUMBER:
                return flask.Response("There is no such event.", 400, mimetype="text/plain")
            with services.editor.begin() as connection:
                remove_event(connection, actor, int(number))
            return flask.redirect(PATH)
        try:
            event = checked_event(*(form.get(name, "")[:1_000] for name in ("name", "first", "last", "percent")))
        except InvalidEventError as error:
            return flask.Response(f"{error} Go back and change it.", 400, mimetype="text/plain")
        with services.editor.begin() as connection:
            add_event(connection, actor, event)
        return flask.redirect(PATH)

    blueprint.add_url_rule(EVENTS_PATH, "change", change, methods=["POST"])
    return blueprint

"""The address that changes the desk's events: managers only, by a form with a token."""

from typing import Final

import flask
from werkzeug.wrappers import Response

from portal.auth.manager import asking_manager
from portal.frame.services import PortalServices
from portal.frame.way_back import way_back
from portal.topics.forecast.address import PATH
from portal.topics.forecast.commands import NewEvent, add_event, checked_event, checked_number, remove_event

EVENTS_PATH: Final = f"{PATH}/events"
_FIELDS: Final = ("name", "first", "last", "percent")
_LONGEST_FIELD: Final = 1_000


def event_blueprint(services: PortalServices) -> flask.Blueprint:
    """Return the address. The guard has checked session and token before."""
    blueprint = flask.Blueprint("desk_events", __name__)

    def change() -> Response:
        actor, form = asking_manager(), flask.request.form
        number = form.get("remove", "")
        if number:
            _remove(services, actor, checked_number(number))
        else:
            _add(services, actor, checked_event(*(form.get(name, "")[:_LONGEST_FIELD] for name in _FIELDS)))
        return way_back(services, PATH, keeps=("series",))

    blueprint.add_url_rule(EVENTS_PATH, "change", change, methods=["POST"])
    return blueprint


def _remove(services: PortalServices, actor: str, number: int) -> None:
    with services.editor.begin() as connection:
        remove_event(connection, actor, number)


def _add(services: PortalServices, actor: str, event: NewEvent) -> None:
    with services.editor.begin() as connection:
        add_event(connection, actor, event)

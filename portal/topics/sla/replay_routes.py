"""The addresses that replay a policy and save it: managers only, by forms with a token."""

from typing import Final

import flask
from werkzeug.wrappers import Response

from analytics import pages
from portal.auth.manager import asking_manager
from portal.frame.services import PortalServices
from portal.frame.way_back import way_back
from portal.topics.sla.replay_commands import (
    InvalidPolicyError,
    ask_replay,
    ask_save,
    checked_trial,
    present_policies,
    wait_for,
)

REPLAY_PATH: Final = f"{pages.SLA}/replay"
SAVE_PATH: Final = f"{pages.SLA}/save"
_LONGEST_FIELD: Final = 200
_LONGEST_NUMBER: Final = 18


def replay_blueprint(services: PortalServices) -> flask.Blueprint:
    """Return the addresses. The guard has checked session and token before."""
    blueprint = flask.Blueprint("sla_replay", __name__)

    def replay() -> Response:
        actor = asking_manager()
        form = {name: value[:_LONGEST_FIELD] for name, value in flask.request.form.items()}
        with services.editor.begin() as connection:
            known = tuple(policy.name for policy in present_policies(connection))
            number = ask_replay(connection, actor, checked_trial(form, known))
        return _shown(services, actor, number)

    def save() -> Response:
        actor, form = asking_manager(), flask.request.form
        replayed = read_number(form.get("work", ""))
        if replayed is None:
            message = "There is no such replay."
            raise InvalidPolicyError(message)
        with services.editor.begin() as connection:
            number = ask_save(connection, actor, replayed, all_time=form.get("from") == "all_time")
        return _shown(services, actor, number)

    blueprint.add_url_rule(REPLAY_PATH, "replay", replay, methods=["POST"])
    blueprint.add_url_rule(SAVE_PATH, "save", save, methods=["POST"])
    return blueprint


def _shown(services: PortalServices, actor: str, number: int) -> Response:
    wait_for(services.editor, actor, number)
    return way_back(services, pages.SLA, {"work": str(number)}, keeps=("by",))


def read_number(text: str) -> int | None:
    """Return the number of a work in an address or a form; None when it is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER else None

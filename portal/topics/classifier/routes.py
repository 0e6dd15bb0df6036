"""The addresses that the forms of the Classifier page are sent to."""

from collections.abc import Callable
from typing import Final

import flask
import sqlalchemy as sa
from werkzeug.wrappers import Response

from analytics import pages
from portal.auth.manager import asking_manager
from portal.frame.services import PortalServices
from portal.topics.classifier.commands import set_languages, set_threshold, want_template
from portal.topics.classifier.forms import LANGUAGES_ADDRESS, TEMPLATE_ADDRESS, THRESHOLD_ADDRESS

PATH: Final = pages.CLASSIFIER


def classifier_blueprint(services: PortalServices) -> flask.Blueprint:
    """Return the addresses."""
    blueprint = flask.Blueprint("classifier", __name__)

    def change(step: Callable[[sa.Connection, str], None], told: str) -> Response:
        actor = asking_manager()
        with services.editor.begin() as connection:
            step(connection, actor)
        return flask.redirect(f"{PATH}?told={told}", 303)

    def take_template() -> Response:
        name = flask.request.form.get("template", "")
        return change(lambda connection, actor: want_template(connection, actor, name), "template")

    def change_threshold() -> Response:
        text = flask.request.form.get("threshold", "")
        return change(lambda connection, actor: set_threshold(connection, actor, text), "threshold")

    def change_languages() -> Response:
        tags = flask.request.form.getlist("language")
        return change(lambda connection, actor: set_languages(connection, actor, tags), "languages")

    blueprint.add_url_rule(TEMPLATE_ADDRESS, "take_template", take_template, methods=["POST"])
    blueprint.add_url_rule(THRESHOLD_ADDRESS, "change_threshold", change_threshold, methods=["POST"])
    blueprint.add_url_rule(LANGUAGES_ADDRESS, "change_languages", change_languages, methods=["POST"])
    return blueprint

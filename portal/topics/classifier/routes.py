"""The addresses that the forms of the Classifier page are sent to."""

from collections.abc import Callable
from typing import Final

import flask
import sqlalchemy as sa
from werkzeug.wrappers import Response

from analytics import pages
from portal.auth.manager import asking_manager
from portal.frame.services import PortalServices
from portal.frame.way_back import way_back
from portal.topics.classifier.commands import set_languages, set_threshold, want_template
from portal.topics.classifier.edits import KeywordEdit, PriorityEdit
from portal.topics.classifier.forms import LANGUAGES_ADDRESS, TEMPLATE_ADDRESS, THRESHOLD_ADDRESS
from portal.topics.classifier.rules_commands import change_keyword, change_priority_rule
from portal.topics.classifier.rules_forms import KEYWORDS_ADDRESS, PRIORITIES_ADDRESS

PATH: Final = pages.CLASSIFIER


def classifier_blueprint(services: PortalServices) -> flask.Blueprint:
    """Return the addresses."""
    blueprint = flask.Blueprint("classifier", __name__)

    def change(step: Callable[[sa.Connection, str], None], told: str) -> Response:
        actor = asking_manager()
        with services.editor.begin() as connection:
            step(connection, actor)
        return way_back(services, PATH, {"told": told})

    def take_template() -> Response:
        name = flask.request.form.get("template", "")
        return change(lambda connection, actor: want_template(connection, actor, name), "template")

    def change_threshold() -> Response:
        text = flask.request.form.get("threshold", "")
        return change(lambda connection, actor: set_threshold(connection, actor, text), "threshold")

    def change_languages() -> Response:
        tags = flask.request.form.getlist("language")
        return change(lambda connection, actor: set_languages(connection, actor, tags), "languages")

    def change_keywords() -> Response:
        edit = KeywordEdit.read(flask.request.form)
        return turned("keywords", lambda connection, actor: change_keyword(connection, actor, edit))

    def change_priorities() -> Response:
        edit = PriorityEdit.read(flask.request.form)
        return turned("priorities", lambda connection, actor: change_priority_rule(connection, actor, edit))

    def turned(told: str, step: Callable[[sa.Connection, str], KeywordEdit | PriorityEdit]) -> Response:
        actor = asking_manager()
        with services.editor.begin() as connection:
            back = step(connection, actor)
        return way_back(services, PATH, {"told": told, **back.fields()})

    blueprint.add_url_rule(KEYWORDS_ADDRESS, "change_keywords", change_keywords, methods=["POST"])
    blueprint.add_url_rule(PRIORITIES_ADDRESS, "change_priorities", change_priorities, methods=["POST"])
    blueprint.add_url_rule(TEMPLATE_ADDRESS, "take_template", take_template, methods=["POST"])
    blueprint.add_url_rule(THRESHOLD_ADDRESS, "change_threshold", change_threshold, methods=["POST"])
    blueprint.add_url_rule(LANGUAGES_ADDRESS, "change_languages", change_languages, methods=["POST"])
    return blueprint

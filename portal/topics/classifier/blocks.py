"""The blocks of the Classifier page: ask, draw, and offer managers what they may change."""

from typing import Final

from dash import Dash, Output
from flask_wtf.csrf import generate_csrf

from portal.auth.manager import is_manager
from portal.frame.page import Asked, Block, Drawn
from portal.frame.services import PortalServices
from portal.numbers.parameters import parameters
from portal.topics.classifier import cards, ids
from portal.topics.classifier import query as classifier
from portal.topics.classifier.forms import LANGUAGES, languages_form, template_form, threshold_form
from portal.topics.classifier.routes import classifier_blueprint
from portal.topics.classifier.rules_blocks import ONLY_MANAGERS, keywords, priorities, undo
from portal.widgets.markup import element

_MESSAGES: Final = {
    "template": "The template is taken. Your tickets are filed by it within a few minutes.",
    "threshold": "The threshold is saved. Every ticket is looked at again within a few minutes.",
    "languages": "The languages are saved. Every ticket is looked at again within a few minutes.",
    "keywords": "The keyword is saved. Every ticket is looked at again within a few minutes.",
    "priorities": "The priority rules are saved. Every ticket is looked at again within a few minutes.",
}


def register(app: Dash, services: PortalServices) -> None:
    """Register the addresses that the forms are sent to."""
    app.server.register_blueprint(classifier_blueprint(services))


def _told(_services: PortalServices, asked: Asked) -> Drawn:
    fields = parameters(asked.search)
    told = fields.get("told", "")
    if told not in _MESSAGES:
        return ([],)
    # An address leaves out what is empty; an empty weight takes a keyword away.
    back = undo(told, {"weight": "", **fields})
    return ([element("P", _MESSAGES[told], className="notice", role="status"), *back],)


def _review(services: PortalServices, _asked: Asked) -> Drawn:
    with services.reader.connect() as connection:
        found = classifier.review(connection)
    lines = cards.review_block(found)
    if not found.has_categories and not found.is_template_wanted and is_manager():
        lines.append(template_form(generate_csrf()))
    return (lines,)


def _thresholds(services: PortalServices, _asked: Asked) -> Drawn:
    with services.reader.connect() as connection:
        found = classifier.thresholds(connection)
    form = threshold_form(found, generate_csrf()) if is_manager() else element("P", ONLY_MANAGERS, className="empty")
    return ([*cards.thresholds_block(found), form],)


def _languages(services: PortalServices, _asked: Asked) -> Drawn:
    with services.reader.connect() as connection:
        chosen = classifier.languages(connection)
    if is_manager():
        return (languages_form(chosen, generate_csrf()),)
    names = ", ".join(LANGUAGES.get(tag, tag) for tag in chosen)
    return ([element("P", names), element("P", ONLY_MANAGERS, className="empty")],)


BLOCKS: Final = (
    Block((Output(ids.TOLD, "children"),), _told),
    Block((Output(ids.REVIEW, "children"),), _review, comes_later=True),
    Block((Output(ids.THRESHOLD, "children"),), _thresholds, comes_later=True),
    Block((Output(ids.LANGUAGES, "children"),), _languages, comes_later=True),
    Block((Output(ids.KEYWORDS, "children"),), keywords, comes_later=True),
    Block((Output(ids.PRIORITIES, "children"),), priorities, comes_later=True),
)

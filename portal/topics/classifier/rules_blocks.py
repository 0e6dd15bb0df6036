"""The blocks of keywords and priority rules: managers look at a change, carry it out, and turn it back."""

from collections.abc import Callable
from typing import Final

from flask_wtf.csrf import generate_csrf

from portal.auth.manager import is_manager
from portal.frame.page import Asked, Drawn
from portal.frame.services import PortalServices
from portal.numbers.parameters import parameters
from portal.topics.classifier import rules_cards as cards
from portal.topics.classifier import rules_query
from portal.topics.classifier.edits import ClassifierFormError, KeywordEdit, PriorityEdit
from portal.topics.classifier.rules_forms import (
    ASKED,
    KEYWORDS_ADDRESS,
    PRIORITIES_ADDRESS,
    keyword_form,
    priority_form,
    send_form,
)
from portal.widgets.markup import Element, element

ONLY_MANAGERS: Final = "Only managers change this."
_SAVE: Final = "Save, and look at every ticket again"
_UNDO: Final = "Undo"
_ADDRESSES: Final = {"keywords": KEYWORDS_ADDRESS, "priorities": PRIORITIES_ADDRESS}
_Lines = list[Element]


def undo(told: str, fields: dict[str, str]) -> _Lines:
    """Return the button that turns a change back which was just carried out; nothing for other changes.

    Args:
        told: Which change it was.
        fields: The change that turns it back.
    """
    if told not in _ADDRESSES or not is_manager():
        return []
    try:
        edit = KeywordEdit.read(fields) if told == "keywords" else PriorityEdit.read(fields)
    except ClassifierFormError:
        return []
    return [send_form(_ADDRESSES[told], generate_csrf(), edit.fields(), _UNDO)]


def keywords(services: PortalServices, asked: Asked) -> Drawn:
    """Draw the keywords, the form, and what a change that was asked about would do."""
    if not is_manager():
        return ([element("P", ONLY_MANAGERS, className="empty")],)
    fields = _fields(asked, "keywords")
    with services.editor.connect() as connection:
        found = rules_query.keywords(connection)

        def look() -> _Lines:
            edit = KeywordEdit.read(fields)
            shown = cards.keyword_effect(edit, rules_query.keyword_effect(connection, edit), found.names)
            return [*shown, send_form(KEYWORDS_ADDRESS, generate_csrf(), edit.fields(), _SAVE)]

        lines = _effect(fields, look)
    if not found.names:
        return ([element("P", cards.NO_CATEGORIES, className="empty")],)
    return ([*lines, keyword_form(found, fields, services.filters(asked.search).own), cards.keywords_table(found)],)


def priorities(services: PortalServices, asked: Asked) -> Drawn:
    """Draw the priority rules, the form, and what a change that was asked about would do."""
    if not is_manager():
        return ([element("P", ONLY_MANAGERS, className="empty")],)
    fields = _fields(asked, "priorities")
    with services.editor.connect() as connection:
        found = rules_query.rules(connection)

        def look() -> _Lines:
            edit = PriorityEdit.read(fields)
            shown = cards.priority_effect(rules_query.priority_effect(connection, edit))
            return [*shown, send_form(PRIORITIES_ADDRESS, generate_csrf(), edit.fields(), _SAVE)]

        lines = _effect(fields, look)
    return ([*lines, priority_form(fields, services.filters(asked.search).own), cards.rules_table(found)],)


def _effect(fields: dict[str, str], look: Callable[[], _Lines]) -> _Lines:
    """Return what a change would do, or why there can be none; nothing where none was asked about."""
    try:
        return look() if fields else []
    except ClassifierFormError as error:
        return [element("P", str(error), className="notice")]


def _fields(asked: Asked, which: str) -> dict[str, str]:
    """Return what a form asked about, with an empty text for what it left empty; nothing for another form."""
    fields = parameters(asked.search)
    if fields.get(ASKED) != which:
        return {}
    # An address leaves out what is empty, and empty means something here.
    return {"weight": "", **fields} if which == "keywords" else fields
